"""Strong, emphasized and struck text: closed by the next mark, whatever is around it."""

from __future__ import annotations

import re

from vaultkit.note.inline_links import LinkReader
from vaultkit.note.reading import MAX_DEPTH
from vaultkit.note.whitespace import JS_SPACE, JS_SPACE_CLASS, is_blank

_STRONG = {"*": re.compile(r"\\.|\*\*(?!\*)", re.DOTALL), "_": re.compile(r"\\.|__(?!_)", re.DOTALL)}
_EMPHASIS = {"*": re.compile(r"\\.|\*\*?", re.DOTALL), "_": re.compile(r"\\.|__?", re.DOTALL)}
_WHITES = re.compile(rf"[{JS_SPACE_CLASS}]*+")
_WORD = re.compile(r"\w", re.ASCII)


class MarkReader(LinkReader):
    """Reads what begins with ``*``, ``_`` or ``~~``."""

    __slots__ = ()

    def read_strong(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read ``**…**`` or ``__…__``."""
        text, searches = self.text, self.searches()
        mark = text[at]
        if not text.startswith(mark, at + 1, end) or searches.is_unclosed(mark * 2, at, end):
            return -1
        for found in _STRONG[mark].finditer(text, at + 2, end):
            close = found.start()
            if text[close] == "\\":
                continue
            if is_blank(text, at + 2, close):  # only for the first that could close
                return -1
            if depth < MAX_DEPTH:
                self.read(at + 2, close, depth + 1, out)
            return close + 2
        searches.unclosed[mark * 2, end] = at
        return -1

    def read_emphasis(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read ``*…*`` or ``_…_``; a ``_`` inside a word does not close."""
        text, unclosed = self.text, self.searches().unclosed
        mark = text[at]
        known = unclosed.get((mark, end), end + 1)
        run = at + 1
        while run < end and text[run] == mark:
            run += 1
        white = _WHITES.match(text, at + 1, end)
        content = white.end() if white else at + 1
        for found in _EMPHASIS[mark].finditer(text, at + 1, end):
            close = found.start()
            if close >= known and close >= run:
                return -1
            if text[close] == "\\" or found.end() - close == 2:
                continue
            if (close > at + 1 and text[close - 1] == mark) or close <= content:
                return -1
            if mark == "_" and close + 1 < end and _WORD.match(text, close + 1):
                continue
            if depth < MAX_DEPTH:
                self.read(at + 1, close, depth + 1, out)
            return close + 1
        unclosed[mark, end] = min(known, at)
        return -1

    def read_struck(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read ``~~…~~``, with no white space inside its ends."""
        text, searches = self.text, self.searches()
        if not text.startswith("~", at + 1, end) or searches.is_unclosed("~~", at, end):
            return -1
        if at + 2 >= end or text[at + 2] in JS_SPACE:
            return -1
        close = text.find("~~", at + 2, end)
        while close > at + 2 and text[close - 1] in JS_SPACE:
            close = text.find("~~", close + 1, end)
        if close < 0:
            searches.unclosed["~~", end] = at
            return -1
        if depth < MAX_DEPTH:
            self.read(at + 2, close, depth + 1, out)
        return close + 2
