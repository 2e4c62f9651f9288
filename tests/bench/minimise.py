"""Make a text smaller while a predicate holds: by lines, then characters, then simpler words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# Of the candidates, the index of the first that still shows the difference, or None.
FirstThatHolds = Callable[[list[str]], int | None]

_WORD = re.compile(r"[^\W_]+")


def minimise(text: str, first: FirstThatHolds, rounds: int = 6) -> str:
    """Return a small text that `first` still accepts."""
    for _ in range(rounds):
        before = text
        text = "\n".join(_shorter(text.split("\n"), "\n".join, first))
        text = "".join(_shorter(list(text), "".join, first))
        text = _simpler(text, first)
        if text == before:
            break
    return text


def _shorter(parts: list[str], join: Callable[[list[str]], str], first: FirstThatHolds) -> list[str]:
    """Delta debugging: leave out runs of parts, long runs first."""
    size = max(len(parts) // 2, 1)
    while True:
        at, found = 0, False
        while at < len(parts):
            starts = list(range(at, len(parts), size))
            hit = first([join(parts[:start] + parts[start + size :]) for start in starts])
            if hit is None:
                break
            del parts[starts[hit] : starts[hit] + size]
            at, found = starts[hit], True
        if size == 1 and not found:
            return parts
        if not found or size > len(parts):
            size = max(min(size // 2, len(parts) // 2), 1)


def _simpler(text: str, first: FirstThatHolds) -> str:
    """Replace words by ``a``, runs of spaces by one, odd characters by plain ones, where that changes nothing."""
    at = 0
    while True:
        candidates = list(_replacements(text, at))
        hit = first([candidate for _, candidate in candidates]) if candidates else None
        if hit is None:
            return text
        at, text = candidates[hit]


def _replacements(text: str, at: int) -> Iterator[tuple[int, str]]:
    for match in _WORD.finditer(text, at):
        word = "1" if match[0].isdigit() else "a"
        if match[0] != word:
            yield match.start(), text[: match.start()] + word + text[match.end() :]
    for match in re.compile(r"\t|[^\S\n\t ]| {2,}").finditer(text, at):
        yield match.start(), text[: match.start()] + " " + text[match.end() :]
    for match in re.compile(r"[^\x00-\x7f\s\w]|(?<![-*+`~$=_%#.\d])([^\w\s])").finditer(text, at):
        yield match.start() + 1, text[: match.start()] + "a" + text[match.end() :]
