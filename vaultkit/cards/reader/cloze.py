"""Cloze deletions: simple, numbered and overlapping.

Source: the plugin's documentation of cloze patterns; a pattern is written as
``==[123;;]answer[;;hint]==`` with the optional parts in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from vaultkit.base.record import record
from vaultkit.cards.model import Card

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
def _regex(pattern: str) -> re.Pattern[str] | None:
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
    return re.compile(re.escape(opening) + number + r"(?P<answer>[^\n]+?)" + hint + re.escape(closing))


def deletions(text: str, patterns: Sequence[str], is_dead: Callable[[int], bool] | None = None) -> list[Deletion]:
    """The deletions of ``text`` in order; one that begins where ``is_dead`` says so is none."""
    found: list[Deletion] = []
    for pattern in patterns:
        regex = _regex(pattern)
        if regex is None:
            continue
        for match in regex.finditer(text):
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
    """

    def render(gap: Callable[[int, Deletion], str]) -> str:
        pieces: list[str] = []
        position = 0
        for index, deletion in enumerate(found):
            pieces += text[position : deletion.start], gap(index, deletion)
            position = deletion.end
        return "".join(pieces) + text[position:]

    def shown(deletion: Deletion) -> str:
        return deletion.answer

    def hidden(deletion: Deletion) -> str:
        return f"[{deletion.hint}]" if deletion.hint else "[...]"

    back = render(lambda _, deletion: shown(deletion)) + (f"\n\n{extra}" if extra else "")
    cards: list[Card] = []
    if any(deletion.number for deletion in found):
        for number in sorted({deletion.number for deletion in found if deletion.number}):
            front = render(lambda _, d, number=number: hidden(d) if d.number == number else shown(d))  # type: ignore[misc]
            asked = [deletion.answer for deletion in found if deletion.number == number]
            cards.append(Card(front, back, number=number, asked=", ".join(asked)))
    elif any(deletion.steps for deletion in found):
        for step in range(max(len(deletion.steps) for deletion in found)):

            def overlap(_: int, deletion: Deletion, step: int = step) -> str:
                action = deletion.steps[step] if step < len(deletion.steps) else "s"
                return {"a": hidden(deletion), "h": "...", "s": shown(deletion)}[action]

            asked = [d.answer for d in found if d.steps[step : step + 1] == "a"]
            if asked:
                cards.append(Card(render(overlap), back, number=step + 1, asked=", ".join(asked)))
    else:
        for asked_index in range(len(found)):
            front = render(lambda i, d, at=asked_index: hidden(d) if i == at else shown(d))  # type: ignore[misc]
            cards.append(Card(front, back, number=asked_index + 1, asked=found[asked_index].answer))
    return tuple(cards)
