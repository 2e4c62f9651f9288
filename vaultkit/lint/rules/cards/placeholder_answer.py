"""The answer of a flashcard is only a stand-in, such as ``TBD`` or ``...``.

Why:     the card looks answered and teaches nothing.
Fix:     none: the answer is the author's to give.
Options: patterns: further regular expressions of answers that are stand-ins.
Source:  seen in real decks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules.cards._cards import cards_of
from vaultkit.note.model import Note
from vaultkit.record import record

CODE = "FC002"
SEVERITY = "warning"
BAD = {"deck.md": "#flashcards\n\nWhat is softmax::TBD\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is softmax::A way to turn scores into probabilities\n"}

_STAND_IN = re.compile(r"to ?-?do|tb[adc]|fixme|xxx+|\.{2,}|…|\?+|-+|n/?a\?|answer|coming soon", re.IGNORECASE)


@record
class Options:
    """patterns: further regular expressions, matched against the whole answer."""

    patterns: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Fault]:
    """Cards whose whole answer is a stand-in."""
    for card in cards_of(note, text):
        answer = card.answer.rstrip(".!") or card.answer
        if answer and (
            _STAND_IN.fullmatch(answer) or any(re.fullmatch(pattern, card.answer) for pattern in options.patterns)
        ):
            question = card.question.split("\n")[0]
            yield Fault(card.start, card.end, f'the answer of "{question}" is only a stand-in: {card.answer}', question)
