"""Find the prose of a note: its text without code, math, HTML, links and comments.

Rules about wording ask here. A line of more than `LONG_LINE` characters is data, not prose, and so is a note of more
than `LONG_NOTE`.
"""

from __future__ import annotations

from vaultkit.note.model import Note
from vaultkit.note.spans import Spans

LONG_LINE = 20_000
LONG_NOTE = 2_000_000
MAX_URL = 1000


def not_prose(note: Note) -> Spans:
    """Return the spans that are not prose: `Spans.end_around` returns -1 for prose."""
    return Spans([*_dead(note), *note.comments, *((link.start, link.end) for link in note.links), *_external(note)])


def code_spans(note: Note) -> Spans:
    """The stretches of a note that are code."""
    return Spans([(dead.start, dead.end) for dead in note.dead if dead.kind == "code"])


def comment_spans(note: Note) -> Spans:
    """The stretches of a note between ``%%`` and ``%%``."""
    return Spans(note.comments)


def without_comments(note: Note, text: str, start: int, end: int) -> str:
    """What of the stretch is not between ``%%`` and ``%%``."""
    shown = []
    for first, last in note.comments:
        if first < end and start < last:
            shown.append(text[start:first])
            start = last
    return "".join((*shown, text[start:end]))


def dead_spans(note: Note, *, with_properties: bool = True) -> Spans:
    """The stretches where Obsidian's syntax has no meaning, very long lines and properties among them."""
    return Spans(_dead(note, with_properties=with_properties))


def _dead(note: Note, *, with_properties: bool = True) -> list[tuple[int, int]]:
    if note.length > LONG_NOTE:
        return [(0, note.length)]
    spans = [(dead.start, dead.end) for dead in note.dead]
    if note.frontmatter is not None and with_properties:
        spans.append((0, note.frontmatter.end))
    if note.length > LONG_LINE:
        ends = (*note.line_starts[1:], note.length)
        spans += [(start, end) for start, end in zip(note.line_starts, ends, strict=True) if end - start > LONG_LINE]
    return spans


def _external(note: Note) -> list[tuple[int, int]]:
    return [(link.end - len(link.destination) - 2, link.end) for link in note.external_links]


def is_in_url(text: str, offset: int) -> bool:
    """The word around ``offset`` is a bare URL."""
    start = max(offset - MAX_URL, 0)
    before = text[start:offset]
    return "://" in before and not any(character.isspace() for character in before[before.rfind("://") :])
