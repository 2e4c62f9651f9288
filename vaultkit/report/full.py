"""The full report: each finding with its line, a mark under the place, help and fix; at the end a table by rule."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote

from vaultkit.base.text import escape_control_chars
from vaultkit.lint.finding import Finding
from vaultkit.lint.root_causes import RootCause
from vaultkit.report.format import ReportView, Style, by_severity, command_here
from vaultkit.report.pieces.summary import closing

_COLORS = {"error": "31", "warning": "33", "info": "36"}
_BEFORE = 24
_INDENT = 12


def render(view: ReportView) -> Iterator[str]:
    """Causes first; then findings by file, errors first, of one cause one and of one rule at most ``max_per_rule``."""
    style = view.style
    explained = {mark: cause for cause in view.causes for mark in cause.fingerprints} if style.max_per_rule else {}
    for cause in view.causes:
        yield from _cause(cause, command_here(cause.command, view), style)
    reported: set[str] = set()
    shown: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    groups = groupby(by_severity(view.findings), key=lambda finding: (finding.severity, finding.path))
    for (_, path), findings in groups:
        lines: list[str] | None = None
        is_headed = False
        for finding in findings:
            its_cause = explained.get(finding.fingerprint)
            if its_cause is not None:
                if its_cause.message in reported:
                    continue
                reported.add(its_cause.message)
            shown[finding.code] += 1
            if style.max_per_rule and shown[finding.code] > style.max_per_rule:
                folded[finding.code] += 1
                continue
            if not is_headed:
                yield _title(view, path)
                is_headed = True
            if lines is None:
                lines = view.source(path).split("\n")
            yield from _finding(finding, lines, style)
        if is_headed:
            yield ""
    for cause in view.causes if explained else ():
        yield _paint(
            f"… and {cause.count - 1} more with the same cause: {escape_control_chars(_short(cause.message))}",
            "2",
            style,
        )
    for code, count in sorted(folded.items()):
        hint = "--max-per-rule 0 shows all"
        yield _paint(f"… and {count} more of {code} ({hint})", "2", style)
    if folded or explained:
        yield ""
    yield from closing(view)


def _cause(cause: RootCause, command: str, style: Style) -> Iterator[str]:
    first, *more = wrapped(escape_control_chars(cause.message), style.width - 2, style.width - 2)
    yield f"{_paint('●', '35;1', style)} {_paint(first, '1', style)}"
    for line in more:
        yield f"  {_paint(line, '1', style)}"
    if command:
        yield f"  {_paint('╰', '2', style)} {_paint('run:', '32', style)} {escape_control_chars(command)}"
    yield ""


def _short(message: str) -> str:
    """Return the message up to its first colon."""
    return message.partition(":")[0]


def _title(view: ReportView, path: str) -> str:
    text = _paint(escape_control_chars(path), "1;4", view.style)
    if view.style.obsidian_links:
        file = quote(path.encode("utf-8", "surrogateescape"), safe="")
        uri = f"obsidian://open?vault={quote(view.vault_name, safe='')}&file={file}"
        return f"\x1b]8;;{uri}\x1b\\{text}\x1b]8;;\x1b\\"
    return text


def _finding(finding: Finding, lines: list[str], style: Style) -> Iterator[str]:
    color = _COLORS[finding.severity]
    place = f"{finding.line}:{finding.column}"
    level = f"{finding.severity:<7}"
    code = f"{_paint(f'{level} {finding.code}', color + ';1', style)} {_paint(finding.name, '2', style)}"
    head = columns(f"  {place:>8}  {level} {finding.code} {finding.name}  ")
    first, *more = wrapped(escape_control_chars(finding.message), style.width - head, style.width - _INDENT)
    yield f"  {place:>8}  {code}  {first}"
    for line in more:
        yield " " * _INDENT + line
    source = lines[finding.line - 1].rstrip("\r") if finding.line <= len(lines) else ""
    if source.strip() and finding.end > finding.start:
        end = finding.end_column - 1 if finding.end_line == finding.line else len(source)
        excerpt, start, length = _window(source, finding.column - 1, end, style.width - 14)
        yield f"            {_paint('│', '2', style)} {excerpt}"
        mark = " " * columns(excerpt[:start]) + "^" * max(1, columns(excerpt[start : start + length]))
        yield f"            {_paint('│', '2', style)} {_paint(mark, color, style)}"
    if finding.help and (finding.fix is None or finding.help != finding.fix.title):
        first, *more = wrapped(escape_control_chars(finding.help), style.width - _INDENT - 8, style.width - _INDENT - 8)
        yield f"            {_paint('╰', '2', style)} {_paint('help:', '36', style)} {first}"
        for line in more:
            yield " " * (_INDENT + 8) + line
    if finding.fix is not None:
        kind = "fix" if finding.fix.is_safe else "unsafe fix"
        yield f"            {_paint('╰', '2', style)} {_paint(kind + ':', '32', style)} {escape_control_chars(finding.fix.title)}"


def wrapped(text: str, first: int, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns, the first one of ``first``; words are not cut."""
    lines = [""]
    for word in text.split(" "):
        room = first if len(lines) == 1 else width
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and columns(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _shown(character: str) -> str:
    """The character, or one as wide as it is counted where a terminal would obey it."""
    if character.isprintable():
        return character
    if character == "\t" or unicodedata.category(character) == "Cc":
        return " "
    return "\ufffd" if escape_control_chars(character) != character else character


def _window(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """The part of a line round ``[start, end)`` that fits, with the place in it."""
    line = "".join(_shown(character) for character in line)
    if columns(line) <= width:
        return line, start, end - start
    first = max(0, start - _BEFORE)
    head = "…" if first else ""
    excerpt = head + line[first:]
    start, end = start - first + len(head), end - first + len(head)
    while columns(excerpt) > width - 1 and excerpt:
        excerpt = excerpt[: -max(1, (columns(excerpt) - width) // 2)]
    return excerpt + "…", start, max(1, min(end, len(excerpt)) - start)


def columns(text: str) -> int:
    """Columns that a terminal needs for the text: two for wide characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in ("W", "F")
        else 1
        for character in text
    )


def _paint(text: str, codes: str, style: Style) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m" if style.color else text
