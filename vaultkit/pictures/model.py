"""What is known of the text of one picture."""

from __future__ import annotations

from typing import Literal

from vaultkit.base.record import record

# ocr: an engine read it. text: a PDF's own text. edited: a person wrote it. mixed: PDF pages of both kinds.
Origin = Literal["ocr", "text", "mixed", "edited"]
ORIGINS: tuple[Origin, ...] = ("ocr", "text", "mixed", "edited")
# Below this confidence a reader should compare the text with the picture.
UNSURE = 0.8


@record
class Line:
    """One line of text that an engine read.

    confidence: from 0 to 1, as the engine estimates it.
    box: left, top, right, bottom in pixels of the picture; all 0 when unknown.
    """

    text: str
    confidence: float
    box: tuple[int, int, int, int] = (0, 0, 0, 0)


@record
class PictureText:
    """The text of a picture of the vault.

    path:       of the picture.
    text:       lines joined by newlines, pages by form feeds; "" when there is none.
    confidence: the mean of the lines' confidence by letters, from 0 to 1; 1 for text that no engine read.
    origin:     see `Origin`.
    engine:     name and version of what read it; "" for an edited text.
    digest:     of the picture's bytes.
    lines:      as read, with places; empty for an edited text.
    width, height: of the picture in pixels, of a PDF's first page in points; 0 when unknown.
    """

    path: str
    text: str
    confidence: float
    origin: Origin
    engine: str
    digest: str
    lines: tuple[Line, ...] = ()
    width: int = 0
    height: int = 0


def mean_confidence(lines: tuple[Line, ...]) -> float:
    """Return the confidence by letters; 1 for no lines.

    >>> mean_confidence((Line("abc", 1.0), Line("d", 0.6)))
    0.9
    """
    letters = sum(len(line.text) for line in lines)
    return round(sum(len(line.text) * line.confidence for line in lines) / letters, 4) if letters else 1.0
