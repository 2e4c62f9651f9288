"""Find similar names, for "did you mean".

A name is near another when they are the same but for case, spaces, punctuation, diacritics or an inflection, when two
neighbouring letters of one word are swapped, or when a long word has a letter too few or too many. Another letter in
a word, another word in a phrase and another number make another name: "bijection" is no slip of "injection".
`lint.inflection` says what an inflection is; names that may be near are found by keys that a slip does not change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.lint.inflection import ARABIC_ARTICLE, is_inflection
from vaultkit.vault.resolve import fold

# Shorter words have too many neighbours for a slip to be told from another word.
SWAP_FROM, DOUBLED_FROM, DROPPED_FROM = 5, 9, 11
SWAP_FROM_IDEOGRAPHS = 6
_FIRST_IDEOGRAPH = "\u2e80"
_WORDS = lazy_pattern(r"[^\W\d_]+|\d+|[+#]")
_WORDS_WITH_MARKS = lazy_pattern(r"(?:[^\W\d_]|\0.)+|\d+|[+#]", re.DOTALL)
_ODD_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ё": "е", "ħ": "h"}
)
# NameIndex of vowels as they are written without an umlaut.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Pairs of words that differ by such a swap and are both words.
_BOTH_WORDS = frozenset(
    {
        frozenset(pair.split("/"))
        for pair in (
            "angel/angle being/begin calvary/cavalry carve/crave casual/causal complaint/compliant dairy/diary "
            "discreet/discrete field/filed fiend/fined files/flies marital/martial minuet/minute nuclear/unclear "
            "perfect/prefect perform/preform quiet/quite sacred/scared salve/slave signed/singed silver/sliver "
            "spilt/split trail/trial united/untied unite/untie tired/tried"
        ).split()
    }
)


@record
class KnownName:
    """A name taken apart. words: folded, without diacritics; key: them without what separates them."""

    name: str
    words: tuple[str, ...]
    key: str
    numbers: tuple[str, ...]


def taken_apart(name: str) -> KnownName:
    """The name in the forms that are compared.

    >>> taken_apart("Köln–Bonn (2nd)").key
    'kolnbonn2nd'
    """
    text = _plain(name)
    words = tuple(_WORDS.findall(text)) if text.isascii() else tuple(_words(text))
    return KnownName(name, words, "".join(words), tuple(word for word in words if word.isdigit()))


def _words(text: str) -> list[str]:
    """Words of any script: vowel signs and other marks belong to their letter."""
    marked = "".join(f"\0{one}" if unicodedata.category(one)[0] == "M" else one for one in text)
    return [word.replace("\0", "") for word in _WORDS_WITH_MARKS.findall(marked)]


def _plain(name: str) -> str:
    text = fold(name)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(_ODD_LETTERS))
    return unicodedata.normalize("NFC", "".join(letter for letter in text if not "\u0300" <= letter <= "\u036f"))


class NameIndex:
    """Names to choose from; built once for many questions. dropped_from: see `DROPPED_FROM`."""

    __slots__ = ("_by_bag", "_by_half", "_by_key", "_by_start", "_dropped_from", "_names")

    def __init__(self, names: Iterable[str], dropped_from: int = DROPPED_FROM) -> None:
        self._names = [taken_apart(name) for name in dict.fromkeys(names)]
        self._dropped_from = dropped_from
        self._by_key: dict[str, list[KnownName]] = {}
        self._by_start: dict[tuple[str, ...], list[KnownName]] = {}
        self._by_bag: dict[str, list[KnownName]] = {}
        self._by_half: dict[tuple[str, int], list[KnownName]] | None = None
        for name in self._names:
            for key in _keys(name):
                self._by_key.setdefault(key, []).append(name)
            self._by_start.setdefault(_starts(name), []).append(name)
            self._by_bag.setdefault("".join(sorted(name.key)), []).append(name)

    def nearest(self, wanted: str) -> tuple[str, ...]:
        """The names nearest to ``wanted``, sorted; empty when none is near.

        Spellings of the same words come before inflections, and those before slips.
        """
        asked = taken_apart(wanted)
        if len(asked.key) < 2:
            return ()
        looks = (self._same(asked), self._inflected(asked), self._slipped(asked))
        for found in looks:
            near = sorted({name.name for name in found} - {wanted})
            if near:
                return tuple(near)
        return ()

    def _same(self, asked: KnownName) -> Iterator[KnownName]:
        for key in _keys(asked):
            yield from (name for name in self._by_key.get(key, ()) if name.numbers == asked.numbers)

    def _inflected(self, asked: KnownName) -> Iterator[KnownName]:
        for name in self._by_start.get(_starts(asked), ()):
            if all(
                one == other or is_inflection(one, other) for one, other in zip(asked.words, name.words, strict=True)
            ):
                yield name

    def _slipped(self, asked: KnownName) -> Iterator[KnownName]:
        near = list(self._by_bag.get("".join(sorted(asked.key)), ()))
        if len(asked.key) >= min(DOUBLED_FROM, self._dropped_from) - 1:
            near += self._one_letter_apart(asked)
        for name in near:
            if len(name.words) != len(asked.words) or name.numbers != asked.numbers:
                continue
            apart = [pair for pair in zip(asked.words, name.words, strict=True) if pair[0] != pair[1]]
            if len(apart) == 1 and self._is_slip(*apart[0]):
                yield name

    def _is_slip(self, one: str, other: str) -> bool:
        if len(one) == len(other):
            least = SWAP_FROM_IDEOGRAPHS if max(one) >= _FIRST_IDEOGRAPH else SWAP_FROM
            return len(one) >= least and is_swap(one, other) and frozenset((one, other)) not in _BOTH_WORDS
        shorter, longer = sorted((one, other), key=len)
        if max(longer) >= _FIRST_IDEOGRAPH:
            return False
        at = _dropped(shorter, longer)
        if at < 0:
            return False
        is_doubled = longer[at] in (longer[at - 1 : at] or " ", longer[at + 1 : at + 2])
        return len(longer) >= (min(DOUBLED_FROM, self._dropped_from) if is_doubled else self._dropped_from)

    def _one_letter_apart(self, asked: KnownName) -> Iterator[KnownName]:
        """Names that are a letter longer or shorter and have the first or the last half of their letters in common."""
        if self._by_half is None:
            self._by_half = {}
            for name in self._names:
                half = len(name.key) // 2
                self._by_half.setdefault((name.key[:half] + "…", len(name.key)), []).append(name)
                self._by_half.setdefault(("…" + name.key[len(name.key) - half :], len(name.key)), []).append(name)
        for size in (len(asked.key) - 1, len(asked.key) + 1):
            half = size // 2
            yield from self._by_half.get((asked.key[:half] + "…", size), ())
            yield from self._by_half.get(("…" + asked.key[len(asked.key) - half :], size), ())


def is_swap(one: str, other: str) -> bool:
    """Two neighbouring letters, and nothing else, have changed places.

    >>> is_swap("mulitmodal", "multimodal"), is_swap("laser", "layer")
    (True, False)
    """
    apart = [index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    first, second = apart
    return one[first] == other[second] and one[second] == other[first]


def _dropped(shorter: str, longer: str) -> int:
    """Index of the one letter that ``longer`` has more than ``shorter``; -1 when more is different."""
    if len(longer) != len(shorter) + 1:
        return -1
    at = next((index for index, letter in enumerate(shorter) if letter != longer[index]), len(shorter))
    return at if shorter[at:] == longer[at + 1 :] else -1


def _keys(name: KnownName) -> Iterator[str]:
    """What spellings of the same words have in common; a name with umlauts has two."""
    yield name.key
    if any(letter in "äöüÄÖÜ" for letter in unicodedata.normalize("NFC", name.name)):
        yield taken_apart(fold(name.name).translate(_UMLAUTS)).key


def _starts(name: KnownName) -> tuple[str, ...]:
    """What inflections of the same words have in common: numbers and the first letters of each word."""
    return tuple(word if word.isdigit() else word.removeprefix(ARABIC_ARTICLE)[:3] for word in name.words)


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
