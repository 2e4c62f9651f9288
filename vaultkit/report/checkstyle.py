"""Checkstyle's XML, which many review tools read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vaultkit.lint.finding import message_with_help
from vaultkit.report.format import ReportView
from vaultkit.report.pieces.xml_text import escaped


def render(view: ReportView) -> Iterator[str]:
    """Per note one ``file`` with its ``error`` elements."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<checkstyle version="4.3">'
    for path, findings in groupby(view.findings, key=lambda finding: finding.path):
        yield f'  <file name="{escaped(view.prefix + path)}">'
        for finding in findings:
            yield (
                f'    <error line="{finding.line}" column="{finding.column}" severity="{finding.severity}" '
                f'message="{escaped(message_with_help(finding))}" source="vaultkit.{finding.code}.{finding.name}"/>'
            )
        yield "  </file>"
    yield "</checkstyle>"
