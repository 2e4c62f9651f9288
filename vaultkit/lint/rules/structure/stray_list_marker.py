"""A lone ``-`` or ``*`` on its line, or a ``•`` in place of a list marker.

Why:     Obsidian shows the first as an empty item (a lone ``-`` below text turns the text into a heading), and the
         second as plain text: no list, no folding. Both come from copied web pages.
Fix:     removes the lone marker; replaces the bullet with ``-``. Safe, unless the marker makes a heading or is the only
         item of its list, or the line continues a quote or a numbered list, which a new item would end.
Source:  CommonMark 0.31, list items and setext headings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import chain

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST010"
SEVERITY = "info"
PRESETS = ("learning",)
BAD = {"a.md": "* Memory: small\n*\n* Speed: high\n\n• Cost: low\n"}
GOOD = {"a.md": "* Memory: small\n* Speed: high\n\n- Cost: low\n"}

_LINE = r"[ \t]*(?:(?P<lone>[-*+])[ \t]*\r?(?=\n|\Z)|(?P<glyph>[•◦▪‣●])[ \t\u00a0]*(?=\S))"
_STRAY, _FIRST = lazy_pattern(r"\n" + _LINE), lazy_pattern(_LINE)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report lines with nothing but a marker, or with a bullet character at the start."""
    first = _FIRST.match(text)
    silent = None
    # "\n" before the line is three times as fast as "^" with MULTILINE
    for match in chain([first] if first is not None else [], _STRAY.finditer(text)):
        silent = silent or dead_spans(note)
        kind = match.lastgroup or ""
        start = match.start(kind)
        if silent.end_around(start) >= 0:
            continue
        if kind == "glyph":
            is_safe = not _continues_another(note, text, start)
            fix = Fix("write a list marker", (Edit(start, match.end(), "- "),), is_safe)
            message = f"bullet character `{match[kind]}` is not a list marker, shown as text"
            yield Violation(start, start + 1, message, match[kind], fix, help="write `-`")
        elif not _has_nested(text, match.end()):
            line = text.rfind("\n", 0, start) + 1
            newline = text.find("\n", match.end())
            end = newline + 1 if newline >= 0 else len(text)
            is_heading = _is_in_heading(note, start)
            fix = Fix(
                "remove the line", (Edit(line, end, ""),), is_safe=not is_heading and not _is_alone(note, text, start)
            )
            message = f"empty list item: a lone `{match[kind]}`"
            if is_heading:
                message = f"a lone `{match[kind]}` turns the text above into a heading"
            yield Violation(start, start + 1, message, match[kind], fix)


def _section(note: Note, at: int) -> tuple[int, int, str]:
    """The section with the character at ``at``: start, end and kind; an empty one when none has it."""
    rows = note.section_rows
    index = bisect_right(rows, at, key=lambda row: row[0]) - 1
    if index < 0 or at >= rows[index][1]:
        return at, at, ""
    start, end, kind, _ = rows[index]
    return start, end, kind


def _is_in_heading(note: Note, at: int) -> bool:
    index = bisect_left(note.headings, at, key=lambda heading: heading.start) - 1
    return index >= 0 and at < note.headings[index].end


def _continues_another(note: Note, text: str, at: int) -> bool:
    """The line is part of a quote, or of a list that is not of bullets, above it."""
    start, _, kind = _section(note, at)
    return kind not in ("", "paragraph") and not (kind == "list" and text[start : start + 1] in tuple("-*+"))


def _is_alone(note: Note, text: str, at: int) -> bool:
    """The marker is all that its list has."""
    start, end, _ = _section(note, at)
    return len(text[start:end].strip()) <= 1


def _has_nested(text: str, end: int) -> bool:
    """The line below is indented, so it belongs to the item."""
    newline = text.find("\n", end)
    return (
        newline >= 0
        and text[newline + 1 : newline + 2] in (" ", "\t")
        and bool(text[newline + 1 : newline + 80].strip())
    )
