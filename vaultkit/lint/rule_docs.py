"""A rule's page: its docstring, taken apart."""

from __future__ import annotations

from importlib import import_module

from vaultkit.lint.rule import Rule

# The documentation on the web; `vaultkit docs` has the same pages offline.
DOCUMENTATION = "https://vaultkit.github.io/vaultkit"


def rule_url(code: str) -> str:
    """Return the address of a rule's page."""
    return f"{DOCUMENTATION}/rules/{code}/"


def rule_page(rule: Rule) -> tuple[str, list[tuple[str, str]]]:
    """First paragraph of the rule's docstring, and its sections: (name, text)."""
    head, _, rest = (import_module(rule.module).__doc__ or "").strip().partition("\n\n")
    sections: list[tuple[str, str]] = []
    for line in rest.split("\n"):
        name, colon, text = line.partition(":")
        if colon and name and not name.startswith(" ") and " " not in name:
            sections.append((name, text.strip()))
        elif sections and line.strip():
            sections[-1] = (sections[-1][0], f"{sections[-1][1]} {line.strip()}")
    return head, sections
