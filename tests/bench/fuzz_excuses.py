"""Differences between vaultkit and the parser model that are right, each with its reason.

A predicate sees the note and both views. It must be narrow: what it accepts is never reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from remark_model import View, is_lone_id


@dataclass(frozen=True)
class Excuse:
    """Why a difference is none. holds(text, vaultkit's view, the model's view)."""

    reason: str
    holds: Callable[[str, View, View], bool]


_EMPTY_FOOTNOTE = re.compile(r"^[ \t>]*\[\^[^\]\n]*\]:[ \t]*$", re.MULTILINE)


def _is_empty_footnote(text: str, mine: View, theirs: View) -> bool:
    """The first section that differs is a definition in the model and a paragraph in vaultkit."""
    if not _EMPTY_FOOTNOTE.search(text):
        return False
    unequal = next(((a, b) for a, b in zip(mine["sections"], theirs["sections"]) if a != b), None)
    if unequal is None or "yaml" in (unequal[0][0], unequal[1][0]):
        return False
    (kind_a, *at_a), (kind_b, *at_b) = unequal
    return (kind_a, kind_b) == ("paragraph", "footnoteDefinition") and at_a[:2] == at_b[:2]


def _is_unnamed_id(text: str, mine: View, theirs: View) -> bool:
    """The views are equal without the block ids that come before all sections but the properties."""
    lines = text.removeprefix("\ufeff").split("\n")
    same = all(mine[key] == theirs[key] for key in ("items", "headings", "links"))
    return same and _without_first_ids(mine["sections"], lines) == _without_first_ids(theirs["sections"], lines)


def _without_first_ids(sections: list[tuple[Any, ...]], lines: list[str]) -> list[tuple[Any, ...]]:
    rest = [row for row in sections if row[0] != "yaml"]
    while rest and is_lone_id(rest[0], lines):
        rest = rest[1:]
    return rest


EXCUSES: dict[str, Excuse] = {
    "empty footnote definition": Excuse(
        "F13: records show no definition for `[^1]:` without text; the model lists one", _is_empty_footnote
    ),
    "block id that names nothing": Excuse(
        "F14: no record shows a lone block id before all other sections", _is_unnamed_id
    ),
}


def excuse_of(text: str, mine: View, theirs: View) -> str:
    """Name of the first excuse that holds, "" when the difference counts."""
    return next((name for name, excuse in EXCUSES.items() if excuse.holds(text, mine, theirs)), "")
