"""What could be better about a picture: text too small to read, a huge file, a screenshot that could be text."""

from __future__ import annotations

from typing import Literal

from vaultkit.pictures.decode import PICTURES
from vaultkit.pictures.model import PictureText
from vaultkit.vault.files import extension

Remark = Literal["small text", "huge", "only text"]

# Lower lines cannot be read at their own size: capitals have about 0.7 of a line's box.
READABLE_LINE = 11
HUGE_BYTES = 10_000_000
HUGE_SIDE = 8000
# A screenshot of running text: many words, surely read, in lines that are mostly full.
MANY_WORDS = 60
SURE = 0.93
WORDS_IN_A_LINE = 6


def remarks(one: PictureText, size: int) -> tuple[Remark, ...]:
    """Return the remarks on a picture. size: of the file in bytes, 0 when unknown."""
    if extension(one.path) not in PICTURES:
        return ()
    found: list[Remark] = []
    heights = sorted(line.box[3] - line.box[1] for line in one.lines if len(line.text) > 3)
    if len(heights) >= 3 and 0 < heights[len(heights) // 2] < READABLE_LINE:
        found.append("small text")
    if size > HUGE_BYTES or max(one.width, one.height) > HUGE_SIDE:
        found.append("huge")
    words = [len(line.text.split()) for line in one.lines]
    if sum(words) >= MANY_WORDS and one.confidence >= SURE and sum(words) / len(words) >= WORDS_IN_A_LINE:
        found.append("only text")
    return tuple(found)
