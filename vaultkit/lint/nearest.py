"""The one name that was probably meant.

Every name is cut into one segment more than edits are allowed; two names that near share at least
one segment at nearly the same place (the filter of the PASS-JOIN similarity join), so a question
looks at a handful of names, not at all of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from vaultkit.index.resolve import fold

_DIGITS = re.compile(r"\d+")
_FIRST_IDEOGRAPH = "\u2e80"
MAX_EDITS = 2


def allowed_edits(name: str) -> int:
    """How many letters a slip may change: none in short names, one, then two from nine letters on.

    A word of an ideographic script says as much in two characters as others in six.
    """
    length = len(name)
    if any(character >= _FIRST_IDEOGRAPH for character in name):
        return 1 if length >= 6 else 0
    return 0 if length < 4 else 1 if length < 9 else 2


class Names:
    """Names to choose from; built once for many questions."""

    __slots__ = ("_by_key", "_by_segment")

    def __init__(self, names: Iterable[str]) -> None:
        self._by_key: dict[str, set[str]] = {}
        self._by_segment: dict[tuple[int, int, int, str], list[tuple[str, str]]] = {}
        for name in names:
            self._by_key.setdefault(_key(name), set()).add(name)
            folded = fold(name)
            edits = allowed_edits(folded)
            for index, (start, end) in enumerate(_segments(len(folded), edits) if edits else ()):
                key = (len(folded), edits, index, folded[start:end])
                self._by_segment.setdefault(key, []).append((folded, name))

    def nearest(self, wanted: str) -> tuple[str, ...]:
        """The names nearest to ``wanted``, sorted; empty when none is near.

        Names equal but for case, hyphens, spaces and a plural "s" come before all others. Numbers
        must agree: one date is no slip of another.
        """
        same = self._by_key.get(_key(wanted), set()) - {wanted}
        if same:
            return tuple(sorted(same))
        folded = fold(wanted)
        best: set[str] = set()
        least = MAX_EDITS
        digits = _DIGITS.findall(folded)
        for edits, candidate, name in set(self._candidates(folded)):
            if name != wanted and _DIGITS.findall(candidate) == digits:
                limit = min(edits, least)
                distance = edit_distance(folded, candidate, limit)
                if distance < least and distance <= limit:
                    best, least = {name}, distance
                elif distance == least and distance <= limit:
                    best.add(name)
        return tuple(sorted(best))

    def _candidates(self, folded: str) -> Iterator[tuple[int, str, str]]:
        """Names that may be as near as their own length allows: (edits, folded name, name)."""
        by_segment = self._by_segment
        length = len(folded)
        for edits in range(1, MAX_EDITS + 1):
            for size in range(length - edits, length + edits + 1):
                for index, (start, end) in enumerate(_segments(size, edits)):
                    width = end - start
                    for at in range(max(0, start - edits), min(length - width, start + edits) + 1):
                        for candidate, name in by_segment.get((size, edits, index, folded[at : at + width]), ()):
                            yield edits, candidate, name


def _segments(length: int, edits: int) -> list[tuple[int, int]]:
    cuts = [length * index // (edits + 1) for index in range(edits + 2)]
    return list(itertools.pairwise(cuts))


def edit_distance(one: str, other: str, limit: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two texts; ``limit + 1`` when more.

    >>> edit_distance("sofmax", "softmax", 2)
    1
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        current = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return row[-1]


def _key(name: str) -> str:
    key = "".join(character for character in fold(name) if character.isalnum())
    return key[:-1] if len(key) > 3 and key.endswith("s") else key or name
