"""What the flashcard rules share: which notes hold cards, their cards, and the words of a finding.

Nearly every note has no card, so a quick look comes first and `vaultkit.cards` is loaded only behind it.
Cards are judged where a deck tag says that they are studied, and in raw exports that lie in the vault as
notes; elsewhere ``::`` is a field of Dataview, ``std::vector`` or a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultkit.lint.finding import Fault, Fix, Severity
from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags

if TYPE_CHECKING:
    from vaultkit.cards.checks import Problem
    from vaultkit.cards.model import CardBlock

DECK_TAG = "flashcards"
EXPORTS = frozenset({"brainscape", "quizwiz", "worksheet"})
_FILL_IN = re.compile(r"[\[({<](?:your )?answers? (?:goes )?here|[\[({<]your answer", re.IGNORECASE)
_LONE_MARK = re.compile(r"^[ \t>]*\?\??[ \t]*\r?$", re.MULTILINE)


def may_have_cards(note: Note, text: str) -> bool:
    """A quick look: the note is a deck, or its text has a sign of an export."""
    if ("lashcards" in text or "lashCards" in text or "LASHCARDS" in text) and is_deck(note):
        return True
    if "\nQ" in text and ("\nQ\n" in text or "\nQ\r\n" in text or "\nQ " in text):
        return True
    if "uizwiz" in text or "View Set" in text:
        return True
    return "nswer" in text and _FILL_IN.search(text) is not None


def is_deck(note: Note) -> bool:
    """The note carries the tag that makes it a deck, ``#flashcards`` or below it."""
    tags = [tag.tag[1:] for tag in note.tags] + list(property_tags(note.properties))
    return any(tag.lower() == DECK_TAG or tag.lower().startswith(DECK_TAG + "/") for tag in tags)


class Reading:
    """A note with its text, equal only to itself: comparing all that a note holds would cost more than reading it."""

    __slots__ = ("note", "text")

    def __init__(self, note: Note, text: str) -> None:
        self.note = note
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and other.note is self.note and other.text is self.text

    def __hash__(self) -> int:
        return id(self.note)


def cards_of(note: Note, text: str) -> tuple[CardBlock, ...]:
    """The cards of a deck or of a raw export, in order; they are read once for all rules."""
    return _cards(Reading(note, text))


@lru_cache(maxsize=1)
def _cards(read: Reading) -> tuple[CardBlock, ...]:
    from vaultkit.cards.collection import inspector
    from vaultkit.cards.model import CardSettings

    blocks = inspector(CardSettings(), compare=False)(read.note, read.text)
    return tuple(block for block in blocks if block.decks or block.kind in EXPORTS)


def broken_places(note: Note, text: str) -> tuple[Problem, ...]:
    """Card syntax of a deck that makes no card, or cuts one."""
    return _broken(Reading(note, text))


@lru_cache(maxsize=1)
def _broken(read: Reading) -> tuple[Problem, ...]:
    from vaultkit.cards.checks import broken_separators
    from vaultkit.cards.model import CardSettings

    blocks = _cards(read)
    multi = [block for block in blocks if block.kind.startswith("multi")]
    marks = sum(1 for _ in _LONE_MARK.finditer(read.text))
    if "==" not in read.text and marks == len(multi) and all(block.back for block in multi):
        return ()  # each mark has made a whole card, which is nearly always so
    return tuple(broken_separators(read.note, read.text, blocks, CardSettings()))


def is_export(note: Note, text: str) -> bool:
    """The note is a raw export from a site."""
    blocks = cards_of(note, text)
    return bool(blocks) and blocks[0].kind in EXPORTS


def question_of(block: CardBlock) -> str:
    """The question in one line, to know a card by."""
    return " ".join(block.front.split())[:80]


def quoted(text: str) -> str:
    """The text in one line and in quotes, shortened."""
    words = " ".join(text.split())
    return f"“{words[:57]}…”" if len(words) > 60 else f"“{words}”"


def fault_of(problem: Problem, fix: Fix | None = None, severity: Severity | None = None) -> Fault:
    """The finding for a problem; it is about the card's question."""
    about = question_of(problem.block) if problem.block is not None else problem.detail
    return Fault(problem.start, problem.end, problem.message, about, fix, (), severity)


def whole_line_fault(problem: Problem, text: str, severity: Severity | None = None) -> Fault:
    """As `fault_of`, but from the question on when question and answer stand on one line."""
    block = problem.block
    if block is not None and "\n" not in text[block.front_start : problem.end]:
        end = max(problem.end, block.front_end)
        return Fault(block.front_start, end, problem.message, question_of(block), None, (), severity)
    return fault_of(problem, None, severity)


def added(block: CardBlock, patterns: tuple[str, ...], *, answer_only: bool = False) -> Iterator[tuple[int, int, str]]:
    """Where a user's own patterns match a card: (start, end, the words); only the first place of each pattern."""
    sides = [] if answer_only else [(block.front, block.front_start, block.front_end)]
    if block.kind != "cloze":
        sides.append((block.back, block.back_start, block.back_end))
    for pattern in patterns:
        for side, start, end in sides:
            match = re.search(pattern, side)
            if match and match[0]:
                exact = end - start == len(side)
                yield (start + match.start(), start + match.end(), match[0]) if exact else (start, end, match[0])
                break
