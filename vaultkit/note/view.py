"""Text of a container without its prefixes, with the way back to the note's offsets.

A quote or a list item is parsed as the text that remains when its marks and indents are removed.
A view holds that text and, for each of its lines, where the line is in the note.
"""

from __future__ import annotations

from bisect import bisect_right


class TextView:
    """A text and the place of each of its lines.

    text:    what is parsed; lines are separated by ``\\n``.
    starts:  offset of each line in ``text``.
    origins: offset of each line's first character in the note; None when the view is the note itself.
    """

    __slots__ = ("origins", "starts", "text")

    def __init__(self, text: str, starts: list[int] | None = None, origins: list[int] | None = None) -> None:
        self.text = text
        self.starts = starts or [0]
        self.origins = origins

    def source(self, offset: int) -> int:
        """Return the note's offset of an offset in ``text``."""
        if self.origins is None:
            return offset
        line = bisect_right(self.starts, offset) - 1
        return self.origins[line] + offset - self.starts[line]

    def of_lines(self, lines: list[tuple[int, int]]) -> TextView:
        """Return a view of these spans of lines, which are half-open and in order."""
        text = self.text
        starts: list[int] = []
        at = 0
        for start, end in lines:
            starts.append(at)
            at += end - start + 1
        source = self.source
        return TextView(
            "\n".join([text[start:end] for start, end in lines]), starts, [source(start) for start, _ in lines]
        )
