"""Raw exports that lie in a vault as notes: their cards, read where they stand.

A page of Brainscape or Quizwiz or a worksheet saved as a note is no deck of the plugin, but its
cards can be checked. Only strong evidence counts, so an ordinary note is never taken for one.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.checks.phrases import may_hold_placeholder
from vaultkit.cards.importers import brainscape, quizwiz, worksheet
from vaultkit.cards.importers.detect import TextImporter
from vaultkit.cards.importers.model import ImportedCard, ImportReading
from vaultkit.cards.model import Card, CardBlock, Kind

_FORMATS: tuple[tuple[str, Kind], ...] = (
    ("brainscape", "brainscape"),
    ("quizwiz", "quizwiz"),
    ("worksheet", "worksheet"),
)
_MODULES: dict[str, TextImporter] = {"brainscape": brainscape, "quizwiz": quizwiz, "worksheet": worksheet}
_MIN_PLACEHOLDERS = 3


def reading_of(text: str) -> ImportReading | None:
    """The export that a note's text is; None for ordinary notes."""
    for name, _ in _FORMATS:
        if not _may_be(name, text):
            continue
        module = _MODULES[name]
        if module.evidence(text, ".md")[0]:
            try:
                return module.read(text, "")
            except VaultkitError:
                return None
    return None


def _may_be(name: str, text: str) -> bool:
    """A quick look, since nearly every note is none of these."""
    if name == "brainscape":
        return "\nQ\n" in text or "\nQ\r\n" in text or "\nQ " in text
    if name == "quizwiz":
        return "uizwiz" in text or "View Set" in text or "QUIZWIZ" in text
    return may_hold_placeholder(text)


def export_cards(text: str) -> tuple[CardBlock, ...]:
    """The cards of a raw export, each with the places of its two sides; () for ordinary notes."""
    reading = reading_of(text)
    if reading is None or (reading.format == "worksheet" and len(reading.cards) < _MIN_PLACEHOLDERS):
        return ()
    kind = next(kind for name, kind in _FORMATS if name == reading.format)
    return tuple(block_of(card, kind, text) for card in reading.cards)


def block_of(card: ImportedCard, kind: Kind, text: str = "", decks: tuple[str, ...] = ()) -> CardBlock:
    """An imported card as a block, so that the same checks serve. Its front is as written, marks included."""
    front = card.original or card.front
    return CardBlock(
        kind=kind,
        decks=decks,
        line=card.line,
        end_line=card.end_line,
        start=card.front_start,
        end=max(card.back_end, card.front_end),
        front_start=card.front_start,
        front_end=card.front_end,
        back_start=card.back_start,
        back_end=card.back_end,
        front=front,
        back=card.back,
        cards=(Card(card.front, card.back, card.hint),),
        placeholder=card.placeholder,
        hint=card.hint,
        context=card.section,
        tags=card.tags,
        compat="plugin-loses",
        why="the note is a raw export",
    )


def boilerplate_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Blocks of site chrome: (start, end, what it is). Neighbouring lines of one kind are one block; titles are none."""
    reading = reading_of(text)
    if reading is None or reading.format == "worksheet":
        return
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    open_block: tuple[int, int, str] | None = None
    names = {"rating block": "a rating scale", "slogan": "a slogan", "related sets": "a list of other sets"}
    for span in reading.boilerplate:
        if span.reason not in names:
            continue
        start, end = starts[span.line - 1], starts[span.end_line] - 1
        name = names[span.reason]
        if open_block and span.reason == "related sets" and open_block[2] == name:
            open_block = (open_block[0], end, name)
            continue
        if open_block:
            yield open_block
        open_block = (start, end, name)
    if open_block:
        yield open_block
