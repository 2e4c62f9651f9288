"""Bare addresses in running text: ``https://…``, ``www.…`` and e-mail. Source: GFM, "Autolinks (extension)"."""

from __future__ import annotations

import re
from bisect import bisect_left

from vaultkit.note.whitespace import JS_SPACE_CLASS

EMAIL_CLASS = r"A-Za-z0-9+\-._"
_EMAIL = re.compile(rf"[{EMAIL_CLASS}]++(?:@([A-Za-z0-9\-._]*+))?")
_START = re.compile(r"(?:www\.|[hH][tT][tT][pP][sS]?://)")
_DOMAIN = re.compile(r"[A-Za-z0-9\-_]++(?:\.[A-Za-z0-9\-_]++)*+")
_PAREN = re.compile(r"[()]")
_PATH = re.compile(rf"[^{JS_SPACE_CLASS}<]*")


class Addresses:
    """The addresses in one text. Many may begin in one run of characters, whose end is searched once.

    email: the run of characters that was last read for an e-mail address: its start, the offset behind
           it, the end that was given, and the answer.
    path:  the same for the characters that a URL could have, with the end it would have without parentheses.
    """

    __slots__ = ("closing", "email", "opening", "path", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.email = self.path = (0, 0, 0, 0)
        self.opening: list[int] = []
        self.closing: list[int] = []

    def email_end(self, at: int, end: int) -> int:
        """Return the offset behind the e-mail address at ``at``, -1 when there is none."""
        first, last, known_end, answer = self.email
        if first <= at < last and known_end == end:
            return answer
        found = _EMAIL.match(self.text, at, end)
        if found is None:
            return -1
        domain = found[1] or ""
        dot = domain.find(".")
        is_one = 0 <= dot < len(domain) - 1 and domain[-1] not in "-_"
        answer = found.end() - (domain[-1] == ".") if is_one else -1
        self.email = at, found.start(1) if found[1] is not None else found.end(), end, answer
        return answer

    def url_end(self, at: int, end: int) -> int:
        """Return the offset behind the bare URL at ``at``, -1 when there is none."""
        text = self.text
        if text[at : at + 1] not in ("h", "w", "H"):
            return -1
        scheme = _START.match(text, at, end)
        if scheme is None:
            return -1
        domain = _DOMAIN.match(text, scheme.end(), end)
        if domain is None:
            return -1
        domain_end = domain.end()
        parts = domain[0].rsplit(".", 2)[-2:]
        if text.startswith(".", domain_end, end) and domain_end + 1 < end and text[domain_end + 1] != ".":
            domain_end += 1
            parts = [parts[-1], ""]
        if len(parts) < 2 or "_" in "".join(parts):
            return -1
        return _without_entity(text, self._without_surplus_parens(domain_end, end))

    def _without_surplus_parens(self, start: int, end: int) -> int:
        """Return the end of a path from ``start`` on, in which no parenthesis at the end closes none of it."""
        first, last, known_end, stop = self.path
        if not (first <= start < last and known_end == end):
            stop = self._read_path(start, end)
        stop = max(start, stop)
        if self.text[stop - 1] != ")":
            return stop
        opened = bisect_left(self.opening, stop) - bisect_left(self.opening, start)
        before = bisect_left(self.closing, start)
        if bisect_left(self.closing, stop) - before > opened:
            return self.closing[before + opened]
        return stop

    def _read_path(self, start: int, end: int) -> int:
        text = self.text
        path = _PATH.match(text, start, end)
        last = path.end() if path else start
        stop = start + len(text[start:last].rstrip("!*,.:?_~"))
        self.path = start, last, end, stop
        parens = [found.start() for found in _PAREN.finditer(text, start, stop)]
        self.opening = [paren for paren in parens if text[paren] == "("]
        self.closing = [paren for paren in parens if text[paren] == ")"]
        return stop


def _without_entity(text: str, end: int) -> int:
    """Return the end of a path without a final ``&name;`` or semicolon."""
    if text[end - 1] != ";":
        return end
    end -= 1
    entity = end
    while text[entity - 1 : entity].isascii() and text[entity - 1 : entity].isalpha():
        entity -= 1
    return entity - 1 if entity < end and text[entity - 1] == "&" else end
