"""A label or heading in a flashcard's answer has nothing after it: ``… EXAMPLE``.

Why:     the part it announces is missing, and it is not told from an answer that is whole.
Fix:     none: the part is the author's to give.
Options: labels: further words that are labels when an answer ends with them, colon or not;
         min-words: words that must stand behind a label or below a heading.
Source:  seen in a real deck.
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
    """labels: as they are written, without a colon.  min_words: with 1, only what has nothing at all is found."""

    labels: tuple[str, ...] = ()
    min_words: int = 1


@note_rule
@where_suspected("dangling-section", unless=("labels", "min_words"))
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Labels at the end of an answer or right before another label, and headings without text."""
    from vaultkit.cards.checks.sections import dangling_section

    for block in cards_of(note, text, cards=cards):
        for problem in dangling_section(block, min_words=options.min_words, labels=options.labels):
            yield fault_of(problem)
