"""The question or the answer of a flashcard is blank.

Why:     there is nothing to learn from it, and the reviewer meets an empty page for years.
Fix:     none: the answer is the author's to give.
Source:  the spaced-repetition plugin's card syntax; seen in real decks, where a third had no answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules.cards._cards import cards_of
from vaultkit.note.model import Note

CODE = "FC001"
SEVERITY = "error"
BAD = {"deck.md": "#flashcards\n\nWhat is softmax::\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is softmax::A way to turn scores into probabilities\n"}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Cards with one side blank."""
    for card in cards_of(note, text):
        if not card.question:
            yield Fault(card.start, card.end, "the card has no question", card.answer[:80])
        elif not card.answer:
            question = card.question.split("\n")[0]
            yield Fault(card.start, card.end, f'the card "{question}" has no answer', question)
