"""A leftover first line above a flashcard's question that starts like the question: ``wha``, ``what is``.

Why:     reviews show the unfinished line first.
Fix:     removes the line. Unsafe: a short first line may be intended.
Options: max-words: longer first lines are not reported.
Source:  a real deck.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
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

_TO_NEXT = lazy_pattern(r"[ \t]*\r?\n(?:[ \t]*\r?\n)*")


@record
class Options:
    """max_words: most words of a leftover line."""

    max_words: int = 4


@note_rule
@where_suspected("truncated-question")
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report leftover lines above a question."""
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
    return Fix("remove the leftover line", (Edit(start, rest.end(), ""),), is_safe=False)
