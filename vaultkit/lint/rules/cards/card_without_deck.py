"""A flashcard in a note without a deck.

Why:    the card is never reviewed: the spaced-repetition plugin reads only notes with a flashcard tag.
Fix:    none: only the author knows the deck. A tag such as ``#flashcards/topic`` in the note sets it.
Source: the spaced-repetition plugin's documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.lint.facts.cards import (
    EXPORTS,
    PLUGIN_DEFAULTS,
    is_deck,
    may_be_export,
    may_have_lone_cards,
    question_of,
    quoted,
)
from vaultkit.lint.facts.prose import code_spans
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC017"
SEVERITY = "info"
PRESETS = ("learning",)
NEEDS = may_have_lone_cards
BAD = {"note.md": "What is RAG?::Retrieval first\n"}
GOOD = {"note.md": "#flashcards\n\nWhat is RAG?::Retrieval first\n"}

_PAIR = lazy_pattern(r"[^\s:]+[ ]?:[ ]?[^\s:]+")


@note_rule
def check(note: Note, text: str, options: object, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report the first card of each such note, with their number."""
    if is_deck(note, cards):
        return
    code = code_spans(note)
    blocks = [
        block
        for block in _blocks(note, text, cards)
        if code.end_around(block.front_start) < 0 and not _is_analogy(block.front, block.back)
    ]
    if not blocks or blocks[0].kind in EXPORTS or any(block.decks for block in blocks):
        return
    first = blocks[0]
    more = f" and {len(blocks) - 1} more" if len(blocks) > 1 else ""
    message = f"card in a note without a deck: {quoted(first.front)}{more}"
    yield Violation(first.front_start, max(first.front_end, first.front_start), message, question_of(first))


def _is_analogy(front: str, back: str) -> bool:
    """A proportion such as ``A:B :: C:?``."""
    return _PAIR.fullmatch(front.strip()) is not None and _PAIR.fullmatch(back.strip()) is not None


def _blocks(note: Note, text: str, cards: CardSettings) -> tuple[CardBlock, ...]:
    if may_be_export(text):
        from vaultkit.cards.collection import inspector

        return inspector(cards, compare=False)(note, text)
    from vaultkit.cards.reader.read import read_cards

    return read_cards("", note, text, cards, compare=False)
