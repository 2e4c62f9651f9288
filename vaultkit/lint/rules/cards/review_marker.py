"""A to-do remark inside a flashcard: ``COME BACK TO THIS ONE``, ``MOVE THIS ONE``.

Why:     it is shown at every review, and a search for to-dos does not find it.
Fix:     writes it as a tag below ``#todo``. Unsafe: the words may be part of the card.
Options: patterns: further regular expressions of such remarks.
Source:  a real deck.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import Edit
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
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC010"
SEVERITY = "warning"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is BERT? COME BACK TO THIS ONE::An encoder\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is BERT? #todo/come-back::An encoder\n"}


@record
class Options:
    """patterns: further regular expressions, searched in question and answer."""

    patterns: tuple[str, ...] = ()


@note_rule
@where_suspected("review-marker", unless=("patterns",))
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report the first to-do remark in each card."""
    from vaultkit.cards.checks.sides import review_marker

    for block in cards_of(note, text, cards=cards):
        found = [fault_of(problem, _fix(text, problem.start, problem.end)) for problem in review_marker(block)]
        if not found and options.patterns:
            found = [
                Violation(
                    start,
                    end,
                    f"to-do remark {quoted(words)} inside the card",
                    question_of(block),
                    _fix(text, start, end),
                )
                for start, end, words in added(block, options.patterns)
            ][:1]
        yield from found


def _fix(text: str, start: int, end: int) -> Fix | None:
    """A tag in place of the words; none where they touch other characters, so that no tag would be read."""
    before, after = text[start - 1 : start], text[end : end + 1]
    name = re.sub(r"[^\w]+", "-", text[start:end].lower()).strip("-")
    if not name or (before and not before.isspace()) or (after and not after.isspace() and text[end : end + 2] != "::"):
        return None
    tag = "#todo" if name in ("todo", "to-do") else f"#todo/{name}"
    return Fix(f"write `{tag}`", (Edit(start, end, tag),), is_safe=False)
