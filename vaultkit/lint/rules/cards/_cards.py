"""The cards that the first flashcard rules look at: ``Question::Answer`` and ``?`` in deck notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags
from vaultkit.record import record

DECK_TAG = "flashcards"
_INLINE = re.compile(r"^(?P<question>[^\n]*?\S)[ \t]*(?::::|::)(?!:)[ \t]*(?P<answer>[^\n]*)$", re.MULTILINE)
_LONE_MARK = re.compile(r"^(?:\?|\?\?)[ \t]*\r?$", re.MULTILINE)
_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")


@record
class CardSpan:
    """A card's question and answer with where each stands; offsets are code points."""

    question: str
    answer: str
    start: int
    end: int


def is_deck(note: Note) -> bool:
    """The note carries the tag that makes it a deck, ``#flashcards`` or below it."""
    tags = [tag.tag[1:] for tag in note.tags] + list(property_tags(note.properties))
    return any(tag.lower() == DECK_TAG or tag.lower().startswith(DECK_TAG + "/") for tag in tags)


def cards_of(note: Note, text: str) -> Iterator[CardSpan]:
    """The cards of a deck note, in order; none in a note that is no deck."""
    if not ("lashcards" in text or "LASHCARDS" in text) or not is_deck(note):
        return
    body = note.frontmatter.end if note.frontmatter else 0

    def is_dead(offset: int) -> bool:
        return any(dead.start <= offset < dead.end for dead in note.dead)

    for match in _INLINE.finditer(text, body):
        if not is_dead(match.start("question")) and not is_dead(match.end("question")):
            bullet = _BULLET.match(text, match.start())
            start = bullet.end() if bullet and bullet.end() <= match.end("question") else match.start("question")
            yield CardSpan(text[start : match.end("question")], match["answer"].strip(), start, match.end())
    for match in _LONE_MARK.finditer(text, body):
        if is_dead(match.start()):
            continue
        before, after = text[: match.start()].split("\n"), text[match.end() + 1 :].split("\n")
        question = _until_blank(reversed(before[:-1]))[::-1]
        answer = _until_blank(iter(after))
        start = match.start() - sum(len(line) + 1 for line in question)
        yield CardSpan("\n".join(question).strip(), "\n".join(answer).strip(), start, match.end())


def _until_blank(lines: Iterator[str]) -> list[str]:
    found = []
    for line in lines:
        if not line.strip():
            break
        found.append(line)
    return found
