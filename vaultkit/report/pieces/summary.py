"""The end of a report for people: how often each rule found something, and the commands that help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vaultkit.lint.finding import Finding
from vaultkit.lint.unwritten import unwritten_message
from vaultkit.report.format import RANKS, ReportView, command_here

# From so many findings on, a baseline is worth its file.
MANY = 50


def closing(view: ReportView) -> Iterator[str]:
    """A table with one row a rule, errors first, then the commands; nothing for a single finding."""
    if len(view.findings) > 1:
        yield from table(view.findings)
        yield ""
    unwritten = unwritten_message(view.hidden)
    if unwritten:
        yield f"  {unwritten}: `{command_here('vaultkit wanted', view)}` lists them"
        yield ""
    commands = [(command_here(command, view), what) for command, what in _commands(view)]
    width = max((len(command) for command, _ in commands), default=0)
    for command, what in commands:
        yield f"  {command:<{width}}  {what}"


def table(findings: tuple[Finding, ...]) -> Iterator[str]:
    """``  error    LK002 missing-file   12   3 fixable`` for each rule and severity, the most frequent first."""
    counts = Counter((finding.severity, finding.code, finding.name) for finding in findings)
    fixes = Counter((finding.severity, finding.code) for finding in findings if finding.fix is not None)
    safe = Counter((one.severity, one.code) for one in findings if one.fix is not None and one.fix.is_safe)
    width = max(len(name) for _, _, name in counts)
    digits = max(len(str(count)) for count in counts.values())
    rows = sorted(counts.items(), key=lambda row: (RANKS[row[0][0]], -row[1], row[0][1]))
    for (severity, code, name), count in rows:
        fixable = _fixable(safe[severity, code], fixes[severity, code] - safe[severity, code])
        yield f"  {severity:<7}  {code} {name:<{width}}  {count:>{digits}}{fixable}"


def _fixable(safe: int, unsafe: int) -> str:
    parts = [f"{safe} fixable"] * bool(safe) + [f"{unsafe} fixable with --unsafe-fixes"] * bool(unsafe)
    return "  " + ", ".join(parts) if parts else ""


def _commands(view: ReportView) -> Iterator[tuple[str, str]]:
    """(command, what it does) for what was found."""
    safe = sum(1 for finding in view.findings if finding.fix is not None and finding.fix.is_safe)
    unsafe = sum(1 for finding in view.findings if finding.fix is not None and not finding.fix.is_safe)
    if safe:
        yield "vaultkit check --fix", f"make {safe} safe fix{'es' if safe > 1 else ''}"
    if unsafe:
        yield "vaultkit check --fix --unsafe-fixes --diff", f"show {unsafe} fix{'es' if unsafe > 1 else ''} to review"
    if len(view.findings) > 1:
        counts = Counter((RANKS[finding.severity], finding.code) for finding in view.findings)
        _, code = min(counts, key=lambda entry: (entry[0], -counts[entry], entry[1]))
        yield f"vaultkit rule {code}", "explain a rule"
    if len(view.findings) >= MANY and not view.has_baseline:
        yield "vaultkit baseline create", "hide what is there today, report only new findings"
