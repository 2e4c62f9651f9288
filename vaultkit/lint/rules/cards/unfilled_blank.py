"""An unfilled blank, ``____``, in the answer of a flashcard.

Why:     a part of the answer is missing, for example after copying an exercise sheet.
Fix:     none: only the author knows the words.
Options: min-length: the fewest underscores that count as a blank.
Source:  a real deck with 74 blanks in 20 answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import PLUGIN_DEFAULTS, cards_of, fault_of, may_have_cards, where_suspected
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC013"
SEVERITY = "info"
PRESETS = ("learning",)
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat does dropout do::It sets ____ of the units to zero\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat does dropout do::It sets half of the units to zero\n"}


@record
class Options:
    """min_length: 2 or more."""

    min_length: int = 3


@note_rule
@where_suspected("unfilled-blank")
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report each blank."""
    from vaultkit.cards.checks.phrases import whole_placeholder
    from vaultkit.cards.checks.sides import unfilled_blank

    for block in cards_of(note, text, cards=cards):
        if "__" in block.back and not whole_placeholder(block.back):
            for problem in unfilled_blank(block, min_length=options.min_length):
                yield fault_of(problem)
