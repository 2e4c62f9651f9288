"""Which decks a card belongs to: its own tag, the tag line above, the properties, or the folder.

Tags inside ``%% %%`` count: Obsidian lists them, so the plugin reads them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from functools import lru_cache

from vaultkit.base.text import line_of
from vaultkit.cards.model import CardSettings, Dialect
from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags


class Decks:
    """Answers for one note: line (from 0) -> decks, without "#"."""

    __slots__ = ("_below", "_fallback", "_fixed", "_lines", "_rows")

    def __init__(self, path: str, note: Note, settings: CardSettings, dialect: Dialect) -> None:
        self._fixed: tuple[str, ...] | None = None
        self._rows: list[tuple[int, tuple[str, ...]]] = []
        self._below: list[tuple[int, tuple[str, ...]]] = []
        self._lines: list[int] = []
        self._fallback: tuple[str, ...] = ()
        if settings.folders_as_decks:
            folder = path.rpartition("/")[0]
            self._fixed = (folder,) if folder else ("root",)  # no card of a vault is: see `holds_no_cards`
            return
        if note.tags:
            rows: dict[int, list[str]] = {}
            for tag in note.tags:
                if is_deck_tag(tag.tag, settings, dialect):
                    rows.setdefault(line_of(note.line_starts, tag.start), []).append(tag.tag[1:])
            self._rows = [(line, tuple(dict.fromkeys(decks))) for line, decks in sorted(rows.items())]
        if note.properties:
            # The deck of a note as the plugin flashcards-obsidian has it.
            deck = note.properties.get("cards-deck") if dialect == "vaultkit" else None
            if isinstance(deck, str) and deck.strip():
                self._fallback = (deck.strip().replace("::", "/").strip("/"),)
            names = [tag.lstrip("#") for tag in property_tags(note.properties)]
            own = tuple(dict.fromkeys([name for name in names if is_deck_tag("#" + name, settings, dialect)]))
            self._fallback = own or self._fallback

    def leave_out(self, rows: Container[int]) -> None:
        """Let the tags on these lines name no deck for the lines below: they belong to cards."""
        self._below = [(row, decks) for row, decks in self._rows if row not in rows]
        self._lines = [row for row, _ in self._below]

    def __call__(self, line: int) -> tuple[str, ...]:
        """Decks of a card that begins at ``line``, once `leave_out` was called.

        The last resort is the first tag of the note, even when it belongs to a card.

        Source: the plugin's `determineQuestionTopicPathList`.
        """
        if self._fixed is not None:
            return self._fixed
        above = bisect_right(self._lines, line)
        if above:
            return self._below[above - 1][1]
        return self._fallback or (self._rows[0][1][:1] if self._rows else ())

    def __bool__(self) -> bool:
        """Whether any card of the note can have a deck."""
        return bool(self._fixed or self._fallback or self._rows)

    def everywhere(self) -> tuple[str, ...] | None:
        """The decks of all cards of the note; None when they depend on the line."""
        if self._fixed is not None:
            return self._fixed
        if not self._rows:
            return self._fallback
        if len(self._rows) == 1 and len(self._rows[0][1]) == 1 and self._fallback in ((), self._rows[0][1]):
            return self._rows[0][1]
        return None

    def next_row(self, line: int, default: int) -> int:
        """The first line below ``line`` with a deck tag."""
        at = bisect_right(self._rows, line, key=lambda entry: entry[0])
        return self._rows[at][0] if at < len(self._rows) else default


def is_deck_tag(tag: str, settings: CardSettings, dialect: Dialect) -> bool:
    """A flashcard tag or one below it; the plugin minds the case, Obsidian and vaultkit do not.

    >>> is_deck_tag("#Flashcards/a", CardSettings(), "vaultkit")
    True
    """
    if dialect == "vaultkit":
        tag = tag.casefold()
    names, folders = _deck_tags(settings.flashcard_tags, dialect)
    return tag in names or tag.startswith(folders)


@lru_cache(maxsize=8)
def _deck_tags(tags: tuple[str, ...], dialect: Dialect) -> tuple[frozenset[str], tuple[str, ...]]:
    """The tags that make decks, as `is_deck_tag` compares them, and how those below them begin."""
    names = ["#" + tag.lstrip("#") for tag in tags]
    if dialect == "vaultkit":
        names = [name.casefold() for name in names]
    return frozenset(names), tuple([name + "/" for name in names])
