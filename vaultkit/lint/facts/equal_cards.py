"""Cards that ask the same, for the rules that compare the cards of all notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import code_span, line_of
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import (
    MULTI,
    PLUGIN_DEFAULTS,
    cards_of,
    deck_names,
    is_quoted,
    once_a_note,
    suspected,
)
from vaultkit.note.model import Note
from vaultkit.vault.snapshot import Snapshot

if TYPE_CHECKING:
    from vaultkit.cards.checks.twins import Twins
    from vaultkit.cards.model import CardBlock

_REMOVABLE = ("single-basic", "single-reversed", "multi-basic", "multi-reversed")
_MARK = lazy_pattern(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?")


@record
class Asked:
    """A question with its answer, "" when it has none.

    decks: without "#".
    lines: what to drop with the card.
    words: of the question, by which it is compared; found where notes are read, so by several processes.
    key:   these words without space.
    """

    question: str
    answer: str
    start: int
    end: int
    decks: tuple[str, ...]
    lines: tuple[int, int] | None
    words: str
    key: str


@record
class CardLocation:
    """A question in its note."""

    path: str
    asked: Asked


@once_a_note
def questions_of(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> tuple[Asked, ...] | None:
    """What the cards of a note ask; None when it has none."""
    from vaultkit.cards.checks.phrases import whole_placeholder
    from vaultkit.cards.text_keys import normal

    has_stand_ins = "placeholder-answer" in suspected(note, text, cards=cards)
    found = []
    for block in cards_of(note, text, cards=cards):
        if block.kind == "heading-prompt" or (block.kind in MULTI and is_quoted(text, block.start)):
            continue
        is_open = has_stand_ins and (block.placeholder or whole_placeholder(block.back) == "yes")
        answer = "" if is_open else block.back
        lines = _lines(block, text, cards)
        words = normal(block.front)
        key = words.replace(" ", "")
        found.append(Asked(block.front, answer, block.front_start, block.front_end, block.decks, lines, words, key))
    return tuple(found) or None


def _lines(block: CardBlock, text: str, cards: CardSettings) -> tuple[int, int] | None:
    """The lines of a card that can go without harm: it has no schedule, id, deck tag or neighbours on its lines."""
    if block.kind not in _REMOVABLE or block.schedules or block.block_id:
        return None
    start = text.rfind("\n", 0, block.start) + 1
    newline = text.find("\n", block.end)
    end = newline + 1 if newline >= 0 else len(text)
    mark = _MARK.match(text, start)
    if (mark is None or mark.end() < block.start) or text[block.end : end].strip():
        return None
    written = text[start:end].casefold()
    if any(name in written for name in deck_names(cards.flashcard_tags)[0]) or (
        text[end : end + 1] in (" ", "\t") and text[end : end + 80].strip()
    ):
        return None
    return start, end


def pairs(
    vault: Snapshot,
    gathered: Mapping[str, tuple[Asked, ...]],
    scope: str,
    *,
    near: bool = False,
    cards: CardSettings = PLUGIN_DEFAULTS,
) -> Iterator[tuple[Twins, CardLocation, CardLocation]]:
    """All twins with the two places, the later in order of path second; templates and excluded notes have none.

    scope: "deck" compares cards of one deck only, anything else those of the whole vault.
    """
    by_deck: dict[str, list[tuple[str, Asked]]] = {}
    for path, asked, deck in _compared(gathered, scope, near=near, cards=cards):
        if not vault.is_template(path) and not vault.is_excluded(path):
            by_deck.setdefault(deck, []).append((path, asked))
    for group in by_deck.values():
        places = [CardLocation(path, asked) for path, asked in group]
        sides = tuple([(place.asked.question, place.asked.answer) for place in places])
        for twins in _twins(sides, tuple([place.asked.words for place in places]), near):
            yield twins, places[twins.first], places[twins.second]


def _compared(
    gathered: Mapping[str, tuple[Asked, ...]], scope: str, *, near: bool, cards: CardSettings
) -> Iterator[tuple[str, Asked, str]]:
    """The questions to compare, in order of path, each with its deck when ``scope`` is "deck".

    Unless near ones count, those that no other asks word for word are left out: that is nearly all.
    """
    counts = Counter([asked.key for group in gathered.values() for asked in group]) if not near else {}
    for path in sorted(gathered):
        for asked in gathered[path]:
            if near or counts[asked.key] > 1:
                deck = ""
                if scope == "deck":
                    deck = path.rpartition("/")[0] if cards.folders_as_decks else (*asked.decks, path)[0]
                yield path, asked, deck


@lru_cache(maxsize=1)
def _twins(sides: tuple[tuple[str, str], ...], questions: tuple[str, ...], near: bool) -> tuple[Twins, ...]:
    from vaultkit.cards.checks.twins import find_twins

    return tuple(find_twins(sides, near=near, questions=questions))


def where(vault: Snapshot, place: CardLocation, other: CardLocation) -> str:
    """Return where a card is, relative to the card ``other``."""
    line = line_of(vault.notes[place.path].line_starts, place.asked.start) + 1
    return f"on line {line}" if place.path == other.path else f"in {code_span(place.path)}, line {line}"
