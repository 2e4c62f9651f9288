"""Findings under the name of their note, one line each; notes with errors first, errors first in each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vaultkit.base.text import escape_control_chars
from vaultkit.lint.finding import message_with_help
from vaultkit.report.format import RANKS, ReportView, by_severity


def render(view: ReportView) -> Iterator[str]:
    """Per note its path, its findings, and a blank line."""
    groups = [(path, by_severity(group)) for path, group in groupby(view.findings, key=lambda finding: finding.path)]
    for path, findings in sorted(groups, key=lambda entry: RANKS[entry[1][0].severity]):
        width = max(len(f"{finding.line}:{finding.column}") for finding in findings)
        yield f"{escape_control_chars(path)} ({len(findings)})"
        for finding in findings:
            place = f"{finding.line}:{finding.column}"
            message = escape_control_chars(message_with_help(finding))
            yield f"  {place:>{width}}  {finding.severity:<7}  {finding.code} {finding.name}: {message}"
        yield ""
