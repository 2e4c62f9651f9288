"""One JSON object: ``{"version": 1, "findings": […], "summary": {…}}``.

Lines and columns count from 1 in characters, ends are exclusive; ``fix`` is null or has ``title``,
``is_safe`` and ``edits`` (offsets in code points of the file's text without a byte order mark).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from vaultkit.lint.finding import Finding
from vaultkit.report.format import View

VERSION = 1


def as_dict(finding: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "fingerprint": finding.fingerprint,
        "fix": None
        if finding.fix is None
        else {
            "title": finding.fix.title,
            "is_safe": finding.fix.is_safe,
            "edits": [
                {"start": edit.start, "end": edit.end, "replacement": edit.replacement} for edit in finding.fix.edits
            ],
        },
        "related": [
            {"path": related.path, "start": related.start, "message": related.message} for related in finding.related
        ],
    }


def summary(view: View) -> dict[str, Any]:
    """Counts by severity and by rule."""
    severities = Counter(finding.severity for finding in view.findings)
    return {
        "notes": view.checked,
        "findings": len(view.findings),
        "by_severity": {level: severities.get(level, 0) for level in ("error", "warning", "info")},
        "by_rule": dict(sorted(Counter(finding.code for finding in view.findings).items())),
    }


def render(view: View) -> Iterator[str]:
    """The whole document."""
    document = {
        "version": VERSION,
        "findings": [as_dict(finding) for finding in view.findings],
        "summary": summary(view),
    }
    yield json.dumps(document, ensure_ascii=False, indent=2)
