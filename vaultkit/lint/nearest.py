"""The one name that was probably meant.

Every name is cut into one segment more than edits are allowed; two names that near share at least
one segment at nearly the same place (the filter of the PASS-JOIN similarity join), so a question
looks at a handful of names, not at all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from vaultkit.index.resolve import fold

_DIGITS = re.compile(r"\d+")
_NO_LETTER = re.compile(r"[\W_]+")
_FIRST_IDEOGRAPH = "\u2e80"
MAX_EDITS = 2


def allowed_edits(name: str) -> int:
    """How many letters a slip may change: none in short names, one, then two from nine letters on.

    A word of an ideographic script says as much in two characters as others in six.
    """
    length = len(name)
    if not name.isascii() and max(name) >= _FIRST_IDEOGRAPH:
        return 1 if length >= 6 else 0
    return 0 if length < 4 else 1 if length < 9 else 2


_Segment = tuple[int, int, dict[str, list[tuple[str, str]]]]


class Names:
    """Names to choose from; built once for many questions.

    Numbers must agree, one date is no slip of another, so they are part of the key.
    """

    __slots__ = ("_by_key", "_by_segment")

    def __init__(self, names: Iterable[str]) -> None:
        self._by_key: dict[str, set[str]] = {}
        # (digits, length) -> edits -> a segment each: (start, width, its text -> (folded name, name))
        self._by_segment: dict[tuple[str, int], dict[int, list[_Segment]]] = {}
        for name in names:
            folded = fold(name)
            self._by_key.setdefault(_key(folded), set()).add(name)
            edits = allowed_edits(folded)
            if edits:
                size = len(folded)
                by_edits = self._by_segment.setdefault((_digits(folded), size), {})
                cuts = _segments(size, edits)
                segments = by_edits.get(edits)
                if segments is None:
                    segments = by_edits[edits] = [(start, end - start, {}) for start, end in cuts]
                for start, width, names_of in segments:
                    names_of.setdefault(folded[start : start + width], []).append((folded, name))
                # Two neighbours swapped across a cut spoil two segments at the price of one edit, so
                # the name is kept with that swap, too.
                for index, (before, (_, after)) in enumerate(pairwise(cuts)):
                    start, cut = before
                    one, other = folded[cut - 1], folded[cut]
                    if one != other:
                        segments[index][2].setdefault(folded[start : cut - 1] + other, []).append((folded, name))
                        segments[index + 1][2].setdefault(one + folded[cut + 1 : after], []).append((folded, name))

    def nearest(self, wanted: str) -> tuple[str, ...]:
        """The names nearest to ``wanted``, sorted; empty when none is near.

        Names equal but for case, hyphens, spaces and a plural "s" come before all others.
        """
        folded = fold(wanted)
        same = self._by_key.get(_key(folded), set()) - {wanted}
        if same:
            return tuple(sorted(same))
        best: set[str] = set()
        least = MAX_EDITS
        for edits, candidate, name in self._candidates(folded):
            if name == wanted:
                continue
            limit = min(edits, least)
            distance = edit_distance(folded, candidate, limit)
            if distance < least and distance <= limit:
                best, least = {name}, distance
            elif distance == least and distance <= limit:
                best.add(name)
        return tuple(sorted(best))

    def _candidates(self, folded: str) -> set[tuple[int, str, str]]:
        """Names that may be as near as their own length allows: (edits, folded name, name)."""
        length, digits = len(folded), _digits(folded)
        found: set[tuple[int, str, str]] = set()
        for size in range(length - MAX_EDITS, length + MAX_EDITS + 1):
            by_edits = self._by_segment.get((digits, size))
            if by_edits is None:
                continue
            longer = length - size
            for edits, segments in by_edits.items():
                if abs(longer) > edits:
                    continue
                # A segment that no edit touches is shifted by no more than this (PASS-JOIN, section 4).
                left, right = (edits - longer) // 2, (edits + longer) // 2
                for start, width, names_of in segments:
                    for at in range(max(0, start - left), min(length - width, start + right) + 1):
                        near = names_of.get(folded[at : at + width])
                        if near:
                            found.update([(edits, candidate, name) for candidate, name in near])
        return found


def _digits(folded: str) -> str:
    return " ".join(_DIGITS.findall(folded))


@cache
def _segments(length: int, edits: int) -> tuple[tuple[int, int], ...]:
    cuts = [length * index // (edits + 1) for index in range(edits + 2)]
    return tuple(pairwise(cuts))


def edit_distance(one: str, other: str, limit: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two texts; ``limit + 1`` when more.

    >>> edit_distance("sofmax", "softmax", 2)
    1
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    same = 0  # what both begin with costs nothing, and is most of it
    for letter, wanted in zip(one, other, strict=False):
        if letter != wanted:
            break
        same += 1
    one, other = one[same:], other[same:]
    far, width = limit + 1, len(other)
    before: list[int] = []
    row = list(range(width + 1))
    for i, letter in enumerate(one, 1):
        # Farther than ``limit`` from the diagonal it is too many edits already.
        current = [far] * (width + 1)
        current[0] = i
        least = i
        for j in range(max(1, i - limit), min(width, i + limit) + 1):
            cost = row[j - 1] + (letter != other[j - 1])
            if row[j] < cost:
                cost = row[j] + 1
            if current[j - 1] < cost:
                cost = current[j - 1] + 1
            if i > 1 and j > 1 and before[j - 2] < cost and letter == other[j - 2] and one[i - 2] == other[j - 1]:
                cost = before[j - 2] + 1
            current[j] = cost
            least = min(least, cost)
        if least > limit:
            return far
        before, row = row, current
    return min(row[-1], far)


def _key(folded: str) -> str:
    key = _NO_LETTER.sub("", folded)
    return key[:-1] if len(key) > 3 and key.endswith("s") else key or folded
