"""Which lines stand in fenced code, line by line.

A card cuts a note between blank lines, across CommonMark's blocks: a fence under ``<br>`` is
HTML to CommonMark and code to the person who wrote the card. So fences are read here by lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPEN = re.compile(r"^[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})")
_CLOSE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t\r]*$")


def fence_lines(lines: Sequence[str], *, only_closed: bool = False) -> list[bool]:
    """For each line whether it is a fence or inside one. An unclosed fence runs to the end, or is none at all."""
    inside = [False] * len(lines)
    if not any("```" in line or "~~~" in line for line in lines):
        return inside
    at = 0
    closings: dict[str, list[int]] = {"`": [], "~": []}
    lengths: dict[int, int] = {}
    for index, line in enumerate(lines):
        match = _CLOSE.match(line)
        if match:
            closings[match[1][0]].append(index)
            lengths[index] = len(match[1])
    pointers = {"`": 0, "~": 0}
    while at < len(lines):
        match = _OPEN.match(lines[at])
        if match is None:
            at += 1
            continue
        mark, length = match[1][0], len(match[1])
        candidates = closings[mark]
        pointer = pointers[mark]
        while pointer < len(candidates) and candidates[pointer] <= at:
            pointer += 1
        pointers[mark] = pointer
        while pointer < len(candidates) and lengths[candidates[pointer]] < length:
            pointer += 1
        if pointer < len(candidates):
            last = candidates[pointer]
        elif only_closed:
            at += 1
            continue
        else:
            last = len(lines) - 1
        for index in range(at, last + 1):
            inside[index] = True
        at = last + 1
    return inside
