"""The text of a Brainscape page: numbered cards between ``Q`` and ``A`` lines, with rating blocks below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultkit.cards.importers.model import ImportedCard, ImportReading, Lines

NAME = "brainscape"

_RATING_QUESTIONS = {
    "how well did you know this?",
    "dans quelle mesure connaissiez-vous cela ?",
    "¿qué tan bien sabías esto?",
    "wie gut wussten sie das?",
    "wie gut wusstest du das?",
    "quão bem você sabia isso?",
    "quanto bene lo sapevi?",
}
_RATING_DIGITS = {1: "1", 3: "2", 4: "3", 5: "4", 6: "5"}
_FRAGMENT_WORDS = 4


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    starts = len(re.findall(r"^[ \t]*\d+[ \t]*\r?\n[ \t]*Q[ \t]*\r?$", text, re.MULTILINE))
    if not starts:
        return 0, ""
    first = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
    titled = first.endswith("Flashcards")
    answers = len(re.findall(r"^[ \t]*A[ \t]*\r?$", text, re.MULTILINE))
    if not titled and (starts < 2 or answers < starts):
        return 0, ""
    return 90 + titled * 5, f"{starts} numbered Q lines{', a title that ends with Flashcards' if titled else ''}"


def is_rating(lines: Sequence[str], at: int) -> bool:
    """Whether the eight lines of a rating block begin at ``at``."""
    if at + 8 > len(lines) or lines[at].strip().lower() not in _RATING_QUESTIONS:
        return False
    block = [line.strip() for line in lines[at : at + 8]]
    words = not block[2].isdigit() and not block[7].isdigit() and bool(block[2]) and bool(block[7])
    return words and all(block[index] == digit for index, digit in _RATING_DIGITS.items())


def read(text: str, name: str) -> ImportReading:
    """All cards of the page; blank answers are kept."""
    lines = text.split("\n")
    offsets = _offsets(lines)
    starts = _starts(lines)
    boilerplate: list[Lines] = []
    leftovers: list[Lines] = []
    cards: list[ImportedCard] = []
    first = next((index for index, line in enumerate(lines) if line.strip("\ufeff \t\r\u00a0")), 0)
    title = lines[first].strip("\ufeff \t\r\u00a0") if first < (starts[0] if starts else 0) else ""
    if title:
        boilerplate.append(Lines(first + 1, first + 1, title, "title"))
    for index in range(first + bool(title), starts[0] if starts else len(lines)):
        if lines[index].strip():
            leftovers.append(Lines(index + 1, index + 1, lines[index].strip(), "before the first card"))
    for position, start in enumerate(starts):
        stop = starts[position + 1] if position + 1 < len(starts) else len(lines)
        rating = next((at for at in range(start, stop) if is_rating(lines, at)), stop)
        if rating < stop:
            boilerplate.append(Lines(rating + 1, rating + 8, lines[rating].strip(), "rating block"))
            for index in range(rating + 8, stop):
                if lines[index].strip():
                    leftovers.append(Lines(index + 1, index + 1, lines[index].strip(), "after the rating block"))
        cards.append(_card(lines, offsets, start, rating))
    deck = re.sub(r"[ \t]*Flashcards$", "", title) or name
    return ImportReading(NAME, deck, tuple(cards), tuple(boilerplate), tuple(leftovers))


def _starts(lines: Sequence[str]) -> list[int]:
    """Lines (from 0) with the number of a card, numbered in sequence."""
    found: list[int] = []
    expected = -1
    for index in range(len(lines) - 1):
        number = lines[index].strip()
        if lines[index + 1].strip() != "Q" or not re.fullmatch("[0-9]{1,6}", number):
            continue
        if expected in (-1, int(number)):
            found.append(index)
            expected = int(number) + 1
    return found


def _offsets(lines: Sequence[str]) -> list[int]:
    offsets, position = [], 0
    for line in lines:
        offsets.append(position)
        position += len(line) + 1
    return offsets


def _card(lines: Sequence[str], offsets: Sequence[int], start: int, stop: int) -> ImportedCard:
    label = next((index for index in range(start + 2, stop) if lines[index].strip() == "A"), stop)
    asked = _span(lines, start + 2, label)
    answered = _span(lines, label + 1, stop)
    front = _text(lines, asked)
    back = _text(lines, answered)
    clean, flags = without_fragment(front)
    line = asked[0] if asked else start
    last = answered[1] - 1 if answered else (asked[1] - 1 if asked else start + 1)
    end_of_label = offsets[label] if label < len(lines) else offsets[-1] + len(lines[-1])
    front_place = _place(lines, offsets, asked, offsets[start])
    back_place = _place(lines, offsets, answered, end_of_label)
    return ImportedCard(
        front=clean,
        back=back,
        line=line + 1,
        end_line=last + 1,
        first_line=start + 1,
        last_line=max(last, min(label, len(lines) - 1)) + 1,
        number=int(lines[start].strip()),
        original=front if clean != front else "",
        flags=flags,
        front_start=front_place[0],
        front_end=front_place[1],
        back_start=back_place[0],
        back_end=back_place[1],
    )


def _place(
    lines: Sequence[str], offsets: Sequence[int], span: tuple[int, int] | None, fallback: int
) -> tuple[int, int]:
    """Offsets of a side; an empty span where it should stand when there is none."""
    if span is None:
        return fallback, fallback
    return offsets[span[0]], offsets[span[1] - 1] + len(lines[span[1] - 1].rstrip())


def _span(lines: Sequence[str], first: int, stop: int) -> tuple[int, int] | None:
    while first < stop and not lines[first].strip():
        first += 1
    while stop > first and not lines[stop - 1].strip():
        stop -= 1
    return (first, stop) if first < stop else None


def _text(lines: Sequence[str], span: tuple[int, int] | None) -> str:
    return "\n".join(line.rstrip() for line in lines[span[0] : span[1]]) if span else ""


def without_fragment(front: str) -> tuple[str, tuple[str, ...]]:
    """The question without an abandoned beginning above it ("wha", "what is"), and the flag that says so.

    >>> without_fragment("wha\\n\\nWhat is DPO?")
    ('What is DPO?', ('question-fragment',))
    """
    pieces = re.split(r"\n[ \t]*\n+", front)
    kept = [
        piece
        for index, piece in enumerate(pieces)
        if not (index + 1 < len(pieces) and is_fragment(piece, pieces[index + 1]))
    ]
    return ("\n\n".join(kept), ("question-fragment",)) if len(kept) < len(pieces) else (front, ())


def is_fragment(piece: str, following: str) -> bool:
    """A few letters or words with which the next paragraph begins again, and nothing of its own."""
    piece, following = " ".join(piece.split()).casefold(), " ".join(following.split()).casefold()
    if len(piece) < 3 or len(piece.split()) > _FRAGMENT_WORDS or piece.endswith(("?", ".", ":", ")")):
        return False
    return following.startswith(piece) and len(following) > len(piece)
