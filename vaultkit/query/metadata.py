"""Tags, aliases, properties, outlines, tasks and words of notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from vaultkit.base.record import record
from vaultkit.base.text import line_of
from vaultkit.note.model import Heading, Note
from vaultkit.note.properties import aliases, property_tags
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot


@record
class TagCount:
    """A tag under its most frequent spelling. count: how often it occurs; files: notes that have it."""

    tag: str
    count: int
    files: tuple[str, ...]


@record
class Alias:
    """Another name of a note."""

    alias: str
    file: str


@record
class PropertyCount:
    """A property. type: as ``.obsidian/types.json`` says, else as its values look. count: notes with it."""

    name: str
    type: str
    count: int


@record
class Task:
    """A list item with a check box. status: the character between the brackets; line: from 1; text: its first line."""

    file: str
    line: int
    status: str
    text: str


@record
class WordCount:
    """words: runs of letters and digits, each Chinese or Japanese character one; characters: of the body."""

    words: int
    characters: int


# Chinese and Japanese are written without spaces: Obsidian's status bar counts each character.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
    r"|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
    r"(?:['’.,_-]?[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f])*"
)


def note_tags(note: Note) -> list[str]:
    """All tags of a note with "#", properties first, as often as they stand (the app's ``getAllTags``)."""
    return [*("#" + tag for tag in property_tags(note.properties)), *(tag.tag for tag in note.tags)]


def tags(vault: Snapshot, paths: Iterable[str] | None = None, *, by_count: bool = False) -> tuple[TagCount, ...]:
    """The tags of the notes at ``paths`` (of all notes when None), by name or by falling count."""
    found: dict[str, tuple[dict[str, int], dict[str, None]]] = {}
    for path in vault.notes if paths is None else paths:
        for tag in note_tags(vault.notes[path]):
            spelled, files = found.setdefault(fold(tag), ({}, {}))
            spelled[tag] = spelled.get(tag, 0) + 1
            files[path] = None
    rows = [
        TagCount(min(spelled, key=lambda tag: (-spelled[tag], tag)), sum(spelled.values()), tuple(sorted(files)))
        for _, (spelled, files) in sorted(found.items())
    ]
    if by_count:
        rows.sort(key=lambda row: -row.count)
    return tuple(rows)


def tag(vault: Snapshot, name: str, *, nested: bool = False, paths: Iterable[str] | None = None) -> TagCount:
    """One tag, with or without "#", in the notes at ``paths`` (in all when None).

    nested: with the tags below it. A tag that nobody uses has count 0.
    """
    wanted = fold("#" + name.strip().lstrip("#").rstrip("/"))
    rows = [
        row
        for row in tags(vault, paths)
        if fold(row.tag) == wanted or (nested and fold(row.tag).startswith(wanted + "/"))
    ]
    files = sorted(set(chain.from_iterable(row.files for row in rows)))
    exact = [row.tag for row in rows if fold(row.tag) == wanted]
    return TagCount(exact[0] if exact else "#" + name.lstrip("#"), sum(row.count for row in rows), tuple(files))


def all_aliases(vault: Snapshot, paths: Iterable[str] | None = None) -> tuple[Alias, ...]:
    """The aliases of the notes at ``paths`` (of all notes when None), by alias."""
    rows = [
        Alias(alias, path)
        for path in (vault.notes if paths is None else paths)
        for alias in aliases(vault.notes[path].properties)
    ]
    return tuple(sorted(rows, key=lambda row: (row.alias.casefold(), row.file)))


def properties(
    vault: Snapshot, paths: Iterable[str] | None = None, *, by_count: bool = False
) -> tuple[PropertyCount, ...]:
    """The properties that the notes at ``paths`` use; names that differ in case only are one."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    for path in vault.notes if paths is None else paths:
        for name, value in vault.notes[path].properties.items():
            key = name.lower()
            names.setdefault(key, name)
            counts[key] = counts.get(key, 0) + 1
            if value is not None:
                kinds.setdefault(key, set()).add(value_type(value))
    told = {name.lower(): kind for name, kind in vault.settings.property_types}
    rows = [
        PropertyCount(names[key], told.get(key) or _one(kinds.get(key, set())), counts[key]) for key in sorted(counts)
    ]
    if by_count:
        rows.sort(key=lambda row: -row.count)
    return tuple(rows)


def value_type(value: Any) -> str:
    """Obsidian's word for the type of a property's value."""
    if isinstance(value, bool):
        return "checkbox"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list):
        return "multitext"
    if isinstance(value, Mapping):
        return "object"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return "date"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", value):
        return "datetime"
    return "text"


def _one(kinds: set[str]) -> str:
    return kinds.pop() if len(kinds) == 1 else "text"


def property_value(note: Note, name: str) -> tuple[bool, Any]:
    """Whether the note has the property, its name in any case, and its value."""
    for key, value in note.properties.items():
        if key.lower() == name.lower():
            return True, value
    return False, None


def outline_tree(headings: Iterable[Heading]) -> list[str]:
    """The headings as lines of a tree; a skipped level is no level of the tree.

    >>> print("\\n".join(outline_tree([Heading(0, 0, 1, "A"), Heading(0, 0, 3, "B"), Heading(0, 0, 1, "C")])))
    ├── A
    │   └── B
    └── C
    """
    levels: list[int] = []
    rows: list[tuple[int, str]] = []
    for heading in headings:
        while levels and levels[-1] >= heading.level:
            levels.pop()
        rows.append((len(levels), heading.text))
        levels.append(heading.level)
    lines: list[str] = []
    open_depths: set[int] = set()  # depths at which a later line continues the branch
    for depth, text in reversed(rows):
        is_last = depth not in open_depths
        open_depths = {other for other in open_depths if other <= depth} | {depth}
        stem = "".join("│   " if other in open_depths else "    " for other in range(depth))
        lines.append(f"{stem}{'└' if is_last else '├'}── {text}")
    return lines[::-1]


def tasks(path: str, note: Note, text: str) -> list[Task]:
    """The tasks of a note, in order."""
    found = []
    for item in note.list_items:
        if item.task is not None:
            end = text.find("\n", item.start, item.end)
            line = text[item.start : end if end >= 0 else item.end].rstrip()
            found.append(Task(path, line_of(note.line_starts, item.start) + 1, item.task, line))
    return found


def word_count(note: Note, text: str) -> WordCount:
    """Words and characters of a note without its property block."""
    body = text[note.frontmatter.end :].lstrip("\r\n") if note.frontmatter else text
    return WordCount(sum(1 for _ in _WORD.finditer(body)), len(body))
