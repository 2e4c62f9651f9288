"""What a search looks at: a note, and the stretches of it that operators such as ``line:`` name."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from vaultkit.base.record import record
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_text

Span = tuple[int, int]


@record
class SearchDocument:
    """A note as search sees it. name: with extension; text: in NFC, which the note's offsets fit; see `page`."""

    path: str
    note: Note
    text: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path[self.path.rfind("/") + 1 :]


@record
class SearchScope:
    """Where an expression looks: a stretch of the page's text, or another text when ``other`` is not None."""

    page: SearchDocument
    start: int
    end: int
    is_whole: bool
    other: str | None = None


def page(path: str, note: Note, text: str) -> SearchDocument:
    """The note as search sees it; a text that is not in NFC is read again, since offsets move."""
    if unicodedata.is_normalized("NFC", text):
        return SearchDocument(path, note, text)
    text = unicodedata.normalize("NFC", text)
    return SearchDocument(path, parse_text(text), text)


def _lines(scope: SearchScope) -> Iterator[SearchScope]:
    starts = (*scope.page.note.line_starts, len(scope.page.text) + 1)
    for start, end in itertools.pairwise(starts):
        if start < scope.end and end > scope.start:
            yield SearchScope(scope.page, max(start, scope.start), min(end - 1, scope.end), False)


def _blocks(scope: SearchScope) -> Iterator[SearchScope]:
    note = scope.page.note
    for section in note.sections:
        if section.kind != "list":
            yield SearchScope(scope.page, section.start, section.end, False)
    for item in note.list_items:
        yield SearchScope(scope.page, item.start, item.end, False)


def _sections(scope: SearchScope) -> Iterator[SearchScope]:
    headings = scope.page.note.headings
    starts = [0, *(heading.start for heading in headings), len(scope.page.text)]
    for start, end in itertools.pairwise(starts):
        if end > start:
            yield SearchScope(scope.page, start, end, False)


def _tasks(*, done: bool | None) -> Callable[[SearchScope], Iterator[SearchScope]]:
    def tasks(scope: SearchScope) -> Iterator[SearchScope]:
        items = scope.page.note.list_items
        for item in items:
            if item.task is not None and (done is None or (item.task != " ") == done):
                later = (one.start for one in items if item.start < one.start < item.end)
                yield SearchScope(scope.page, item.start, next(later, item.end), False)

    return tasks


SCOPES: dict[str, Any] = {
    "file": lambda scope: [SearchScope(scope.page, 0, 0, False, scope.page.name)],
    "path": lambda scope: [SearchScope(scope.page, 0, 0, False, scope.page.path)],
    "content": lambda scope: [SearchScope(scope.page, scope.start, scope.end, False)],
    "line": _lines,
    "block": _blocks,
    "section": _sections,
    "task": _tasks(done=None),
    "task-todo": _tasks(done=False),
    "task-done": _tasks(done=True),
}
