"""A leftover first line stands above a flashcard's question and begins as the question does: ``wha``, ``what is``.

Why:     the reviewer reads a broken beginning first; the site saved an edit that was never finished.
Fix:     drops the leftover. Unsafe: a short first line may be meant.
Options: max-words: a longer beginning is no leftover.
Source:  seen in a real deck.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import PLUGIN_DEFAULTS, cards_of, fault_of, may_have_cards, where_suspected
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC006"
SEVERITY = "warning"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nwha\nwhat is DPO?\n?\nDirect preference optimisation\n"}
GOOD = {"deck.md": "#flashcards\n\nwhat is DPO?\n(think of RLHF)\n?\nDirect preference optimisation\n"}

_TO_NEXT = re.compile(r"[ \t]*\r?\n(?:[ \t]*\r?\n)*")


@record
class Options:
    """max_words: of a leftover."""

    max_words: int = 4


@note_rule
@where_suspected("truncated-question")
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Leftovers above a question; a hint below it is none."""
    from vaultkit.cards.checks.truncation import truncated_question

    for block in cards_of(note, text, cards=cards):
        if "\n" not in block.front:
            continue
        for problem in truncated_question(block, max_words=options.max_words):
            yield fault_of(problem, _fix(text, problem.start, problem.end))


def _fix(text: str, start: int, end: int) -> Fix | None:
    """Dropping whole lines; none where the leftover shares its line with a list mark or anything else."""
    rest = _TO_NEXT.match(text, end)
    if rest is None or "\n" in text[start:end] or (start and text[start - 1] != "\n"):
        return None
    return Fix("drop the leftover", (Edit(start, rest.end(), ""),), is_safe=False)
