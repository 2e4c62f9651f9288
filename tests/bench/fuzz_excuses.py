"""Differences between vaultkit and the parser model that are right, each with its reason.

A predicate sees the note and both views. It must be narrow: what it accepts is never reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from remark_model import View


@dataclass(frozen=True)
class Excuse:
    """Why a difference is none. holds(text, vaultkit's view, the model's view)."""

    reason: str
    holds: Callable[[str, View, View], bool]


_EMPTY_FOOTNOTE = re.compile(r"^[ \t>]*\[\^[^\]\n]*\]:[ \t]*$", re.MULTILINE)


def _is_empty_footnote(text: str, mine: View, theirs: View) -> bool:
    """Only the type of sections differs: footnoteDefinition in the model, paragraph in vaultkit."""
    if not _EMPTY_FOOTNOTE.search(text) or len(mine["sections"]) != len(theirs["sections"]):
        return False
    pairs = zip(mine["sections"], theirs["sections"], strict=True)
    unequal = [(a, b) for a, b in pairs if a != b]
    same = all(a[1:] == b[1:] and (a[0], b[0]) == ("paragraph", "footnoteDefinition") for a, b in unequal)
    return bool(unequal) and same and all(mine[key] == theirs[key] for key in ("items", "headings", "links"))


EXCUSES: dict[str, Excuse] = {
    "empty footnote definition": Excuse(
        "F13: records show no definition for `[^1]:` without text; the model lists one", _is_empty_footnote
    ),
}


def excuse_of(text: str, mine: View, theirs: View) -> str:
    """Name of the first excuse that holds, "" when the difference counts."""
    return next((name for name, excuse in EXCUSES.items() if excuse.holds(text, mine, theirs)), "")
