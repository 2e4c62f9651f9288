"""Findings under the name of their note, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vaultkit.report.format import View
from vaultkit.text import visible


def render(view: View) -> Iterator[str]:
    """Per note its path, its findings, and a blank line."""
    for path, group in groupby(view.findings, key=lambda finding: finding.path):
        findings = list(group)
        width = max(len(f"{finding.line}:{finding.column}") for finding in findings)
        yield f"{visible(path)} ({len(findings)})"
        for finding in findings:
            place = f"{finding.line}:{finding.column}"
            message = visible(finding.message)
            yield f"  {place:>{width}}  {finding.severity:<7}  {finding.code} {finding.name}: {message}"
        yield ""
