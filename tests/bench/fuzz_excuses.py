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


_EMPTY_FOOTNOTE = re.compile(r"^[ \t>*+\-\d.)]*\[\^[^\]\n]*\]:[ \t]*$", re.MULTILINE)
_FIRST_ID = re.compile(r"(?:---\n(?:.*\n)*?---\s*)?\s*\^[A-Za-z0-9-]+[ \t]*(?:\n|$)")
_HARD_BREAK = re.compile(r" {2,}\n|\\\n")


def _has_empty_footnote(text: str, mine: View, theirs: View) -> bool:
    return _EMPTY_FOOTNOTE.search(text) is not None


def _is_hard_break(text: str, mine: View, theirs: View) -> bool:
    """Only the white space in the text of Markdown links differs."""
    if not _HARD_BREAK.search(text) or any(mine[key] != theirs[key] for key in ("sections", "items", "headings")):
        return False
    bare = [sorted((row[:3], "".join((row[3] or "").split())) for row in view["links"]) for view in (mine, theirs)]
    return bare[0] == bare[1]


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


_BLANK_WIKILINK = re.compile(r"\[\[\s+(?:\||\]\])")
_MARK_IN_TAG = re.compile(r"#[^\s#\[\]()]*[_~]")
_BEHIND_COMMENT = re.compile(r"%%[ \t]*(?:[-*+>]|\d+[.)])")


def _is_blank_wikilink(text: str, mine: View, theirs: View) -> bool:
    """The views are equal without wikilinks that have no name."""
    if not _BLANK_WIKILINK.search(text):
        return False
    same = all(mine[key] == theirs[key] for key in ("sections", "items", "headings"))
    named = [[row for row in view["links"] if row[2]] for view in (mine, theirs)]
    return same and named[0] == named[1]


def _is_mark_in_tag(text: str, mine: View, theirs: View) -> bool:
    """Only links differ in a note that has a tag with a mark of emphasis in it."""
    same = all(mine[key] == theirs[key] for key in ("sections", "items", "headings"))
    return same and _MARK_IN_TAG.search(text) is not None


def _is_behind_comment(text: str, mine: View, theirs: View) -> bool:
    """Only columns of items differ in a note where a list or quote is on the line that closes a comment."""
    same = all(mine[key] == theirs[key] for key in ("sections", "headings", "links"))
    lines = [[row[0] for row in view["items"]] for view in (mine, theirs)]
    return same and lines[0] == lines[1] and _BEHIND_COMMENT.search(text) is not None


EXCUSES: dict[str, Excuse] = {
    "wikilink without a name": Excuse("no record shows `[[ ]]`; vaultkit reads no link", _is_blank_wikilink),
    "mark of emphasis in a tag": Excuse("the model knows no tags; vaultkit reads the tag first", _is_mark_in_tag),
    "list behind a comment": Excuse(
        "no record shows a list on the line that closes a comment; the model counts its columns twice",
        _is_behind_comment,
    ),
    "empty footnote definition": Excuse(
        "F13: records show no definition for `[^1]:` without text; the model lists one", _has_empty_footnote
    ),
    "hard break in link text": Excuse(
        "F11: no record shows whether a line break stays in the text of a link; the model drops it", _is_hard_break
    ),
    "block id that names nothing": Excuse(
        "F14: no record shows a lone block id before all other sections", _is_unnamed_id
    ),
}


def is_unsure(text: str) -> bool:
    """Whether no record shows what Obsidian makes of the note, so that no case should expect anything."""
    return bool(_EMPTY_FOOTNOTE.search(text) or _FIRST_ID.match(text) or ("](" in text and _HARD_BREAK.search(text)))


def excuse_of(text: str, mine: View, theirs: View) -> str:
    """Name of the first excuse that holds, "" when the difference counts."""
    return next((name for name, excuse in EXCUSES.items() if excuse.holds(text, mine, theirs)), "")
