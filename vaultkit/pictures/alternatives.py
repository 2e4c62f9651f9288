"""Alternative texts for pictures: what a reader who cannot see one would be told first, its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vaultkit.base.record import record
from vaultkit.note.links import split_size
from vaultkit.pictures.model import UNSURE, PictureText
from vaultkit.vault.snapshot import Snapshot

MOST_LETTERS = 120
# A title is the largest text; the first line of about that size is taken.
_NEARLY = 0.8
LEAST_LETTERS = 4


@record
class Alternative:
    """An embed without a text, and one that it could have. start, end: of the embed; line, column: from 1."""

    note: str
    start: int
    end: int
    picture: str
    text: str


def alternatives(vault: Snapshot, texts: Mapping[str, PictureText]) -> Iterator[Alternative]:
    """Yield the embeds of pictures that have no text of their own, by note and place."""
    for note, bound in vault.bound_links():
        link, target = bound.link, bound.target
        if not link.is_embed or target is None or target not in texts or target.lower().endswith(".pdf"):
            continue
        if has_words(link.display):
            continue
        text = title(texts[target])
        if text:
            yield Alternative(note, link.start, link.end, target, text)


def has_words(display: str | None) -> bool:
    """Return whether the text behind the pipe is more than a size."""
    if not display:
        return False
    rest = display
    while rest:
        rest, _, last = rest.rpartition("|")
        if last.strip() and split_size(last)[1] is None:
            return True
    return False


def title(one: PictureText) -> str:
    """Return the first line of the largest size that was read surely; "" where there is none.

    Marks that end a link's text are left out.
    """
    if one.lines:
        sure = [line for line in one.lines if line.confidence >= UNSURE and _letters(line.text) >= LEAST_LETTERS]
        height = max((line.box[3] - line.box[1] for line in sure), default=0)
        rows = [line.text for line in sure if line.box[3] - line.box[1] >= _NEARLY * height]
    else:
        rows = [line for line in one.text.split("\n") if _letters(line) >= LEAST_LETTERS]
    text = " ".join(re.sub(r"[\[\]|#^`<>*_\\]", " ", rows[0]).split()) if rows else ""
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)
