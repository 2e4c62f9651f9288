"""Differences between vaultkit and the parser model that are right, each with its reason.

A predicate sees the note and both views. It must be narrow: what it accepts is never reported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remark_model import View


@dataclass(frozen=True)
class Excuse:
    """Why a difference is none. holds(text, vaultkit's view, the model's view)."""

    reason: str
    holds: Callable[[str, View, View], bool]


EXCUSES: dict[str, Excuse] = {}


def excuse_of(text: str, mine: View, theirs: View) -> str:
    """Name of the first excuse that holds, "" when the difference counts."""
    return next((name for name, excuse in EXCUSES.items() if excuse.holds(text, mine, theirs)), "")
