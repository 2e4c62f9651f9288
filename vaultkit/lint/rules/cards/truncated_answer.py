"""A truncated answer of a flashcard: it ends in the middle of a sentence.

Why:     some sites truncate long answers, so a part of the answer is missing.
Fix:     none: the file does not contain the rest.
Options: stop-words: further words that cannot end an answer.
Source:  real decks. A missing full stop is not reported: 52 of 90 answers of one deck have none.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import (
    PLUGIN_DEFAULTS,
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

CODE = "FC007"
SEVERITY = "info"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is RLHF::A way to train a model with the help of people who\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is RLHF::A way to train a model with the help of people\n"}


@record
class Options:
    """stop_words: case-insensitive."""

    stop_words: tuple[str, ...] = ()


@note_rule
@where_suspected("truncated-answer", unless=("stop_words",))
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report answers that end with a word that cannot end a sentence, or with a truncated paragraph."""
    from vaultkit.cards.checks.truncation import truncated_answer

    words = {word.casefold() for word in options.stop_words}
    for block in cards_of(note, text, cards=cards):
        found = [fault_of(problem) for problem in truncated_answer(block)]
        last = block.back.split()[-1:] if words and not found and block.kind != "cloze" else []
        if last and last[0].casefold() in words:
            message = f"truncated answer: ends with {quoted(last[0])}"
            found = [Violation(max(block.back_end - len(last[0]), 0), block.back_end, message, question_of(block))]
        yield from found
