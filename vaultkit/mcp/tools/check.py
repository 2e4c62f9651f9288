"""Tool `check`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.lint.rule import named_rules
from vaultkit.mcp.findings import as_data, line_of
from vaultkit.mcp.model import LIMIT, OFFSET, PAGE, ToolAnswer, ToolSpec, paged, text_input, texts_input
from vaultkit.mcp.session import AgentSession

TOOL = ToolSpec(
    "check",
    "Check the vault",
    "List broken links, missing pictures, unreadable properties, empty flashcards and other faults, as Obsidian reads "
    "the vault. Each comes with the call that fixes it. A link that is not listed is not broken: do not repair it.",
    {
        "path": text_input("Only this note or folder; empty for the whole vault."),
        "rules": texts_input("Only these rules, by code or name, such as LK001."),
        "severity": text_input("The least severity: error, warning or info. Default: info."),
        "limit": LIMIT,
        "offset": OFFSET,
    },
)
_LEVELS = ("error", "warning", "info")


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """The findings, by path and line."""
    path = session.inside(given["path"]) if given.get("path") else ""
    codes = named_rules(given.get("rules", ()), "rules")
    wanted = _LEVELS[: _LEVELS.index(given["severity"]) + 1] if given.get("severity") in _LEVELS else _LEVELS
    if path and path not in session.vault.files and not any(one.startswith(path + "/") for one in session.vault.files):
        path = session.path(path)
    found = [
        finding
        for one, findings in session.live.state.findings.items()
        if not path or one == path or one.startswith(path + "/")
        for finding in findings
        if finding.severity in wanted and (not codes or finding.code in codes)
    ]
    offset, limit = given.get("offset", 0), given.get("limit", PAGE)
    page = found[offset : offset + limit]
    text = paged([line_of(finding) for finding in page], len(found), offset, "findings")
    return ToolAnswer(text, {"total": len(found), "offset": offset, "findings": [as_data(one) for one in page]})
