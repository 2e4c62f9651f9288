"""Annotations for GitHub Actions: ``::error file=…,line=…::message``, errors first, one for each root cause.

GitHub shows ten errors and ten warnings a step; the ``markdown`` format holds the rest.
Source: GitHub Docs, "Workflow commands for GitHub Actions"; the escapes of actions/toolkit.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import escape_control_chars
from vaultkit.lint.finding import Finding, message_with_help
from vaultkit.report.format import ReportView

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(view: ReportView) -> Iterator[str]:
    """Annotations by severity, then in order."""
    explained = {mark: cause for cause in view.causes for mark in cause.fingerprints}
    reported: set[str] = set()
    for severity in _LEVELS:
        for finding in view.findings:
            if finding.severity != severity:
                continue
            cause = explained.get(finding.fingerprint)
            if cause is None:
                yield _annotation(finding, message_with_help(finding), view.prefix)
            elif cause.message not in reported:
                reported.add(cause.message)
                help_ = f"; run: {cause.command}" if cause.command else ""
                yield _annotation(finding, cause.message + help_, view.prefix)


def _annotation(finding: Finding, message: str, prefix: str) -> str:
    properties = {"file": prefix + finding.path, "line": str(finding.line), "endLine": str(finding.end_line)}
    if finding.line == finding.end_line:  # GitHub rejects columns of a range over several lines
        properties |= {"col": str(finding.column), "endColumn": str(max(finding.end_column, finding.column))}
    properties["title"] = f"{finding.code} {finding.name}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {written}::{_data(message)}"


def _data(text: str) -> str:
    return escape_control_chars(text, keep="\r\n").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
