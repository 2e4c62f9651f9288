"""Findings as an editor shows them."""

from __future__ import annotations

from typing import Any

from vaultkit.lint.finding import Finding
from vaultkit.lsp.positions import TextLines
from vaultkit.lsp.vaults import EditedVault

_SEVERITIES = {"error": 1, "warning": 2, "info": 3}
# Rules about a link that is not finished; nothing is said of it while it is typed.
_OPENINGS = ("[[", "](")


def diagnostics_of(vault: EditedVault, path: str, *, is_typing: bool = False) -> list[dict[str, Any]]:
    """What an editor shows in a file: all of an open one, of another one what it has more than before.

    is_typing: leave out what is about the link at the cursor.
    """
    is_open = path in vault.texts
    findings = vault.findings(path) if is_open else vault.new_findings(path)
    if not findings:
        return []
    lines = vault.lines(path)
    typed = typed_link(lines.text, vault.typed_at[path]) if is_typing and path in vault.typed_at else None
    return [
        diagnostic(vault, finding, lines)
        for finding in findings
        if typed is None or finding.end < typed[0] or finding.start > typed[1]
    ]


def diagnostic(vault: EditedVault, finding: Finding, lines: TextLines) -> dict[str, Any]:
    """One finding. lines: of its file."""
    found: dict[str, Any] = {
        "range": lines.range(finding.start, finding.end),
        "severity": _SEVERITIES[finding.severity],
        "code": finding.code,
        "source": "vaultkit",
        "message": f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message,
        "data": {"fingerprint": finding.fingerprint},
    }
    if finding.related:
        found["relatedInformation"] = [
            {
                "location": {"uri": vault.uri(one.path), "range": vault.lines(one.path).range(one.start, one.start)},
                "message": one.message,
            }
            for one in finding.related
        ]
    return found


def typed_link(text: str, offset: int) -> tuple[int, int] | None:
    """The link that the cursor is in, from its bracket to the cursor or its end; None for no link.

    >>> typed_link("see [[Note and more", 10)
    (4, 10)
    """
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    at = offset - start
    opening = max(line.rfind(mark, 0, at) for mark in _OPENINGS)
    if opening < 0:
        return None
    closing = "]]" if line.startswith("[[", opening) else ")"
    if closing in line[opening + 2 : at]:
        return None
    stop = line.find(closing, at)
    if closing == ")":
        opening = max(line.rfind("[", 0, opening), 0)
    return start + opening, start + (stop + len(closing) if stop >= 0 and "[[" not in line[at:stop] else at)
