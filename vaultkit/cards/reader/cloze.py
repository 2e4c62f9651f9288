"""Cloze deletions: simple, numbered and overlapping.

Source: the plugin's documentation of cloze patterns; a pattern is written as
``==[123;;]answer[;;hint]==`` with the optional parts in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from vaultkit.base.record import record
from vaultkit.cards.model import Card

# No block that is studied has so many; the cards of one block repeat its text, so they must have a limit.
MOST_SIBLINGS = 500
_MOST_CHARACTERS = 20_000_000
_OPTIONAL_AT_END = re.compile(r"\[([^\]]*)\]$")


@record
class Deletion:
    """One deletion. start, end: with its marks.  number: 0 when it has none.  steps: of a, s, h, or ""."""

    start: int
    end: int
    answer: str
    hint: str
    number: int
    steps: str


def opening_of(pattern: str) -> str:
    """The text with which a deletion of this pattern begins; "" when the pattern is none.

    >>> opening_of("==[123;;]answer[;;hint]==")
    '=='
    """
    head, found, _ = pattern.partition("answer")
    match = _OPTIONAL_AT_END.search(head)
    return (head[: match.start()] if match else head) if found else ""


@lru_cache(maxsize=32)
def _regex(pattern: str) -> tuple[re.Pattern[str], str] | None:
    """What finds the deletions of a pattern, and the text that closes one; None when the pattern is none."""
    head, _, tail = pattern.partition("answer")
    opening, number = opening_of(pattern), ""
    match = _OPTIONAL_AT_END.search(head)
    if match:
        separator = re.escape(match[1].removeprefix("123"))
        number = f"(?:(?:(?P<number>[0-9]+)|(?P<steps>[ash]+)){separator})?"
    closing, hint = tail, ""
    match = re.match(r"\[([^\]]*)\]", tail)
    if match:
        closing = tail[match.end() :]
        separator = re.escape(match[1].removesuffix("hint"))
        hint = f"(?:{separator}(?P<hint>[^\n]+?))?"
    if not opening or not closing:
        return None
    regex = re.compile(re.escape(opening) + number + r"(?P<answer>[^\n]+?)" + hint + re.escape(closing))
    return regex, closing


def found_in_lines(regex: re.Pattern[str], closing: str, text: str) -> Iterator[re.Match[str]]:
    """The matches in each line; nothing is searched behind the last ``closing`` of a line."""
    start = 0 if closing else len(text)
    while start < len(text):
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        last = text.rfind(closing, start, line_end)
        if last >= 0:
            yield from regex.finditer(text, start, last + len(closing))
        start = line_end + 1


def deletions(text: str, patterns: Sequence[str], is_dead: Callable[[int], bool] | None = None) -> list[Deletion]:
    """The deletions of ``text`` in order; one that begins where ``is_dead`` says so is none."""
    found: list[Deletion] = []
    for pattern in patterns:
        known = _regex(pattern)
        if known is None:
            continue
        for match in found_in_lines(*known, text):
            if is_dead is not None and (is_dead(match.start()) or is_dead(match.end() - 1)):
                continue
            answer = match["answer"]
            if not answer.strip("= ") or not answer.strip():
                continue
            groups = match.groupdict()
            found.append(
                Deletion(
                    match.start(),
                    match.end(),
                    answer,
                    groups.get("hint") or "",
                    int((groups.get("number") or "0")[:9]),
                    groups.get("steps") or "",
                )
            )
    found.sort(key=lambda deletion: deletion.start)
    kept: list[Deletion] = []
    for deletion in found:
        if not kept or deletion.start >= kept[-1].end:
            kept.append(deletion)
    return kept


def cloze_cards(text: str, found: Sequence[Deletion], extra: str = "") -> tuple[Card, ...]:
    """The sibling cards of a text with deletions; ``extra`` is shown with the answer only.

    Numbered beats overlapping beats simple for the whole text; only numbers that exist make siblings.
    At most `MOST_SIBLINGS`, fewer of a very long text.
    """
    back = _rendered(text, found, [deletion.answer for deletion in found])
    if extra:
        back += f"\n\n{extra}"
    most = max(min(MOST_SIBLINGS, _MOST_CHARACTERS // (len(text) + 1)), 1)
    if any(deletion.number for deletion in found):
        numbers = sorted({deletion.number for deletion in found if deletion.number})[:most]
        return tuple([_numbered(text, found, number, back) for number in numbers])
    if any(deletion.steps for deletion in found):
        steps = range(min(max(len(deletion.steps) for deletion in found), most))
        return tuple([card for step in steps if (card := _overlapping(text, found, step, back)) is not None])
    return tuple(_simple(text, found, most, back))


def _rendered(text: str, found: Sequence[Deletion], shown: Sequence[str]) -> str:
    """The text with each deletion replaced."""
    pieces: list[str] = []
    position = 0
    for deletion, words in zip(found, shown, strict=True):
        pieces += text[position : deletion.start], words
        position = deletion.end
    return "".join(pieces) + text[position:]


def _gap(deletion: Deletion) -> str:
    return f"[{deletion.hint}]" if deletion.hint else "[...]"


def _numbered(text: str, found: Sequence[Deletion], number: int, back: str) -> Card:
    shown = [_gap(deletion) if deletion.number == number else deletion.answer for deletion in found]
    asked = ", ".join([deletion.answer for deletion in found if deletion.number == number])
    return Card(_rendered(text, found, shown), back, number=number, asked=asked)


def _overlapping(text: str, found: Sequence[Deletion], step: int, back: str) -> Card | None:
    """The card of one step; None when it asks nothing."""
    asked = [deletion.answer for deletion in found if deletion.steps[step : step + 1] == "a"]
    if not asked:
        return None
    shown = [
        {"a": _gap(deletion), "h": "..."}.get(deletion.steps[step : step + 1], deletion.answer) for deletion in found
    ]
    return Card(_rendered(text, found, shown), back, number=step + 1, asked=", ".join(asked))


def _simple(text: str, found: Sequence[Deletion], most: int, back: str) -> Iterator[Card]:
    """One card for each deletion: the answers with one gap in them."""
    answers = _rendered(text, found, [deletion.answer for deletion in found])
    shift = 0
    for at, deletion in enumerate(found[:most]):
        start = deletion.start - shift
        front = answers[:start] + _gap(deletion) + answers[start + len(deletion.answer) :]
        shift += deletion.end - deletion.start - len(deletion.answer)
        yield Card(front, back, number=at + 1, asked=deletion.answer)
