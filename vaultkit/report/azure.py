"""Annotations for Azure Pipelines: ``##vso[task.logissue …]message``.

Source: Microsoft Learn, "Logging commands"; the escapes of azure-pipelines-task-lib.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import escape_control_chars
from vaultkit.lint.finding import message_with_help
from vaultkit.report.format import ReportView


def render(view: ReportView) -> Iterator[str]:
    """One logged issue a finding; Azure knows errors and warnings only."""
    for finding in view.findings:
        kind = "error" if finding.severity == "error" else "warning"
        path = _property(view.prefix + finding.path)
        yield (
            f"##vso[task.logissue type={kind};sourcepath={path};linenumber={finding.line};"
            f"columnnumber={finding.column};code={finding.code};]{_data(f'{finding.name}: {message_with_help(finding)}')}"
        )


def _data(text: str) -> str:
    return escape_control_chars(text, keep="\r\n").replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
