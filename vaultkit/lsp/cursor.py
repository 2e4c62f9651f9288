"""What stands at an offset of a note: a link, a heading, a tag, a block id or a property."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from vaultkit.base.record import record
from vaultkit.note.model import Link, Note, PropertyLink, ReferenceDefinition
from vaultkit.note.property_places import property_places

Written = Link | PropertyLink | ReferenceDefinition
Kind = Literal["link", "heading", "tag", "block", "property"]


@record
class AtCursor:
    """What stands somewhere. name: the tag without "#", the block id or the property; index: of a heading.

    start, end: of the whole. link: None unless it is a link. in_subpath: the cursor is behind the link's "#".
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    index: int = -1
    link: Written | None = None
    in_subpath: bool = False


def links_of(note: Note) -> Iterator[Written]:
    """All links of a note: of the body, of properties and of reference definitions."""
    yield from note.links
    yield from note.property_links
    yield from note.reference_definitions


def at_cursor(note: Note, text: str, offset: int) -> AtCursor | None:
    """Return what stands at ``offset``; None for plain text."""
    linked = [link for link in links_of(note) if link.start <= offset <= link.end]
    if linked:
        link = min(linked, key=lambda one: one.end - one.start)
        start, end = _target_span(link)
        hash_ = text.find("#", start, end)
        return AtCursor("link", link.start, link.end, link=link, in_subpath=0 <= hash_ < offset and bool(link.subpath))
    for reference in note.reference_links:
        if reference.start <= offset <= reference.end:
            wanted = reference.id.casefold()
            found = next((one for one in note.reference_definitions if one.id.casefold() == wanted), None)
            if found is not None:
                return AtCursor("link", reference.start, reference.end, link=found)
    for tag in note.tags:
        if tag.start <= offset <= tag.start + len(tag.tag):
            return AtCursor("tag", tag.start, tag.start + len(tag.tag), tag.tag[1:])
    for block in note.blocks:
        if block.caret <= offset <= block.caret + 1 + len(block.id):
            return AtCursor("block", block.caret, block.caret + 1 + len(block.id), block.id)
    for index, heading in enumerate(note.headings):
        if heading.start <= offset <= heading.end:
            return AtCursor("heading", heading.start, heading.end, heading.text, index)
    return _in_properties(note, text, offset)


def _target_span(link: Written) -> tuple[int, int]:
    return (link.start, link.end) if isinstance(link, PropertyLink) else (link.target_start, link.target_end)


def _in_properties(note: Note, text: str, offset: int) -> AtCursor | None:
    matter = note.frontmatter
    if matter is None or not matter.content_start <= offset <= matter.content_end:
        return None
    at = matter.content_start
    for place in property_places(text[at : matter.content_end]):
        if at + place.name_start <= offset <= at + place.name_end:
            return AtCursor("property", at + place.name_start, at + place.name_end, place.name)
        if place.name.lower() != "tags":
            continue
        for one in place.texts:
            if at + one.start <= offset <= at + one.end:
                return AtCursor("tag", at + one.start, at + one.end, one.value.strip().removeprefix("#"))
    return None
