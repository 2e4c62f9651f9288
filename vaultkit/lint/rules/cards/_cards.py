"""What the flashcard rules share: which notes hold cards, their cards, and the words of a finding.

Nearly every note has no card, so a quick look comes first and `vaultkit.cards` is loaded only behind it.
Cards are judged where a deck tag says that they are studied, and in raw exports that lie in the vault as
notes; elsewhere ``::`` is a field of Dataview, ``std::vector`` or a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from vaultkit.lint.finding import Fault, Fix, Severity
from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags

if TYPE_CHECKING:
    from vaultkit.cards.checks import Problem
    from vaultkit.cards.model import CardBlock

DECK_TAG = "flashcards"
EXPORTS = frozenset({"brainscape", "quizwiz", "worksheet"})
_FILL_IN = re.compile(r"[\[({<](?:your )?answers? (?:goes )?here|[\[({<]your answer", re.IGNORECASE)
_LONE_MARK = re.compile(r"\n[ \t>]*\?\??[ \t]*\r?(?=\n|\Z)")


def may_have_cards(note: Note, text: str) -> bool:
    """A quick look: the note is a deck, or its text has a sign of an export."""
    if ("lashcards" in text or "lashCards" in text or "LASHCARDS" in text) and is_deck(note):
        return True
    return may_be_export(text)


def may_be_export(text: str) -> bool:
    """The text has a sign of Brainscape, of Quizwiz, or of a worksheet."""
    if "\nQ" in text and ("\nQ\n" in text or "\nQ\r\n" in text or "\nQ " in text):
        return True
    if "uizwiz" in text or "View Set" in text:
        return True
    return "nswer" in text and _FILL_IN.search(text) is not None


def is_deck(note: Note) -> bool:
    """The note carries the tag that makes it a deck, ``#flashcards`` or below it."""
    tags = [tag.tag[1:] for tag in note.tags] + list(property_tags(note.properties))
    return any(tag.lower() == DECK_TAG or tag.lower().startswith(DECK_TAG + "/") for tag in tags)


_T = TypeVar("_T")


def once_a_note(ask: Callable[[Note, str], _T]) -> Callable[[Note, str], _T]:
    """``ask`` with its last answer kept, for rules that ask the same of one note after another.

    The note is known by identity: `lru_cache` would compare all that it holds, eleven times a note.
    """
    last: list[tuple[Note, str, _T]] = []

    @wraps(ask)
    def answer(note: Note, text: str) -> _T:
        if last and last[0][0] is note and last[0][1] is text:
            return last[0][2]
        found = ask(note, text)
        last[:] = [(note, text, found)]
        return found

    return answer


@once_a_note
def cards_of(note: Note, text: str) -> tuple[CardBlock, ...]:
    """The cards of a deck or of a raw export, in order."""
    from vaultkit.cards.model import CardSettings

    if may_be_export(text):
        from vaultkit.cards.collection import inspector

        blocks = inspector(CardSettings(), compare=False)(note, text)
    else:
        from vaultkit.cards.read import read_cards

        blocks = read_cards("", note, text, CardSettings(), compare=False)
    return tuple([block for block in blocks if block.decks or block.kind in EXPORTS])


@once_a_note
def broken_places(note: Note, text: str) -> tuple[Problem, ...]:
    """Card syntax of a deck that makes no card, or cuts one."""
    blocks = cards_of(note, text)
    multi = [block for block in blocks if block.kind.startswith("multi")]
    marks = len(_LONE_MARK.findall("\n" + text))
    if "==" not in text and marks == len(multi) and all(block.back for block in multi):
        return ()  # each mark has made a whole card, which is nearly always so
    from vaultkit.cards.checks import broken_separators
    from vaultkit.cards.model import CardSettings

    return tuple(broken_separators(note, text, blocks, CardSettings()))


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
