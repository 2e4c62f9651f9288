"""A flashcard whose answer only repeats its question: ``What is softmax::softmax``.

Why:    the card teaches nothing.
Fix:    none: only the author knows the answer.
Source: real decks.

Not reported: questions that list their answers ("cats or dogs?"), and cards with formulas or code.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import PLUGIN_DEFAULTS, cards_of, fault_of, may_have_cards
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC016"
SEVERITY = "warning"
PRESETS = ("learning",)
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is the softmax function::Softmax\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is the softmax function::It turns scores into probabilities\n"}


@note_rule
def check(note: Note, text: str, options: object, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report each answer that repeats its question."""
    from vaultkit.cards.checks.sides import circular

    for block in cards_of(note, text, cards=cards):
        for problem in circular(block):
            yield fault_of(problem)
