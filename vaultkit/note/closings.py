"""What closes what in one block: brackets, parentheses, code, titles; each is searched once.

A block of thousands of brackets asks thousands of times. The answers of one pass are remembered, and so
is that nothing follows which would close a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from vaultkit.note.whitespace import JS_SPACE_CLASS

_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
# With nothing in between that has to be paired up.
_TO_BRACKET = re.compile(r"[^\[\]\\]*+(?=\])")
_TO_PAREN = re.compile(rf"[^()\\{JS_SPACE_CLASS}]*+(?=\))")
_PAREN = re.compile(rf"\\.|[()]|[{JS_SPACE_CLASS}]", re.DOTALL)
_WHITE = re.compile(rf"[{JS_SPACE_CLASS}]")
_LABEL_END = re.compile(r"[\] \t\n]")
_BACKTICKS = re.compile(r"`+")
_TITLES = {
    '"': re.compile(r'(?:[^"\\]|\\.)*+"', re.DOTALL),
    "'": re.compile(r"(?:[^'\\]|\\.)*+'", re.DOTALL),
    "(": re.compile(r"(?:[^)\\]|\\.)*+\)", re.DOTALL),
}


class Closings:
    """The searches in ``text[start:end]``, one block. An ``end`` given to a method is at most the block's.

    unclosed: (mark, end) -> the first offset from which on nothing closes the mark before ``end``.
    """

    __slots__ = ("backticks", "brackets", "end", "label_end", "no_white", "parens", "start", "text", "unclosed")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.unclosed: dict[tuple[str, int], int] = {}
        self.no_white = self.label_end = (0, 0)
        self.brackets: dict[int, int] | None = None
        self.parens: dict[int, int] | None = None
        self.backticks: dict[int, list[int]] | None = None

    def is_unclosed(self, mark: str, at: int, end: int) -> bool:
        """Return whether it is known that nothing closes ``mark`` between ``at`` and ``end``."""
        return self.unclosed.get((mark, end), end + 1) <= at

    def has(self, mark: str, at: int, end: int) -> bool:
        """Return whether ``mark`` is anywhere in ``text[at:end]``."""
        if self.is_unclosed(mark, at, end):
            return False
        if self.text.find(mark, at, end) >= 0:
            return True
        self.unclosed[mark, end] = at
        return False

    def bracket(self, opening: int, end: int) -> int:
        """Return where the bracket that closes the one at ``opening`` is, -1 when it is not before ``end``."""
        usual = _TO_BRACKET.match(self.text, opening + 1, end)
        if usual is not None:
            return usual.end()
        if self.brackets is None:
            self.brackets = self._match_brackets()
        close = self.brackets.get(opening, -1)
        return close if close < end else -1

    def _match_brackets(self) -> dict[int, int]:
        text = self.text
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for found in _BRACKET.finditer(text, self.start, self.end):
            at = found.start()
            if text[at] == "[":
                opened.append(at)
            elif opened and text[at] == "]":
                pairs[opened.pop()] = at
        return pairs

    def paren(self, at: int, end: int) -> int:
        """Return where the parenthesis that is open at ``at`` closes, with no white space before; -1 for nowhere."""
        text = self.text
        usual = _TO_PAREN.match(text, at, end)
        if usual is not None:
            return usual.end()
        if self.parens is None:
            self.parens = self._match_parens()
        if text[at - 1] == "(":
            close = self.parens.get(at - 1, -1)
            return close if close < end else -1
        while at < end:
            found = _PAREN.search(text, at, end)
            if found is None or (text[found.start()] not in "()\\"):
                return -1
            if text[found.start()] == ")":
                return found.start()
            at = found.end() if text[found.start()] == "\\" else self.parens.get(found.start(), end) + 1
        return -1

    def _match_parens(self) -> dict[int, int]:
        text = self.text
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for found in _PAREN.finditer(text, self.start, self.end):
            character = text[found.start()]
            if character == "(":
                opened.append(found.start())
            elif character == ")":
                if opened:
                    pairs[opened.pop()] = found.start()
            elif character != "\\":
                opened.clear()
        return pairs

    def white(self, at: int, end: int) -> int:
        """Return where the next white space is, ``end`` for none; one run of characters is searched once."""
        first, last = self.no_white
        if not first <= at < last:
            found = _WHITE.search(self.text, at, self.end)
            last = found.start() if found else self.end
            self.no_white = at, last
        return min(last, end)

    def label(self, at: int, end: int) -> int:
        """Return where the bracket that ends a footnote's label is, -1 when white space or nothing is before it."""
        first, last = self.label_end
        if not first <= at < last:
            found = _LABEL_END.search(self.text, at, self.end)
            last = found.start() if found else self.end
            self.label_end = at, last
        return last if last < end and self.text[last] == "]" else -1

    def title(self, mark: str, at: int, end: int) -> int:
        """Return the offset behind a title that ``mark`` opened before ``at``, -1 when it is not closed."""
        if self.is_unclosed(mark + "title", at, end):
            return -1
        found = _TITLES[mark].match(self.text, at, end)
        if found is None:
            self.unclosed[mark + "title", end] = at
            return -1
        return found.end()

    def code(self, length: int, at: int, end: int) -> int:
        """Return where the next run of exactly ``length`` backticks from ``at`` on begins, -1 for nowhere."""
        if self.backticks is None:
            close = self._run_of_backticks(length, at)
            if close >= 0:
                return close if close + length <= end else -1
            # There may be thousands that nothing closes: from now on they are looked up.
            self.backticks = {}
            for run in _BACKTICKS.finditer(self.text, self.start, self.end):
                self.backticks.setdefault(run.end() - run.start(), []).append(run.start())
        closers = self.backticks.get(length, ())
        index = bisect_left(closers, at)
        return closers[index] if index < len(closers) and closers[index] + length <= end else -1

    def _run_of_backticks(self, length: int, at: int) -> int:
        mark = "`" * length
        while (at := self.text.find(mark, at, self.end)) >= 0:
            run = _BACKTICKS.match(self.text, at, self.end)
            if run is None or run.end() - at == length:
                return at
            at = run.end()
        return -1
