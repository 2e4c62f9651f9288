"""Marks of emphasis that stay visible: CommonMark's rules of flanking, without building a tree.

Obsidian's cache closes emphasis at the next mark, its views show it by CommonMark. What a reader sees
literally is decided here. Source: CommonMark 0.31, "Emphasis and strong emphasis", and GFM's ``~~``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from vaultkit.note.spans import Spans

_RUN = re.compile(r"\\.|(\*+|_+|~+)", re.DOTALL)
_LITERAL = {"*": (2, 3), "~": (2,), "_": ()}


class _Run:
    """A run of one mark: where what is left of it is, and whether it may open or close."""

    __slots__ = ("can_close", "can_open", "end", "length", "mark", "start")

    def __init__(self, mark: str, start: int, end: int, *, can_open: bool, can_close: bool) -> None:
        self.mark = mark
        self.start = start
        self.end = end
        self.length = end - start
        self.can_open = can_open
        self.can_close = can_close


def literal_marks(
    text: str, start: int, end: int, opaque: list[tuple[int, int]], link_texts: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``**``, ``***`` and ``~~`` in ``text[start:end]`` that begin or end no emphasis.

    opaque: spans of code, math, HTML and links. link_texts: spans that are read for themselves.
    """
    hidden = Spans([*opaque, *link_texts])
    left = list(_unmatched(_runs(text, start, end, hidden)))
    if link_texts:
        hidden = Spans(opaque)
        for first, last in link_texts:
            left += _unmatched(_runs(text, first, last, hidden))
        left.sort()
    return iter(left)


def _runs(text: str, start: int, end: int, hidden: Spans) -> Iterator[_Run]:
    for found in _RUN.finditer(text, start, end):
        if not found[1] or hidden.end_around(found.start()) >= 0:
            continue
        first, last = found.span()
        before = text[first - 1] if first > start else "\n"
        behind = text[last] if last < end else "\n"
        is_left = _flanks(behind, before)
        is_right = _flanks(before, behind)
        mark = found[1][0]
        if mark == "_":
            is_left, is_right = (
                is_left and (not is_right or _is_punctuation(before)),
                is_right and (not is_left or _is_punctuation(behind)),
            )
        yield _Run(mark, first, last, can_open=is_left, can_close=is_right)


def _flanks(inner: str, outer: str) -> bool:
    """Return whether a run with these characters inside and outside is flanking on the inner side."""
    if inner.isspace():
        return False
    return not _is_punctuation(inner) or outer.isspace() or _is_punctuation(outer)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _unmatched(runs: Iterable[_Run]) -> Iterator[tuple[int, int]]:
    """Pair the runs up and yield what is left of those that are shown literally."""
    every = list(runs)
    openers: list[_Run] = []
    bottom: dict[tuple[str, bool, int], int] = {}
    for run in every:
        if run.can_close:
            key = (run.mark, run.can_open, run.length % 3)
            while run.length and (opener := _opener(openers, run, bottom.get(key, 0))) >= 0:
                used = _used(openers[opener], run)
                del openers[opener + 1 :]
                openers[opener].length -= used
                openers[opener].end -= used
                run.length -= used
                run.start += used
                if not openers[opener].length:
                    del openers[opener]
            if run.length:
                bottom[key] = len(openers)
        if run.length and run.can_open:
            openers.append(run)
        for known, height in bottom.items():
            if height > len(openers):
                bottom[known] = len(openers)
    for run in every:
        if run.length in _LITERAL[run.mark]:
            yield run.start, run.end


def _opener(openers: list[_Run], closer: _Run, bottom: int) -> int:
    """Return the index of the nearest run that ``closer`` closes, -1 for none."""
    for index in range(len(openers) - 1, bottom - 1, -1):
        opener = openers[index]
        if opener.mark != closer.mark:
            continue
        if closer.mark == "~":
            if opener.length == closer.length:
                return index
            continue
        odd = (opener.can_close or closer.can_open) and (opener.length + closer.length) % 3 == 0
        if not odd or (opener.length % 3 == 0 and closer.length % 3 == 0):
            return index
    return -1


def _used(opener: _Run, closer: _Run) -> int:
    if closer.mark == "~":
        return closer.length
    return 2 if opener.length >= 2 and closer.length >= 2 else 1
