"""A note as Obsidian's ``CachedMetadata``: its key names, its order, its positions.

Lines, columns and offsets count from 0, columns and offsets in UTF-16 units; keys of empty lists
are absent. Source: the typings of the npm package ``obsidian`` and recorded caches.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from vaultkit.base.text import decode, line_of, line_starts
from vaultkit.note.links import default_display
from vaultkit.note.model import Link, Note, PropertyLink
from vaultkit.vault.snapshot import Snapshot

Position = dict[str, dict[str, int]]
_SOME_YAML = re.compile(r"^[ \t]*[^#\s]", re.MULTILINE)
_RETURN = re.compile(r"\r(?=\n)")


def positions(note: Note, text: str) -> Callable[[int, int], Position]:
    """Return a function from a span in code points to Obsidian's position.

    Obsidian counts on a text whose line ends are all ``\\n``.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    returns = [] if plain is text else [match.start() for match in _RETURN.finditer(text)]
    starts = note.line_starts if plain is text else line_starts(plain)
    astral = [] if plain.isascii() else [index for index, character in enumerate(plain) if ord(character) > 0xFFFF]

    def point(offset: int) -> dict[str, int]:
        if returns:
            offset -= bisect_left(returns, offset)
        line = line_of(starts, offset)
        start = starts[line]
        before = bisect_left(astral, offset)
        column = offset - start + before - bisect_left(astral, start)
        return {"line": line, "col": column, "offset": offset + before}

    return lambda start, end: {"start": point(start), "end": point(end)}


def cached_metadata(note: Note, text: str) -> dict[str, Any]:
    """Return what Obsidian caches for a note with this text."""
    at = positions(note, text)
    cache: dict[str, Any] = {key: items for key, items in _lists(note, text, at) if items}
    if note.blocks:
        cache["blocks"] = {
            block.id.lower(): {"position": at(block.start, block.end), "id": block.id} for block in note.blocks
        }
    return cache | _frontmatter(note, text, at)


def _lists(note: Note, text: str, at: Callable[[int, int], Position]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the keys that hold a list, in Obsidian's order."""
    yield "links", [_link(link, text, at) for link in note.links if not link.is_embed]
    yield "embeds", [_link(link, text, at) for link in note.links if link.is_embed]
    yield "tags", [{"position": at(tag.start, tag.end), "tag": tag.tag} for tag in note.tags]
    yield (
        "headings",
        [
            {"position": at(heading.start, heading.end), "heading": heading.text, "level": heading.level}
            for heading in note.headings
        ],
    )
    yield "footnotes", [{"position": at(item.start, item.end), "id": item.id.lower()} for item in note.footnotes]
    yield "footnoteRefs", [{"position": at(item.start, item.end), "id": item.id} for item in note.footnote_refs]
    yield (
        "referenceLinks",
        [
            {"position": at(item.start, item.end), "id": item.id, "link": item.linkpath + item.subpath}
            for item in note.reference_definitions
        ],
    )
    yield "sections", _sections(note, at)
    yield (
        "listItems",
        [
            {"position": at(item.start, item.end), "parent": item.parent}
            | ({"task": item.task} if item.task is not None else {})
            | ({"id": item.block_id} if item.block_id else {})
            for item in note.list_items
        ],
    )


def _link(link: Link, text: str, at: Callable[[int, int], Position]) -> dict[str, Any]:
    return {
        "position": at(link.start, link.end),
        "link": link.linktext,
        "original": text[link.start : link.end],
        "displayText": _display(link, text),
    }


def _frontmatter(note: Note, text: str, at: Callable[[int, int], Position]) -> dict[str, Any]:
    matter = note.frontmatter
    if matter is None:
        return {}
    if matter.properties:
        return {
            "frontmatter": _plain(dict(matter.properties)),
            "frontmatterPosition": at(matter.start, matter.end),
            "frontmatterLinks": [
                {
                    "key": link.key,
                    "link": link.linktext,
                    "original": link.original,
                    "displayText": default_display(link.linktext) if link.display is None else link.display,
                }
                for link in note.property_links
            ],
        }
    if matter.error is None and _SOME_YAML.search(text, matter.content_start, matter.content_end):
        return {"frontmatterPosition": at(matter.start, matter.end)}  # an empty mapping, such as "{}"
    return {}


def _display(link: Link, text: str) -> str:
    """Return what Obsidian shows for a link; without a pipe the text as it is written."""
    if link.display is not None:
        return link.display
    return default_display(text[link.target_start : link.target_end].strip())


def _sections(note: Note, at: Callable[[int, int], Position]) -> list[dict[str, Any]]:
    """Return the sections; a footnote that is used adds two empty ones at the end (seen in Obsidian's cache)."""
    sections = [
        {"type": section.kind, "position": at(section.start, section.end)}
        | ({"id": section.block_id} if section.block_id else {})
        for section in note.sections
    ]
    used = {ref.id.lower() for ref in note.footnote_refs}
    if sections and any(item.id.startswith("[inline") or item.id.lower() in used for item in note.footnotes):
        end = max(section.end for section in note.sections)
        sections += [{"type": kind, "position": at(end, end)} for kind in ("text", "element")]
    return sections


def _plain(value: Any) -> Any:
    """The value as JavaScript's JSON would write it: whole floats without a point, no infinities."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {str(key): _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value


def note_metadata(vault: Snapshot, path: str, data: bytes) -> dict[str, Any]:
    """``path``, ``cache`` and ``resolved`` (linktext -> path or None) of one note."""
    note = vault.notes[path]
    resolved = {
        link.linktext: vault.resolve(link.linkpath, path).path
        for link in chain[Link | PropertyLink](note.links, note.property_links)
    }
    return {"path": path, "cache": cached_metadata(note, decode(data).text), "resolved": resolved}


def link_tables(vault: Snapshot) -> dict[str, dict[str, dict[str, int]]]:
    """``resolvedLinks`` and ``unresolvedLinks`` of the whole vault, as the app's cache has them."""
    return {
        "resolvedLinks": {path: dict(targets) for path, targets in vault.resolved.items()},
        "unresolvedLinks": {path: dict(names) for path, names in vault.unresolved.items()},
    }
