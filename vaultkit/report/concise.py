"""One line a finding: ``path:line:column: severity CODE name: message``, errors first."""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import escape_control_chars
from vaultkit.lint.finding import message_with_help
from vaultkit.report.format import ReportView, by_severity


def render(view: ReportView) -> Iterator[str]:
    """Lines of findings, for people and for tools that read compilers."""
    for finding in by_severity(view.findings):
        place = f"{escape_control_chars(finding.path)}:{finding.line}:{finding.column}"
        yield f"{place}: {finding.severity} {finding.code} {finding.name}: {escape_control_chars(message_with_help(finding))}"
