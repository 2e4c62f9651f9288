"""One line a finding: ``path:line:column: severity CODE name: message``, errors first."""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import visible
from vaultkit.report.format import View, by_severity, message_with_help


def render(view: View) -> Iterator[str]:
    """Lines of findings, for people and for tools that read compilers."""
    for finding in by_severity(view.findings):
        place = f"{visible(finding.path)}:{finding.line}:{finding.column}"
        yield f"{place}: {finding.severity} {finding.code} {finding.name}: {visible(message_with_help(finding))}"
