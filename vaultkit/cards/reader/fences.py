"""Which lines stand in fenced code, line by line.

A card cuts a note between blank lines, across CommonMark's blocks: a fence under ``<br>`` is
HTML to CommonMark and code to the person who wrote the card. So fences are read here by lines.
A fence that is not closed ends with the quote or the list item that holds it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_OPEN = re.compile(r"^([ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*)(`{3,}(?=[^`]*$)|~{3,})")
_CLOSE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t\r]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)")
_BLANKS = ("", "<br>")
_FAR = 500


def fence_lines(lines: Sequence[str], *, only_closed: bool = False) -> list[bool]:
    """For each line whether it is a fence or inside one.

    An unclosed fence runs to the end of its quote, list item or text; with ``only_closed`` it is none at all.
    """
    inside = [False] * len(lines)
    if not any("```" in line or "~~~" in line for line in lines):
        return inside
    closings: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
    for index, line in enumerate(lines):
        match = _CLOSE.match(line)
        if match:
            closings[match[1][0]].append((index, len(match[1])))
    at = 0
    while at < len(lines):
        match = _OPEN.match(lines[at])
        if match is None:
            at += 1
            continue
        last = _closing(closings[match[2][0]], at, len(match[2]))
        stop = len(lines) if last is None else last
        limit = _container_end(lines, at, match[1], stop)
        if limit < stop:
            last = None
            if ">" not in match[1]:
                last = _outdented_closing(lines, closings[match[2][0]], limit, _indent(lines[at]))
        if last is None and only_closed:
            at += 1
            continue
        if last is None:
            last = limit - 1
            while limit < len(lines) and not lines[last].strip():
                last -= 1
        for index in range(at, last + 1):
            inside[index] = True
        at = last + 1
    return inside


def _closing(closings: Sequence[tuple[int, int]], at: int, length: int) -> int | None:
    """The first line behind ``at`` that closes a fence of this length."""
    for pointer in range(bisect_right(closings, (at + 1, 0)), len(closings)):
        index, width = closings[pointer]
        if width >= length:
            return index
    return None


def _outdented_closing(
    lines: Sequence[str], closings: Sequence[tuple[int, int]], limit: int, indent: int
) -> int | None:
    """A closing fence as far in as the opening one, below code that was not indented with its list item."""
    pointer = bisect_right(closings, (limit, -1))
    if not indent or pointer == len(closings) or _indent(lines[closings[pointer][0]]) != indent:
        return None
    return closings[pointer][0]


def _container_end(lines: Sequence[str], at: int, lead: str, stop: int) -> int:
    """The first line behind the quote or list item that holds a fence; ``stop`` when that comes first."""
    if ">" in lead:
        end = at + 1
        while end < stop and lines[end].strip(" \t\r") not in _BLANKS:
            end += 1
        return end
    content = len(lead.expandtabs(4)) if _ITEM.match(lead) else _content_of_item(lines, at)
    if not content:
        return stop
    for end in range(at + 2, stop):
        is_below_blank = lines[end - 1].strip(" \t\r") in _BLANKS
        if is_below_blank and lines[end].strip() and lines[end].strip() != "<br>" and _indent(lines[end]) < content:
            return end
    return stop


def _content_of_item(lines: Sequence[str], at: int) -> int:
    """The indent of the text of the list item that holds an indented line; 0 when none does."""
    indent = _indent(lines[at])
    if indent < 2:
        return 0
    for row in range(at - 1, max(at - _FAR, -1), -1):
        if lines[row].strip() and _indent(lines[row]) < indent:
            match = _ITEM.match(lines[row])
            content = len(match[0].expandtabs(4)) if match else 0
            return content if 0 < content <= indent else 0
    return 0


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))
