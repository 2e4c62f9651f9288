"""Schedules the spaced-repetition plugin keeps in ``<!--SR:…-->`` comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vaultkit.cards.model import Schedule

_COMMENT = re.compile(r"<!--SR:(.*?)-->", re.DOTALL)
# What the plugin writes around a comment when it is set to use callouts.
METADATA_CALLOUT = re.compile(r"[ \t]*>[ \t]*\[!sr\|card-metadata\][+-]?[ \t]*$", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
NEW_CARD_DATE = "2000-01-01"


def comments_in(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The schedule comments in ``text[start:end]``; group 1 holds the entries.

    Nothing is searched behind the last ``-->``: each unclosed comment would be searched to the end.
    """
    close = text.rfind("-->", start, len(text) if end is None else end)
    return _COMMENT.finditer(text, start, close + 3) if close >= 0 else iter(())


def without_comments(text: str, filler: str = "") -> str:
    """The text without its schedule comments.

    filler: one character that stands for each of theirs, so that places stay; "" for none.
    """
    close = text.rfind("-->") + 3
    if close < 3 or "<!--SR:" not in text:
        return text
    return _COMMENT.sub(lambda match: filler * len(match[0]), text[:close]) + text[close:]


def read_entries(body: str) -> tuple[Schedule, ...]:
    """The entries of one comment's inside; a broken entry has an empty due date.

    >>> read_entries("!2024-03-01,4,270")[0].due
    '2024-03-01'
    """
    return tuple([_entry(stripped) for raw in body.split("!") if (stripped := raw.strip())])


def _entry(raw: str) -> Schedule:
    fields = raw.split(",")
    if fields[0] == "fsrs":
        values = [*fields[1:], *[""] * 9][:9]
        state = _number(values[4])
        return Schedule(
            due=_iso_date(values[0][:10]),
            interval=_number(values[1]),
            ease=None,
            algorithm="fsrs",
            is_new=state == 0,
            raw=raw,
            stability=_number(values[2]),
            difficulty=_number(values[3]),
            state=None if state is None else int(state),
            last_review=values[8],
        )
    due = _iso_date(fields[0])
    interval = _number(fields[1]) if len(fields) > 1 else None
    ease = _number(fields[2]) if len(fields) > 2 else None
    if len(fields) != 3 or interval is None or ease is None:
        due = ""
    return Schedule(due, interval, None if ease is None else int(ease), "sm2", due == NEW_CARD_DATE, raw)


def _iso_date(text: str) -> str:
    if _ISO_DATE.fullmatch(text) is None:
        return ""
    try:
        date.fromisoformat(text)
    except ValueError:
        return ""
    return text


def _number(text: str) -> float | None:
    if text.isdecimal() and text.isascii() and len(text) < 16:  # nearly always
        return int(text)
    try:
        value = float(text)
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() else value
