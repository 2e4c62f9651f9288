"""A flashcard without a question or without an answer.

Why:     reviews show an empty card.
Fix:     none: only the author knows the text.
Options: formats: which cards to check: "sr" those of the spaced-repetition plugin, "qa" those with
         Q and A labels, "brainscape" and "quizwiz" raw exports.
Source:  the spaced-repetition plugin's card syntax; real decks in which a third of the cards had no answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import (
    PLUGIN_DEFAULTS,
    broken_places,
    cards_of,
    may_have_cards,
    where_suspected,
    whole_line_fault,
)
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC001"
SEVERITY = "error"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is softmax::\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is softmax::A way to turn scores into probabilities\n"}


@record
class Options:
    """formats: of "sr", "brainscape", "quizwiz", "qa"."""

    formats: tuple[str, ...] = ("sr", "brainscape", "quizwiz", "qa")


@note_rule
@where_suspected("empty-answer")
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report cards with an empty side; broken-card-syntax reports answers after a blank line."""
    from vaultkit.cards.checks.sides import empty_side

    cuts: list[int] | None = None
    for block in cards_of(note, text, cards=cards):
        form = block.kind if block.kind in ("brainscape", "quizwiz", "qa") else "sr"
        if form not in options.formats:
            continue
        for problem in empty_side(block):
            if cuts is None:
                places = broken_places(note, text, cards=cards)
                cuts = sorted(place.start for place in places if place.detail == "blank-line")
            is_cut = bisect_left(cuts, block.start) < bisect_right(cuts, block.end)
            if problem.kind != "empty-answer" or not is_cut:
                yield whole_line_fault(problem, text)
