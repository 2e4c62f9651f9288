"""Cards that ask the same thing, over a whole vault, in time that grows with the number of cards.

No score alone can tell: "Top-P" and "Top-K" sampling score 98 and differ, a sub-question of a long
question scores 37. So a near duplicate needs a high score *and* no content word left over when
equal words and typing errors are paired.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from vaultkit.base.record import record
from vaultkit.cards.text_keys import normal

TwinKind = Literal["duplicate", "conflicting-answers", "near-duplicate", "overlap"]
SCORE = 85.0
_LARGEST_GROUP = 40
_STOP = frozenset(
    "a an the of to in on for and or is are was were be do does did what why how when which who whose whom where it its this "
    "that these those you your we our i my they their he she with without from by as at into about than then so if can could "
    "should would will may might must have has had there here not no yes like use used using work works care mean means "
    "important explain define describe name list give tell me s t re ll ve d m "
    "le la les un une des du de et ou qui que quoi est sont el los las una del y o es son der die das ein eine und oder ist sind "
    "il lo gli uno e os as um uma do da".split()
)


@record
class Twins:
    """Two cards that ask the same. first, second: positions in the list that was given; score: 0 to 100."""

    kind: TwinKind
    first: int
    second: int
    score: float


def content_words(question: str) -> tuple[str, ...]:
    """The words of a normalised question that carry its meaning."""
    return tuple(word for word in question.split() if word not in _STOP)


def find_twins(
    cards: Sequence[tuple[str, str]], *, near: bool = True, questions: Sequence[str] = ()
) -> Iterator[Twins]:
    """All twins among (question, answer) pairs, the later card second. Blank questions have none.

    questions: `normal` of each question, where somebody has asked for it already.
    """
    questions = questions or [normal(question) for question, _ in cards]
    squeezed: dict[str, list[int]] = defaultdict(list)
    for index, question in enumerate(questions):
        if question:
            squeezed[question.replace(" ", "")].append(index)
    twin_of: dict[int, int] = {}
    for group in squeezed.values():
        for second in group[1:]:
            first = group[0]
            twin_of[second] = first
            answer, other = normal(cards[first][1]), normal(cards[second][1])
            conflicting = answer and other and answer != other
            yield Twins("conflicting-answers" if conflicting else "duplicate", first, second, 100.0)
    if near:
        heads = [group[0] for group in squeezed.values()]
        yield from _near(questions, heads)
        yield from _overlaps([question for question, _ in cards], questions, squeezed, twin_of)


def _near(questions: Sequence[str], heads: Iterable[int]) -> Iterator[Twins]:
    words = {index: content_words(questions[index]) for index in heads}
    groups: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for index, content in words.items():
        ordered = tuple(sorted(content))
        if not 1 <= len(ordered) <= 40:
            continue
        groups[("", *ordered)].append(("", index))
        for at in range(len(ordered)):
            if len(ordered[at]) >= 4:
                groups[ordered[:at] + ordered[at + 1 :]].append((ordered[at], index))
    tried: set[tuple[int, int]] = set()
    for members in groups.values():
        if len(members) < 2:
            continue
        for first, second in _pairs(members):
            pair = (min(first, second), max(first, second))
            if pair[0] == pair[1] or pair in tried:
                continue
            tried.add(pair)
            score = _score(questions[pair[0]], questions[pair[1]])
            if score >= SCORE and not _leftover(words[pair[0]], words[pair[1]]):
                yield Twins("near-duplicate", *pair, score)


def _pairs(members: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Pairs worth a look: all of a small group, in a large one those whose odd words share a beginning or an end."""
    if len(members) <= _LARGEST_GROUP:
        for at, (_, first) in enumerate(members):
            for _, second in members[at + 1 :]:
                yield first, second
        return
    keys: dict[str, list[int]] = defaultdict(list)
    for word, index in members:
        for key in {word, word.removesuffix("s"), *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            keys[key].append(index)
    for indexes in keys.values():
        for first, second in pairwise(indexes):
            yield first, second


def _score(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def _leftover(one: Sequence[str], other: Sequence[str]) -> bool:
    rest = list(other)
    unpaired = []
    for word in one:
        if word in rest:
            rest.remove(word)
        else:
            unpaired.append(word)
    for word in unpaired:
        match = next((candidate for candidate in rest if is_typing_error(word, candidate)), None)
        if match is None:
            return True
        rest.remove(match)
    return bool(rest)


def is_typing_error(one: str, other: str) -> bool:
    """Whether two words are one, mistyped: a plural s, one slip in 5 letters or more, two in 9; never with digits.

    >>> is_typing_error("multimodal", "mulitmodal")
    True
    >>> is_typing_error("high", "nigh")
    False
    """
    if any(character.isdigit() for character in one + other):
        return False
    shorter = min(len(one), len(other))
    if shorter >= 4 and (one + "s" == other or other + "s" == one):
        return True
    if shorter < 5:
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if shorter >= 9 else 1
    return bool(OSA.distance(one, other, score_cutoff=allowed) <= allowed)


def _overlaps(
    raw: Sequence[str], questions: Sequence[str], squeezed: dict[str, list[int]], twin_of: dict[int, int]
) -> Iterator[Twins]:
    for index, text in enumerate(raw):
        if "?" not in text:
            continue
        pieces = [normal(piece) for piece in re.split(r"[?？]", text)]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) < 2:
            continue
        for piece in dict.fromkeys(pieces):
            others = squeezed.get(piece.replace(" ", ""))
            if others and content_words(piece) and others[0] != index and twin_of.get(index) != others[0]:
                for other in others:
                    yield Twins("overlap", other, index, 100.0)
