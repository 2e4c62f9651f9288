"""A label or heading without text in a flashcard's answer: ``… EXAMPLE``.

Why:     a part of the answer is missing.
Fix:     none: only the author knows the missing part.
Options: labels: further words that count as labels at the end of an answer, with or without a colon;
         min-words: the fewest words after a label or below a heading.
Source:  a real deck.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import PLUGIN_DEFAULTS, cards_of, fault_of, may_have_cards, where_suspected
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC008"
SEVERITY = "warning"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is a prior::What is believed before the data is seen EXAMPLE\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is a prior::What is believed before the data is seen EXAMPLE a fair coin\n"}


@record
class Options:
    """labels: as written, without a colon.  min_words: 1 reports labels without any text only."""

    labels: tuple[str, ...] = ()
    min_words: int = 1


@note_rule
@where_suspected("dangling-section", unless=("labels", "min_words"))
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report labels at the end of an answer or before another label, and headings without text."""
    from vaultkit.cards.checks.sections import dangling_section

    for block in cards_of(note, text, cards=cards):
        for problem in dangling_section(block, min_words=options.min_words, labels=options.labels):
            yield fault_of(problem)
