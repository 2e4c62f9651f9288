"""What looks like a link and is none: brackets that are not closed, destinations with a raw space."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from vaultkit.note.links import has_scheme
from vaultkit.note.model import Malformed
from vaultkit.note.spans import Spans

_OPENING = re.compile(r"\[\[")
_CLOSING = re.compile(r"\]\]")
_DESTINATION = re.compile(r"\]\(([^()<>\n]*(?:\([^()<>\n]*(?:\)[^()<>\n]*)?){0,8})\)")


def is_escaped(text: str, offset: int) -> bool:
    """Return whether an odd number of backslashes is before ``offset``."""
    slashes = 0
    while offset > slashes and text[offset - 1 - slashes] == "\\":
        slashes += 1
    return slashes % 2 == 1


class _Brackets:
    """Where double brackets are in the rest of one line."""

    __slots__ = ("closings", "openings")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.openings = [match.start() for match in _OPENING.finditer(text, start, end)]
        self.closings = [match.start() for match in _CLOSING.finditer(text, start, end)]

    def are_more_closed_from(self, offset: int) -> bool:
        """Return whether more pairs close than open from ``offset`` on, so that one opened before it is closed."""
        closed = len(self.closings) - bisect_left(self.closings, offset)
        return closed > len(self.openings) - bisect_left(self.openings, offset)


def unclosed_wikilinks(text: str, start: int, alive: Spans, taken: Spans) -> Iterator[Malformed]:
    """Yield every ``[[`` without ``]]`` in its line, and links without text.

    alive: spans where nothing is a link. taken: spans of links.
    """
    position = start
    line_end = closing = -1  # both are looked for once, not once an opening: a line may have thousands
    brackets: _Brackets | None = None
    while (opening := text.find("[[", position)) >= 0:
        skip = max(alive.end_around(opening), taken.end_around(opening))
        if skip >= 0:
            position = max(skip, opening + 1)
            continue
        if opening > start and is_escaped(text, opening):
            position = opening + 1
            continue
        is_embed = opening > start and text[opening - 1] == "!" and not is_escaped(text, opening - 1)
        begin = opening - is_embed
        if opening >= line_end:
            line_end = text.find("\n", opening)
            if line_end < 0:
                line_end = len(text)
            closing, brackets = 0, None
        if 0 <= closing < opening + 2:
            closing = text.find("]]", opening + 2, line_end)
        inner = text.find("[[", opening + 2, closing if closing >= 0 else line_end)
        if closing < 0 or inner >= 0:
            if inner >= 0:
                position = inner
                if inner == opening + 2:
                    continue
                if brackets is None:
                    brackets = _Brackets(text, inner, line_end)
                if brackets.are_more_closed_from(inner):
                    continue
            else:
                position = opening + 2
            stop = inner if inner >= 0 else line_end
            bracket = text.find("]", opening + 2, stop)
            stop = bracket + 1 if bracket >= 0 else stop
            content = text[opening + 2 : stop].rstrip("] \t\r")
            end = begin + len(text[begin:stop].rstrip())
            yield Malformed(begin, end, "unclosed-embed" if is_embed else "unclosed-wikilink", content)
            continue
        position = closing + 2
        if not text[opening + 2 : closing].strip():
            yield Malformed(begin, closing + 2, "empty-link", "")


def unencoded_destinations(text: str, start: int, alive: Spans, taken: Spans) -> Iterator[Malformed]:
    """Yield ``[x](my note.md)``: with a raw space or an open bracket in the destination no link is read."""
    for match in _DESTINATION.finditer(text, start):
        destination = match[1].strip()
        is_open = destination.count("(") > destination.count(")")
        if not (" " in destination or is_open) or has_scheme(destination):
            continue
        at = text.rfind("[", start, match.start())
        if at < 0 or "]" in text[at : match.start()] or "\n" in text[at : match.start()]:
            continue
        if text[at - 1 : at] == "!" and at > start:
            at -= 1
        if alive.end_around(at) < 0 and taken.end_around(at) < 0 and not is_escaped(text, at):
            yield Malformed(at, match.end(), "unencoded-destination", destination)
