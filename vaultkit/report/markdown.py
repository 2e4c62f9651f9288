"""A summary in Markdown, for ``$GITHUB_STEP_SUMMARY`` or a comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from vaultkit.base.text import escape_control_chars
from vaultkit.lint.finding import message_with_help
from vaultkit.lint.unwritten import unwritten_message
from vaultkit.report.format import ReportView, by_severity

# GitHub cuts a step's summary at 1 MiB; a row has some 200 bytes.
MAX_ROWS = 1000
_MARKS = re.compile(r"([\\`*_{}\[\]<>|#$~])")


def render(view: ReportView) -> Iterator[str]:
    """Counts, a table of rules, a table of findings."""
    notes = f"{view.checked} note{'s' if view.checked != 1 else ''}"
    if not view.findings:
        yield f"**vaultkit**: {notes} checked, no findings"
        return
    severities = Counter(finding.severity for finding in view.findings)
    counted = ", ".join(f"{severities[level]} {level}" for level in ("error", "warning", "info") if severities[level])
    yield f"## vaultkit: {counted} in {notes}"
    yield ""
    for cause in view.causes:
        yield f"- {_escaped(cause.message)}{f'; run `{cause.command}`' if cause.command else ''}"
    if view.causes:
        yield ""
    unwritten = unwritten_message(view.hidden)
    if unwritten:
        yield f"{unwritten}; run `vaultkit wanted` for a list"
        yield ""
    yield "| rule | name | findings |"
    yield "| --- | --- | ---: |"
    for (code, name), count in Counter((finding.code, finding.name) for finding in view.findings).most_common():
        yield f"| {code} | {name} | {count} |"
    yield ""
    yield "| place | rule | finding |"
    yield "| --- | --- | --- |"
    for finding in by_severity(view.findings)[:MAX_ROWS]:
        place = f"{_escaped(view.prefix + finding.path)}:{finding.line}"
        yield f"| {place} | {finding.severity} {finding.code} | {_escaped(message_with_help(finding))} |"
    if len(view.findings) > MAX_ROWS:
        yield ""
        yield f"… and {len(view.findings) - MAX_ROWS} more"


def _escaped(text: str) -> str:
    return escape_control_chars(_MARKS.sub(r"\\\1", " ".join(text.split())))
