"""What links open, as places in files; and which links open a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vaultkit.lsp.cursor import AtCursor, Written, links_of
from vaultkit.lsp.vaults import EditedVault
from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags
from vaultkit.note.property_places import property_places
from vaultkit.vault.subpath import SubpathTarget, find_place, has_places


def target_of(vault: EditedVault, path: str, link: Written) -> tuple[str | None, SubpathTarget]:
    """The file that a link in the note ``path`` opens, None for nothing, and the place in it."""
    target = vault.snapshot.resolve(link.linkpath, path).path
    if target is None:
        return None, SubpathTarget("none")
    note = vault.note(target)
    if not link.subpath or note is None or not has_places(target):
        return target, vault.snapshot.place(target, link.subpath)
    return target, find_place(note, link.subpath)


def location_of(vault: EditedVault, path: str, link: Written) -> dict[str, Any] | None:
    """The location that a link opens; None if it opens nothing."""
    target, place = target_of(vault, path, link)
    if target is None:
        return None
    lines = vault.lines(target) if target in vault.snapshot.notes else None
    start = place.start if place.kind in ("heading", "block", "footnote") else 0
    zero = {"line": 0, "character": 0}
    range_ = lines.range(start, start) if lines is not None else {"start": zero, "end": zero}
    return {"uri": vault.uri(target), "range": range_}


def links_to(vault: EditedVault, target: str, start: int | None = None) -> Iterator[tuple[str, Written]]:
    """All links that open a file, or the heading or block at ``start`` in it: (source, link)."""
    for source in sorted(vault.snapshot.notes):
        note = vault.note(source)
        if note is None:
            continue
        for link in links_of(note):
            if vault.snapshot.resolve(link.linkpath, source).path != target:
                continue
            if start is None:
                yield source, link
            elif link.subpath:
                _, place = target_of(vault, source, link)
                if place.kind in ("heading", "block") and place.start == start:
                    yield source, link


def tag_places(vault: EditedVault, tag: str) -> Iterator[tuple[str, int, int]]:
    """Where a tag or one below it is written: (note, start, end)."""
    wanted = tag.lower()

    def fits(name: str) -> bool:
        name = name.lower()
        return name == wanted or name.startswith(wanted + "/")

    for path in sorted(vault.snapshot.notes):
        note = vault.note(path)
        if note is None:
            continue
        for one in note.tags:
            if fits(one.tag[1:]):
                yield path, one.start, one.start + len(one.tag)
        if any(fits(name) for name in property_tags(note.properties)):
            yield from _in_properties(vault, path, note, fits)


def _in_properties(vault: EditedVault, path: str, note: Note, fits: Any) -> Iterator[tuple[str, int, int]]:
    matter = note.frontmatter
    if matter is None:
        return
    at = matter.content_start
    for place in property_places(vault.text(path)[at : matter.content_end]):
        if place.name.lower() == "tags":
            for text in place.texts:
                if fits(text.value.strip().removeprefix("#")):
                    yield path, at + text.start, at + text.end


def place_at(vault: EditedVault, path: str, found: AtCursor) -> tuple[str, int | None] | None:
    """The file and, for a heading or block, the offset in it, that is meant at the cursor; None for no place."""
    note = vault.note(path)
    if note is None:
        return None
    if found.kind == "heading":
        return path, note.headings[found.index].start
    if found.kind == "block":
        return path, found.start
    if found.link is None:
        return None
    target, place = target_of(vault, path, found.link)
    if target is None:
        return None
    return target, place.start if found.in_subpath and place.kind in ("heading", "block") else None
