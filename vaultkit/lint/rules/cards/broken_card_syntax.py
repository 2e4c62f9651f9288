"""Flashcard syntax that makes no card: a ``?`` without a question, an answer after a blank line, an unclosed cloze.

Why:     the spaced-repetition plugin does not show the card, or shows it without its answer.
Fix:     none: the intended card is unknown.
Options: separators: further separators, such as "&&" from earlier plugin settings, that make no card and are reported
         on a line of their own. The separators in use are those of [cards], else the plugin's.
Source:  the spaced-repetition plugin's documentation; reports of st3v3nmw/obsidian-spaced-repetition
         (issues 1054 and 1105).
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import (
    PLUGIN_DEFAULTS,
    broken_places,
    cards_of,
    fault_of,
    is_deck,
    is_export,
    lone_marks,
    may_have_cards,
    suspected,
)
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC011"
SEVERITY = "error"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is softmax\n?\n\nA way to turn scores into probabilities.\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is softmax\n?\nA way to turn scores into probabilities.\n"}


@record
class Options:
    """separators: as written on their line."""

    separators: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report card syntax without a card in decks, and broken clozes."""
    if is_export(note, text, cards):
        return
    if "broken-syntax" in suspected(note, text, cards=cards):
        from vaultkit.cards.checks.syntax import broken_syntax

        for block in cards_of(note, text, cards=cards):
            for problem in broken_syntax(block):
                yield fault_of(problem)
    for problem in broken_places(note, text, cards=cards):
        yield Violation(problem.start, problem.end, problem.message, text[problem.start : problem.end])
    own = {mark.strip() for mark in options.separators} - {"", cards.multi, cards.multi_reversed, cards.end_marker}
    if own and is_deck(note, cards):
        for start, end, mark in lone_marks(note, text, own):
            message = f"`{mark}` is not a card separator in this vault"
            yield Violation(start, end, message, mark, help="use a separator of `[cards]`")
