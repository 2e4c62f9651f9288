"""Order of lines on a picture, and pieces of one that is too long for an engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vaultkit.pictures.model import Line

# PP-OCR makes a picture smaller than 2,000 pixels on its long side, which makes a long screenshot unreadable.
PIECE = 1600
_SEARCHED = 400  # rows above the end of a piece in which a quiet row is looked for
_PROBE = 64


def tiles(image: Any) -> Iterator[tuple[int, Any]]:
    """Cut a tall picture into (top, piece) between lines of text; other pictures stay whole."""
    width, height = image.size
    if height <= 2000 or height < 2 * width:
        yield 0, image
        return
    top = 0
    while height - top > PIECE + _SEARCHED // 2:
        cut = _quiet_row(image, top + PIECE - _SEARCHED, top + PIECE)
        yield top, image.crop((0, top, width, cut))
        top = cut
    yield top, image.crop((0, top, width, height))


def _quiet_row(image: Any, first: int, last: int) -> int:
    """Return the row between the two in which grey values differ least, the lowest of equal ones."""
    import numpy as np

    rows = np.asarray(image.crop((0, first, image.width, last)).convert("L"), dtype=np.int16)
    noise = np.abs(np.diff(rows, axis=1)).sum(axis=1) if rows.shape[1] > 1 else np.zeros(len(rows))
    quiet = np.flatnonzero(noise == noise.min())
    return first + int(quiet[-1])


def reading_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Order lines from top to bottom, and from left to right where they are side by side.

    >>> [line.text for line in reading_order([Line("b", 1, (50, 1, 60, 11)), Line("a", 1, (0, 2, 9, 12))])]
    ['a', 'b']
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.box[1] + line.box[3], line.box[0])):
        middle = (line.box[1] + line.box[3]) / 2
        if rows:
            last = rows[-1][-1].box
            if last[1] <= middle <= last[3] and line.box[1] <= (last[1] + last[3]) / 2 <= line.box[3]:
                rows[-1].append(line)
                continue
        rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.box[0]))


def joined_text(lines: Sequence[Line]) -> str:
    """Join lines as text: those of one row by two spaces, rows by newlines."""
    parts: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is None:
            parts.append(line.text)
        else:
            middle = (line.box[1] + line.box[3]) / 2
            same_row = before.box[1] < middle < before.box[3] and line.box[0] >= before.box[0]
            parts.append(("  " if same_row else "\n") + line.text)
        before = line
    return "".join(parts)
