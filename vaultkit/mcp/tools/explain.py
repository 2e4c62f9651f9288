"""Tool `explain`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.lint.rule import all_rules, named_rules
from vaultkit.lint.rule_docs import rule_page
from vaultkit.mcp.model import ToolAnswer, ToolSpec, text_input
from vaultkit.mcp.session import AgentSession

TOOL = ToolSpec(
    "explain",
    "Explain a rule",
    "Explain what a rule of `check` reports, why, and how to fix it.",
    {"rule": text_input("A code or name, such as LK001 or missing-note; empty for a list of all rules.")},
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """The page of one rule, or one line for each."""
    rules = all_rules()
    if not given.get("rule"):
        lines = [f"{rule.code} {rule.name}: {rule_page(rule)[0].splitlines()[0]}" for rule in rules]
        return ToolAnswer("\n".join(lines), {"rules": [{"code": rule.code, "name": rule.name} for rule in rules]})
    codes = named_rules([given["rule"]], "rule")
    parts = []
    for rule in rules:
        if rule.code in codes:
            head, sections = rule_page(rule)
            parts.append(
                "\n".join([f"{rule.code} {rule.name}: {head}", *(f"{name}: {text}" for name, text in sections)])
            )
    return ToolAnswer("\n\n".join(parts), {"rules": sorted(codes)})
