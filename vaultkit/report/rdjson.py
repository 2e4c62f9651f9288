"""Reviewdog's diagnostic format, with suggestions, so that a review can offer the fixes.

Columns count bytes of UTF-8. Source: reviewdog, "Reviewdog Diagnostic Format".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vaultkit.lint.finding import Finding, message_with_help
from vaultkit.lint.rule_docs import rule_url
from vaultkit.report.format import HOME, ReportView
from vaultkit.report.pieces.location import Places


def render(view: ReportView) -> Iterator[str]:
    """One document."""
    places = Places(view)
    document = {
        "source": {"name": "vaultkit", "url": HOME},
        "diagnostics": [_diagnostic(finding, view.prefix, places) for finding in view.findings],
    }
    yield json.dumps(document, ensure_ascii=False, indent=2)


def _diagnostic(finding: Finding, prefix: str, places: Places) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": message_with_help(finding),
        "location": {
            "path": prefix + finding.path,
            "range": _range(finding.path, finding.start, finding.end, places),
        },
        "severity": finding.severity.upper(),
        "code": {"value": finding.code, "url": rule_url(finding.code)},
    }
    if finding.fix is not None and finding.fix.edits:
        diagnostic["suggestions"] = [
            {"range": _range(finding.path, edit.start, edit.end, places), "text": edit.replacement}
            for edit in finding.fix.edits
        ]
    return diagnostic


def _range(path: str, start: int, end: int, places: Places) -> dict[str, Any]:
    return {"start": _position(path, start, places), "end": _position(path, max(start, end), places)}


def _position(path: str, offset: int, places: Places) -> dict[str, int]:
    line, column = places.line_and_column(path, offset)
    return {"line": line, "column": places.byte_column(path, line, column)}
