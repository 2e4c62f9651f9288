"""Text of a flashcard site in a deck copied from its page: a rating scale, slogans, other sets.

Why:     it is not part of any card, and readers may mistake it for an answer.
Fix:     removes a rating scale or a list of other sets; the cards do not change. None for a slogan, since vaultkit
         recognizes the cards of the export by it: import the note first.
Options: patterns: further regular expressions of whole lines that are such text, in raw exports only.
Source:  real exports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import PLUGIN_DEFAULTS, is_export, may_have_cards
from vaultkit.lint.facts.option_patterns import expression
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC009"
SEVERITY = "warning"
NEEDS = may_have_cards
_RATING = "How well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n"
BAD = {"deck.md": f"ML Flashcards\n\n1\nQ\n\nWhat is RAG?\n\nA\n\nRetrieval\n\n{_RATING}2\nQ\n\nDPO?\n\nA\n\nTuning\n"}
GOOD = {"deck.md": "ML Flashcards\n\n1\nQ\n\nWhat is RAG?\n\nA\n\nRetrieval\n\n2\nQ\n\nDPO?\n\nA\n\nTuning\n"}


@record
class Options:
    """patterns: regular expressions matched against whole lines."""

    patterns: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report text of flashcard sites in raw exports."""
    if not is_export(note, text, cards):
        return
    from vaultkit.cards.checks.sides import export_boilerplate

    found = []
    for problem in export_boilerplate(text):
        newline = text.startswith("\n", problem.end)
        fix = Fix("remove the site text", (Edit(problem.start, problem.end + newline, ""),), is_safe=True)
        about = text[problem.start : problem.end].split("\n")[0].strip()
        is_slogan = problem.message.startswith("a slogan ")
        found.append(problem)
        yield Violation(problem.start, problem.end, problem.message, about, None if is_slogan else fix)
    for pattern in options.patterns:
        for match in expression(rf"^(?:{pattern})[ \t]*\r?$", re.MULTILINE).finditer(text):
            if not any(block.start <= match.start() < block.end for block in found):
                words = match[0].strip()
                yield Violation(
                    match.start(), match.end(), f"flashcard site text {code_span(words)}: not part of a card", words
                )
