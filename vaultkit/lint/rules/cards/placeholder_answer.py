"""A placeholder as the answer of a flashcard, such as ``TBD`` or ``...``.

Why:     the card looks complete but teaches nothing.
Fix:     none: only the author knows the answer.
Options: patterns: further regular expressions of placeholder answers.
Source:  real decks.

Placeholders that could be real answers (``none``, ``n/a``, ``-``, ``?``) are info. placeholder-text reports fill-ins
such as ``[answer goes here]``.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import (
    PLUGIN_DEFAULTS,
    cards_of,
    may_have_cards,
    question_of,
    quoted,
    where_suspected,
    whole_line_fault,
)
from vaultkit.lint.facts.option_patterns import expression
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules.structure.placeholder_text import is_fill_in
from vaultkit.note.model import Note

CODE = "FC002"
SEVERITY = "warning"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is softmax::TBD\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is softmax::A way to turn scores into probabilities\n"}


@record
class Options:
    """patterns: further regular expressions, matched against the whole answer."""

    patterns: tuple[str, ...] = ()


@note_rule
@where_suspected("placeholder-answer", unless=("patterns",))
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report cards whose whole answer is a placeholder."""
    from vaultkit.cards.checks.sides import placeholder_answer

    for block in cards_of(note, text, cards=cards):
        found = False
        for problem in placeholder_answer(block):
            found = True
            if not is_fill_in(block.placeholder or block.back):
                yield whole_line_fault(problem, text, "info" if problem.kind == "maybe-placeholder" else None)
        if (
            not found
            and block.kind != "cloze"
            and any(expression(pattern).fullmatch(block.back) for pattern in options.patterns)
        ):
            message = f"placeholder {quoted(block.back)} as the answer to {quoted(block.front)}"
            yield Violation(block.back_start, block.back_end, message, question_of(block))
