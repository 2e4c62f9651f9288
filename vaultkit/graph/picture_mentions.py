"""Notes that are named on pictures: a slide says `MinHash`, and there is a note of that name.

A picture's text is labels more than sentences, so two things differ from `vaultkit.graph.mentions`: a label of several
lines is also read as one ("residual" above "connection"), a whole label of several words may shorten the words of a name
("Data parallel" for the note "Data parallelism"), and one of a single word may say what is done ("Chunks", "Embed" for
the notes "Chunking", "Embedding").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vaultkit.base.record import record
from vaultkit.graph.mentions import Match, MentionName, Mentions, longer_terms, names
from vaultkit.note.parse import parse_text
from vaultkit.pictures.model import UNSURE, Line, PictureText
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

# A name that was read with less confidence may be another word.
LEAST_CONFIDENCE = 0.7
_LEAST_PREFIX = 4


@record
class PictureMention:
    """A picture's text names a note. text: as on the picture; label: the line around it; match: see `mentions`."""

    picture: str
    text: str
    label: str
    name: MentionName
    match: Match


def picture_mentions(vault: Snapshot, texts: Mapping[str, PictureText]) -> tuple[PictureMention, ...]:
    """Return the notes that the pictures name, each note once for a picture, by picture and place."""
    if not any(one.text for one in texts.values()):
        return ()
    from vaultkit.graph.suggest import is_asked

    searched = [name for name in names(vault) if is_asked(vault, name.path)]
    finder = Mentions(searched, longer_terms(vault, searched))
    shortened = _Shortened(searched)
    found: list[PictureMention] = []
    for path, one in texts.items():
        seen: set[str] = set()
        for mention in _of_picture(path, one, finder, shortened):
            if mention.name.path not in seen:
                seen.add(mention.name.path)
                found.append(mention)
    return tuple(found)


def _of_picture(path: str, one: PictureText, finder: Mentions, shortened: _Shortened) -> Iterator[PictureMention]:
    for label in labels(one):
        hits = _found(finder, label)
        for start, end, name, match in hits:
            yield PictureMention(path, label[start:end], label, name, match)
        if not hits and (short := shortened.find(label)) is not None:
            yield PictureMention(path, label, label, short, "spelling")


_NO_NOTE = parse_text("")


def _found(finder: Mentions, label: str) -> list[tuple[int, int, MentionName, Match]]:
    found: Any = finder.find("", _NO_NOTE, label)  # in no note, so that no note's own name is left out
    return [(one.start, one.end, one.name, one.match) for one in found]


def labels(one: PictureText) -> Iterator[str]:
    """Return the lines of a picture's text, and those that continue each other as one, without unsure ones."""
    sure = [line for line in one.lines if line.confidence >= min(LEAST_CONFIDENCE, UNSURE)]
    if not one.lines:
        for line in re.split(r"[\n\f]|[ \t]{2,}", one.text):
            if line.strip():
                yield line.strip()
        return
    for at, line in enumerate(sure):
        yield line.text
        below = _continuation(line, sure[at + 1 :])
        if below is not None:
            yield f"{line.text} {below.text}"


def _continuation(line: Line, others: Sequence[Line]) -> Line | None:
    """The line right below, of the same size and aligned; None when there is none."""
    left, top, right, bottom = line.box
    height = bottom - top
    for other in others:
        x0, y0, x1, y1 = other.box
        is_near = 0 <= y0 - bottom + 0.3 * height <= 1.1 * height
        is_same_size = height and 0.7 <= (y1 - y0) / height <= 1.4
        is_aligned = abs(x0 - left) <= 0.5 * height or abs((x0 + x1) - (left + right)) <= height
        if is_near and is_same_size and is_aligned:
            return other
    return None


class _Shortened:
    """Names of several words by the beginnings of their words, and names that end in "ing" by what is before it."""

    def __init__(self, searched: Iterable[MentionName]) -> None:
        self._names: dict[tuple[str, ...], list[MentionName]] = {}
        self._doing: dict[str, list[MentionName]] = {}
        for name in searched:
            words = _words(name.text)
            if len(words) > 1 and all(len(word) >= _LEAST_PREFIX for word in words):
                self._names.setdefault(tuple(word[:_LEAST_PREFIX] for word in words), []).append(name)
            elif len(words) == 1:
                for done in _done(words[0]):
                    self._doing.setdefault(done, []).append(name)

    def find(self, label: str) -> MentionName | None:
        """Return the one name whose words the label shortens; None for none or several."""
        words = _words(label)
        if len(words) == 1 and words[0] == fold(label):
            doing: Sequence[MentionName] = self._doing.get(words[0].removesuffix("s"), ())
            return doing[0] if len({name.path for name in doing}) == 1 else None
        if len(words) < 2 or any(len(word) < _LEAST_PREFIX for word in words):
            return None
        fitting = [
            name
            for name in self._names.get(tuple(word[:_LEAST_PREFIX] for word in words), ())
            if all(_shortens(short, long) for short, long in zip(words, _words(name.text), strict=True))
        ]
        paths = {name.path for name in fitting}
        return fitting[0] if len(paths) == 1 else None


def _shortens(short: str, long: str) -> bool:
    return long.startswith(short) and 4 * len(short) >= len(long)


def _done(word: str) -> Iterator[str]:
    """What an English name in "ing" is about.

    >>> list(_done("embedding")), list(_done("sampling")), list(_done("ring"))
    (['embedd', 'embedde', 'embed'], ['sampl', 'sample'], [])
    """
    stem = word.removesuffix("ing")
    if stem == word or len(stem) < _LEAST_PREFIX or not word.isascii():
        return
    yield from (stem, stem + "e")
    if stem[-1] == stem[-2]:
        yield stem[:-1]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))
