"""What other files can see of a note, in parts: which findings and facts elsewhere an edit can change.

An edit that leaves an aspect equal cannot change what depends on that aspect only. Most edits change prose
and leave all of them equal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vaultkit.note.model import Note
from vaultkit.note.properties import aliases

# What a note's links and embeds name, in order, wherever they stand.
LINKS = "links"
# Names that the note links to and no file has.
WANTED = "wanted"
# The note's embeds with their positions.
EMBEDS = "embeds"
# Headings, block ids and footnotes that links can name.
PLACES = "places"
ALIASES = "aliases"
# Tags of the body and of the properties, with their positions.
TAGS = "tags"
# The property block with its position.
PROPERTIES = "properties"
# What a gathering rule took from the note's text (`vaultkit.lint.rule`).
GATHERED = "gathered"
# For what depends on every edit.
EVERYTHING = ("everything",)

Resolves = Callable[[str], bool]


def changed_aspects(before: Note, after: Note, resolves: Resolves) -> frozenset[str]:
    """Return the aspects in which two versions of a note differ.

    resolves: whether a linkpath in the note opens a file; the files of the vault are the same for both versions.
    """
    found = {aspect for aspect, value in _VALUES.items() if value(before) != value(after)}
    if LINKS in found and _wanted(before, resolves) != _wanted(after, resolves):
        found.add(WANTED)
    return frozenset(found)


def _links(note: Note) -> list[Any]:
    return [
        [(link.linkpath, link.subpath, link.is_embed, link.syntax, link.in_comment) for link in note.links],
        [(link.linkpath, link.subpath) for link in note.property_links],
        [(entry.linkpath, entry.subpath) for entry in note.reference_definitions],
    ]


def _wanted(note: Note, resolves: Resolves) -> list[str]:
    named: list[Any] = [*note.links, *note.property_links, *note.reference_definitions]
    return sorted(one.linkpath for one in named if not resolves(one.linkpath))


def places_of(note: Note) -> list[Any]:
    """Return what links can name in a note, in order."""
    return [
        note.fault,
        [(heading.level, heading.text) for heading in note.headings],
        [block.id for block in note.blocks],
        [footnote.id for footnote in note.footnotes],
        note.frontmatter is not None and "excalidraw-plugin" in note.frontmatter.properties,
    ]


_VALUES: dict[str, Callable[[Note], Any]] = {
    LINKS: _links,
    EMBEDS: lambda note: [link for link in note.links if link.is_embed],
    PLACES: places_of,
    ALIASES: lambda note: aliases(note.properties),
    TAGS: lambda note: (note.tags, note.frontmatter),
    PROPERTIES: lambda note: note.frontmatter,
}
