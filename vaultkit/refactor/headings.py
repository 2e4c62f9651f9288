"""Rewrite links to headings whose text changes; a heading may contain such a link itself."""

from __future__ import annotations

import re

from vaultkit.note.links import markdown_destination, nfc
from vaultkit.note.model import Note
from vaultkit.refactor.spelling import Form, encoded_part
from vaultkit.vault.subpath import find_place, heading_key

_NO_NAME = re.compile(r"[\[\]#|^\\:%]+")
_BLANKS = re.compile(r"\s+")


def have_changed(old: Note, new: Note) -> bool:
    """Return whether a heading of the note reads otherwise now, as links compare headings."""
    return [heading_key(heading.text) for heading in old.headings] != [
        heading_key(heading.text) for heading in new.headings
    ]


def respelled_subpath(old: Note, new: Note, subpath: str) -> str | None:
    """The subpath that names in ``new`` the heading that ``subpath`` names in ``old``; None when it may stay.

    The two notes have the same headings, with other texts.

    Raises:
        ValueError: no subpath names that heading any more.
    """
    matched = _matched(old, subpath)
    if matched is None:
        return None
    parts = subpath.split("#")
    for part, index in matched:
        before, after = old.headings[index].text, new.headings[index].text
        if heading_key(before) != heading_key(after):
            parts[part] = _renamed(parts[part], before, after)
    wanted = new.headings[matched[-1][1]].start
    respelled = "#".join(parts)
    found = find_place(new, respelled)
    if found.kind != "heading" or found.start != wanted:
        raise ValueError(subpath)
    return respelled if respelled != subpath else None


def in_place_of(subpath: str, old: str, new: str) -> str | None:
    """The subpath with the headings ``new`` where it names the headings ``old``; None when it names others.

    >>> in_place_of("#Outer#Results", "#results", "#Findings")
    '#Outer#Findings'
    """
    if old.startswith("#^") or subpath.startswith("#^"):
        return new if subpath.strip().lower() == old.strip().lower() else None
    parts = [part for part in subpath.split("#") if part.strip()]
    gone = [heading_key(part) for part in old.split("#") if part.strip()]
    keys = [heading_key(part) for part in parts]
    for start in range(len(keys) - len(gone) + 1):
        if gone and keys[start : start + len(gone)] == gone:
            there = [part for part in new.split("#") if part.strip()]
            return "#" + "#".join([*parts[:start], *there, *parts[start + len(gone) :]])
    return None


def written_subpath(subpath: str, raw: str, form: Form) -> str | None:
    """How a subpath is written in a link where ``raw`` stood; None when it cannot be read back there."""
    if form == "wiki":
        return subpath if not re.search(r"\[|\]|\||\n", subpath) else None
    parts = [encoded_part(part, raw, form) for part in subpath.split("#")]
    text = "#".join(parts)
    if form == "markdown":
        text = text.replace("(", "%28").replace(")", "%29")
    read = markdown_destination("x" + text)
    return text if read is not None and read == ("x", nfc(subpath)) else None


def _matched(note: Note, subpath: str) -> list[tuple[int, int]] | None:
    """(position among the parts of the subpath, index of the heading that it names); None when it names none."""
    place = find_place(note, subpath)
    if place.kind != "heading":
        return None
    wanted = [(number, key) for number, part in enumerate(subpath.split("#")) if (key := heading_key(part))]
    last = next(index for index, heading in enumerate(note.headings) if heading.start == place.start)
    found: list[tuple[int, int]] = []
    level = 0
    for index, heading in enumerate(note.headings[: last + 1]):
        if found and heading.level <= level:
            found, level = [], 0
        if len(found) < len(wanted) and heading_key(heading.text) == wanted[len(found)][1]:
            found.append((wanted[len(found)][0], index))
            level = heading.level
    return found if len(found) == len(wanted) else None


def _renamed(part: str, before: str, after: str) -> str:
    """The part of a subpath that named the heading ``before``, as it names ``after``, in the same manner if possible."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    gone, there = before[start : len(before) - end], after[start : len(after) - end]
    at = part.find(gone) if gone else -1
    while at >= 0:
        candidate = part[:at] + there + part[at + len(gone) :]
        if heading_key(candidate) == heading_key(after) and not _NO_NAME.search(there):
            return candidate
        at = part.find(gone, at + 1)
    return _BLANKS.sub(" ", _NO_NAME.sub(" ", after)).strip()
