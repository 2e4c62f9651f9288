"""A flashcard in the plugin's own syntax that the spaced-repetition plugin does not see.

Why:    it is never asked, and nothing says so: the plugin skips the line below a comment, reads only one kind of card
        in a block, and knows no cards of several lines in quotes.
Fix:    none: a blank line above or below the card is mostly enough, but where is the author's to say.
Source: the spaced-repetition plugin 1.15.4, read side by side.
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
    """Each card that only vaultkit reads; kinds that the plugin does not have are not meant for it."""
    if not is_deck(note, cards) or not cards_of(note, text, cards=cards) or is_export(note, text, cards):
        return
    for block in compared_cards(note, text, cards=cards):
        if block.kind in _KINDS and block.decks and block.compat == "plugin-loses":
            message = f"the plugin does not see the card {quoted(block.front)}"
            yield Violation(block.front_start, block.front_end, message, question_of(block))
