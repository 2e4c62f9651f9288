"""A flashcard in the spaced-repetition plugin's syntax that the plugin does not read.

Why:    the card is never reviewed, without a message: the plugin skips the line below a comment, reads only one kind
        of card in a block, and does not read multi-line cards in quotes.
Fix:    none: in most cases, add a blank line above or below the card.
Source: the spaced-repetition plugin 1.15.4, compared with vaultkit's reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import (
    PLUGIN_DEFAULTS,
    cards_of,
    compared_cards,
    is_deck,
    is_export,
    may_have_cards,
    question_of,
    quoted,
)
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC014"
SEVERITY = "warning"
PRESETS = ("learning",)
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\n<!-- chapter 2 -->\nWhat is RAG?::Retrieval first\n"}
GOOD = {"deck.md": "#flashcards\n\n<!-- chapter 2 -->\n\nWhat is RAG?::Retrieval first\n"}
_KINDS = ("single-basic", "single-reversed", "multi-basic", "multi-reversed", "cloze")


@note_rule
def check(note: Note, text: str, options: object, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report each card of the plugin's kinds that only vaultkit reads."""
    if not is_deck(note, cards) or not cards_of(note, text, cards=cards) or is_export(note, text, cards):
        return
    for block in compared_cards(note, text, cards=cards):
        if block.kind in _KINDS and block.decks and block.compat == "plugin-loses":
            message = f"card {quoted(block.front)} is not read by the spaced-repetition plugin"
            yield Violation(block.front_start, block.front_end, message, question_of(block))
