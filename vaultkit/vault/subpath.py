"""From subpath to the heading, block or footnote of a note (rules R90 to R95)."""

from __future__ import annotations

import re
from typing import Literal

from vaultkit.base.record import record
from vaultkit.note.model import Note
from vaultkit.vault.files import extension

SubpathKind = Literal["none", "heading", "block", "footnote", "viewer", "missing"]

# All ASCII punctuation but "-", "_" and "'"; treated as a space on both sides.
_DROPPED = re.compile(r"""[!"#$%&()*+,./:;<=>?@\[\\\]^`{|}~\s]+""")


@record
class SubpathTarget:
    """Where in the target a subpath leads. start: offset in the target, 0 unless found there.

    repeats: how often a heading of this text occurs in the note; the first one is opened.
    """

    kind: SubpathKind
    start: int = 0
    repeats: int = 1


def heading_key(heading: str) -> str:
    """The form in which headings are compared.

    >>> heading_key("Results: part 1") == heading_key("results part  1")
    True
    """
    return _DROPPED.sub(" ", heading).strip().casefold()


# The form in which a heading is compared -> where the first of that form starts, and how many there are.
HeadingIndex = dict[str, tuple[int, int]]


def heading_index(note: Note) -> HeadingIndex:
    """The headings of a note, for those who look for many."""
    found: HeadingIndex = {}
    for heading in note.headings:
        key = heading_key(heading.text)
        start, count = found.get(key, (heading.start, 0))
        found[key] = (start, count + 1)
    return found


def find_place(note: Note, subpath: str, headings: HeadingIndex | None = None) -> SubpathTarget:
    """What ``subpath`` ("" or with its "#") names in ``note``. headings: the note's `heading_index`, if it is known."""
    if not subpath.strip("# \t"):
        return SubpathTarget("none")
    if subpath.startswith("#^"):
        wanted = subpath[2:].strip().lower()
        for block in note.blocks:
            if block.id.lower() == wanted:
                return SubpathTarget("block", block.caret)
        return SubpathTarget("missing")
    if subpath.startswith("#[^"):
        wanted = subpath[3:].rstrip("] ").lower()
        for footnote in note.footnotes:
            if footnote.id.lower() == wanted:
                return SubpathTarget("footnote", footnote.start)
        return SubpathTarget("missing")
    return _find_heading(note, subpath, headings)


def _find_heading(note: Note, subpath: str, headings: HeadingIndex | None) -> SubpathTarget:
    """Each name of the chain must be below the one before; levels may be skipped, the first match wins."""
    chain = [key for key in (heading_key(part) for part in subpath.split("#")) if key]
    if not chain:
        return SubpathTarget("none")
    if len(chain) == 1:
        start, count = (heading_index(note) if headings is None else headings).get(chain[0], (-1, 0))
        return SubpathTarget("heading", start, count) if count else SubpathTarget("missing")
    index = 0
    level = 0
    found = None
    for heading in note.headings:
        if index and heading.level <= level:
            index, level = 0, 0
        if heading_key(heading.text) == chain[index]:
            index += 1
            level = heading.level
            if index == len(chain):
                found = heading
                break
    if found is None:
        return SubpathTarget("missing")
    return SubpathTarget("heading", found.start)


def has_places(path: str) -> bool:
    """Subpaths name headings and blocks in notes only; elsewhere they steer the viewer (R18)."""
    return extension(path) == "md"
