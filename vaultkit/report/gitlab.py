"""The Code Quality report that GitLab shows in merge requests.

Source: GitLab Docs, "Code Quality", section on the report format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from vaultkit.lint.finding import message_with_help
from vaultkit.report.format import ReportView

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(view: ReportView) -> Iterator[str]:
    """One array; the fingerprint does not move with the text, so old findings stay old."""
    entries = [
        {
            "description": f"{finding.code} {finding.name}: {message_with_help(finding)}",
            "check_name": finding.name,
            "fingerprint": finding.fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": view.prefix + finding.path,
                "lines": {"begin": finding.line, "end": finding.end_line},
            },
        }
        for finding in view.findings
    ]
    yield json.dumps(entries, ensure_ascii=False, indent=2)
