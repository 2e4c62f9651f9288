"""JUnit XML: one test case a note, which fails when the note has errors or warnings.

Source: the JUnit 10 schema of Jenkins' xUnit plugin, which GitLab, Azure and CircleCI read as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vaultkit.lint.finding import message_with_help
from vaultkit.report.format import ReportView
from vaultkit.report.pieces.xml_text import escaped


def render(view: ReportView) -> Iterator[str]:
    """Render one suite. A vault without findings is one passing case, since CI treats an empty suite as an error."""
    groups = [(path, list(group)) for path, group in groupby(view.findings, key=lambda finding: finding.path)]
    failing = sum(any(finding.severity != "info" for finding in findings) for _, findings in groups)
    counts = f'tests="{max(1, len(groups))}" failures="{failing}" errors="0"'
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="vaultkit" {counts}>'
    yield f'  <testsuite name="{escaped(view.vault_name)}" {counts} skipped="0" time="0">'
    if not groups:
        yield f'    <testcase name="{view.checked} notes" classname="vaultkit" time="0"/>'
    for path, findings in groups:
        yield f'    <testcase name="{escaped(view.prefix + path)}" classname="vaultkit" time="0">'
        failures = [finding for finding in findings if finding.severity != "info"]
        lines = "\n".join(
            f"{finding.line}:{finding.column} {finding.code} {message_with_help(finding)}" for finding in findings
        )
        if failures:
            kinds = " ".join(dict.fromkeys(finding.code for finding in failures))
            message = f"{len(failures)} finding{'s' if len(failures) > 1 else ''}"
            yield f'      <failure message="{escaped(message)}" type="{escaped(kinds)}">{escaped(lines)}</failure>'
        else:
            yield f"      <system-out>{escaped(lines)}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"
    yield "</testsuites>"
