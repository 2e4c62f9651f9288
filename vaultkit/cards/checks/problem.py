"""A problem of a card, and what the card checks share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.cards.model import CardBlock
from vaultkit.cards.text_keys import has_embed

ProblemKind = Literal[
    "empty-question",
    "empty-answer",
    "placeholder-answer",
    "maybe-placeholder",
    "answer-needs-image",
    "truncated-question",
    "truncated-answer",
    "dangling-section",
    "review-marker",
    "broken-syntax",
    "stray-schedule",
    "unfilled-blank",
    "empty-item",
    "export-boilerplate",
    "circular",
]


@record
class Problem:
    """A problem of one card. start, end: offsets in the note's text.  detail: the check that found it, such as "T1"."""

    kind: ProblemKind
    block: CardBlock | None
    start: int
    end: int
    message: str
    detail: str = ""


_INVISIBLE = re.compile(r"<!--.*?-->|<br\s*/?>|%%.*?%%|(?<!\S)\^[A-Za-z0-9-]+\s*$|[\s\u200b\u00ad\ufeff]", re.DOTALL)


def is_blank(text: str) -> bool:
    """Return whether a side has no text, picture or embed besides schedules, ids, comments and breaks."""
    if text[:1].isalnum():  # nearly every side, and nothing invisible begins so
        return False
    return not has_embed(text) and not _INVISIBLE.sub("", text)


def sides_of(block: CardBlock) -> Iterator[tuple[str, int, int]]:
    """Each side with where it is written; a cloze has one."""
    yield block.front, block.front_start, block.front_end
    if block.kind != "cloze":
        yield block.back, block.back_start, block.back_end


def place_of(block: CardBlock, side: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Offsets in the note of ``side[first:last]``; the whole side where it is not written word for word."""
    return (start + first, start + last) if end - start == len(side) else (start, end)


def quoted(text: str) -> str:
    """Return the text on one line and in backticks, shortened."""
    words = " ".join(text[:2000].split())
    return code_span(f"{words[:57]}…" if len(words) > 60 else words)
