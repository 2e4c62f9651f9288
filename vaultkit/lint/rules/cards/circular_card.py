"""The answer of a flashcard says no more than its question: ``What is softmax::softmax``.

Why:    it is always known, so nothing is learned from it.
Fix:    none: the answer is the author's to give.
Source: seen in real decks.

A question that offers its answers ("cats or dogs?") is none, and neither is one with formulas or code.
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
    """Each answer that repeats its question."""
    from vaultkit.cards.checks.sides import circular

    for block in cards_of(note, text, cards=cards):
        for problem in circular(block):
            yield fault_of(problem)
