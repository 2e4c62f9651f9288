"""Places in a file as formats count them: lines and columns, bytes, UTF-16 units."""

from __future__ import annotations

from urllib.parse import quote

from vaultkit.base.text import line_and_column, line_starts
from vaultkit.report.format import ReportView


class Places:
    """Positions in the files of a view; the last file is cached."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._path: str | None = None
        self._text = ""
        self._starts: tuple[int, ...] = (0,)

    def _open(self, path: str) -> None:
        if path != self._path:
            self._path = path
            self._text = self._view.source(path)
            self._starts = line_starts(self._text)

    def line_and_column(self, path: str, offset: int) -> tuple[int, int]:
        """Both from 1, the column in characters."""
        self._open(path)
        return line_and_column(self._starts, min(offset, len(self._text)))

    def byte_offset(self, path: str, offset: int) -> int:
        """Bytes of UTF-8 before the offset, a byte order mark not counted."""
        self._open(path)
        return _byte_length(self._text[:offset])

    def byte_column(self, path: str, line: int, column: int) -> int:
        """The column from 1 in bytes of UTF-8."""
        return _byte_length(self._before(path, line, column)) + 1

    def utf16_column(self, path: str, line: int, column: int) -> int:
        """The column from 1 in UTF-16 units."""
        before = self._before(path, line, column)
        if before.isascii():  # thousands of findings on one line of 200,000 characters: no loop here
            return len(before) + 1
        return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1

    def _before(self, path: str, line: int, column: int) -> str:
        self._open(path)
        if line > len(self._starts):
            return ""
        start = self._starts[line - 1]
        return self._text[start : start + column - 1]


def _byte_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def uri(path: str) -> str:
    """A path as a relative URI."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")
