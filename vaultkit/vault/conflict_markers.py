"""Where git left the markers of a merge conflict in a note; examples in code do not count."""

from __future__ import annotations

import re
from typing import Literal

from vaultkit.base.record import record
from vaultkit.base.text import has_conflict_markers
from vaultkit.note.model import Note

_OPEN = re.compile(r"^<{7}(?:[ \t][^\n]*)?$", re.MULTILINE)
_REST = re.compile(r"^(?:(?P<middle>={7})[ \t]*\r?|(?P<close>>{7})(?:[ \t][^\n]*)?)$", re.MULTILINE)
# Seven nested quotes are written so, too; behind them stands a text, not a branch or a commit.
_CLOSE = re.compile(
    r"^>{7} (?:[0-9a-f]{7,40}\b[^\n]*|HEAD|theirs|ours|local|remote|main|master|Stashed changes|Updated upstream"
    r"|[\w.-]+/[\w./-]+)[ \t]*\r?$",
    re.MULTILINE,
)


@record
class ConflictMark:
    """A conflict, or a marker left alone. start, end: its first marker with the label, code points."""

    start: int
    end: int
    label: str
    kind: Literal["conflict", "left"]


def conflict_marks(note: Note, text: str) -> tuple[ConflictMark, ...]:
    """The conflicts of a note in order. Source: git-merge(1), "How conflicts are presented"."""
    if "<<<<<<<" not in text:
        if ">>>>>>>" not in text:
            return ()
        return tuple(_mark(match, "left") for match in _CLOSE.finditer(text) if not _in_code(note, *match.span()))
    found: list[ConflictMark] = []
    position = 0
    while opening := _OPEN.search(text, position):
        position = opening.end()
        end = _conflict_end(text, position)
        if end < 0:
            if opening[0].strip() != "<<<<<<<" and not _in_code(note, *opening.span()):
                found.append(_mark(opening, "left"))
            break
        position = end
        if not _in_code(note, opening.start(), end):
            found.append(_mark(opening, "conflict"))
    return tuple(found)


def holds_conflict(note: Note | None, text: str) -> bool:
    """Return whether git left both sides of a merge in the text, so that no tool should edit it.

    note: the text as a note; None for a file of another kind, where every line that looks like a marker is one.
    """
    if not has_conflict_markers(text):
        return False
    return note is None or bool(conflict_marks(note, text))


def _conflict_end(text: str, start: int) -> int:
    """The end of the conflict that was opened before ``start``; -1 when its other markers are missing."""
    has_middle = False
    for mark in _REST.finditer(text, start):
        if mark["middle"]:
            has_middle = True
        elif has_middle:
            return mark.end()
    return -1


def _in_code(note: Note, start: int, end: int) -> bool:
    return any(dead.kind == "code" and dead.start <= start and end <= dead.end for dead in note.dead)


def _mark(match: re.Match[str], kind: Literal["conflict", "left"]) -> ConflictMark:
    label = match[0].strip()
    return ConflictMark(match.start(), match.start() + len(label), label, kind)
