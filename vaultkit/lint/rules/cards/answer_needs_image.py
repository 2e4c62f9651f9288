"""A flashcard that refers to a picture ("see image", "see attached") but has none.

Why:     exports of flashcard sites often lose the pictures, so the answer is incomplete.
Fix:     none: only the author has the picture.
Options: patterns: further regular expressions of words that refer to a picture.
Source:  a real deck in which twelve answers had lost their pictures.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import (
    PLUGIN_DEFAULTS,
    added,
    cards_of,
    fault_of,
    may_have_cards,
    question_of,
    quoted,
    where_suspected,
)
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC003"
SEVERITY = "warning"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat does a residual block look like::See image\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat does a residual block look like::See image ![](block.png)\n"}


@record
class Options:
    """patterns: further regular expressions, searched in question and answer."""

    patterns: tuple[str, ...] = ()


@note_rule
@where_suspected("answer-needs-image", unless=("patterns",))
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report cards that refer to a picture and have none; placeholder-answer reports those without an answer."""
    from vaultkit.cards.checks.sides import answer_needs_image
    from vaultkit.cards.text_keys import has_embed

    for block in cards_of(note, text, cards=cards):
        if block.placeholder:
            continue
        found = [fault_of(problem) for problem in answer_needs_image(block)]
        if not found and options.patterns and not has_embed(block.front) and not has_embed(block.back):
            found = [
                Violation(
                    start, end, f"missing picture: the card refers to one with {quoted(words)}", question_of(block)
                )
                for start, end, words in added(block, options.patterns)
            ][:1]
        yield from found
