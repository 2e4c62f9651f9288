"""Positions as editors count them: lines, and units of UTF-8, UTF-16 or UTF-32 within a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

ENCODINGS = ("utf-32", "utf-16", "utf-8")
_LINE_END = re.compile(r"\r\n|\n|\r")

Position = dict[str, int]
Range = dict[str, Position]


class TextLines:
    """A text with the offsets of its lines. encoding: one of `ENCODINGS`."""

    __slots__ = ("_starts", "encoding", "text")

    def __init__(self, text: str, encoding: str) -> None:
        self.text = text
        self.encoding = encoding
        self._starts = (0, *[found.end() for found in _LINE_END.finditer(text)])

    def position(self, offset: int) -> Position:
        """The position of an offset in code points."""
        line = bisect_right(self._starts, offset) - 1
        return {"line": line, "character": units(self.text[self._starts[line] : offset], self.encoding)}

    def range(self, start: int, end: int) -> Range:
        """The range of a span."""
        return {"start": self.position(start), "end": self.position(max(start, end))}

    def offset(self, position: Any) -> int:
        """The offset of a position; one behind the end of a line or of the text is that end.

        Raises:
            TypeError: a part of it is no number.
        """
        line, character = _count(position["line"]), _count(position["character"])
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        written = self.text[start:end].rstrip("\r\n")
        if self.encoding == "utf-32" or written.isascii():
            return start + min(character, len(written))
        count = 0
        for index, letter in enumerate(written):
            if count >= character:
                return start + index
            count += units(letter, self.encoding)
        return start + len(written)

    def span(self, range_: Any) -> tuple[int, int]:
        """The offsets of a range."""
        return self.offset(range_["start"]), self.offset(range_["end"])


def _count(value: Any) -> int:
    """A number from a message; Lua's JSON can write 3 as 3.0. What is below 0 counts as 0."""
    if isinstance(value, bool) or not (isinstance(value, int) or (isinstance(value, float) and value.is_integer())):
        raise TypeError(f"{value!r} is not a line or a character")
    return max(0, int(value))


def units(text: str, encoding: str) -> int:
    """How many units of an encoding a text has."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-16":
        return len(text) + sum(letter > "\uffff" for letter in text)
    return len(text.encode("utf-8", "surrogatepass"))
