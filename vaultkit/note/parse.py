"""``parse_note``: the bytes of a note to a `Note`. Pure, total, positions kept."""

from __future__ import annotations

from vaultkit.note import inline
from vaultkit.note.blocks import read_blocks
from vaultkit.note.model import Dead, Frontmatter, Link, Malformed, Note, PropertyLink, Tag
from vaultkit.note.properties import frontmatter, property_links
from vaultkit.text import decode, line_starts

_UNCLOSED = ("unclosed-wikilink", "unclosed-embed")


def parse_note(data: bytes) -> Note:
    """Everything vaultkit knows of one note. Never raises: odd input is a value."""
    decoded = decode(data)
    if decoded.fault:
        return unread_note(decoded.fault, decoded.has_bom)
    return parse_text(decoded.text, decoded.has_bom)


def unread_note(fault: str, has_bom: bool = False) -> Note:
    """A note of which nothing could be read, and why."""
    return Note(fault, has_bom, 0, (0,), None, *[()] * 16)


def parse_text(text: str, has_bom: bool = False) -> Note:
    """The same for text that is already decoded."""
    starts = line_starts(text)
    matter = frontmatter(text) if text.startswith("---") else None
    body = matter.end if matter else 0
    found = read_blocks(text, body, starts)
    malformed: list[Malformed] = found.malformed
    if matter:
        found.sections.insert(0, (0, matter.end, "yaml", None))
    alive = inline.alive_spans(found.dead)
    links: list[Link] = found.links
    if links:
        links = [link for link in links if alive.end_around(link.start) < 0]
    if "[[" in text:
        wikilinks = inline.read_wikilinks(text, body, alive, malformed)
        links = inline.merge_links(wikilinks, sorted(links, key=lambda link: link.start))
    elif links:
        links = inline.merge_links([], sorted(links, key=lambda link: link.start))
    comments = inline.read_comments(text, body, alive, found.block_comments) if "%%" in text else found.block_comments
    tags: list[Tag] = []
    if "#" in text:
        no_tags = inline.Spans(
            [
                *((span.start, span.end) for span in found.dead),
                *((link.start if link.syntax == "wiki" else link.target_start, link.end) for link in links),
                *((link.end - len(link.destination) - 1, link.end) for link in found.external_links),
            ]
        )
        tags = list(inline.read_tags(text, body, no_tags, found))
    if comments:
        inside = inline.Spans(comments)
        links = [_flagged_link(link) if inside.end_around(link.start) >= 0 else link for link in links]
        tags = [Tag(tag.start, tag.end, tag.tag, True) if inside.end_around(tag.start) >= 0 else tag for tag in tags]
    blocks = inline.read_block_ids(text, body, alive, found, starts) if "^" in text else ()
    refs = inline.read_footnote_refs(text, body, alive) if "[^" in text else ()
    definitions = inline.read_definitions(text, body, alive) if "]:" in text else ()
    if "](" in text:
        taken = inline.Spans(
            [(link.start, link.end) for link in links] + [(link.start, link.end) for link in found.external_links]
        )
        # "[[Guide] to git](https://…)" is a link with a bracket in its text.
        malformed = [item for item in malformed if item.kind not in _UNCLOSED or taken.end_around(item.start) < 0]
        malformed.extend(inline.read_unencoded(text, body, alive, taken))
    return Note(
        fault="",
        has_bom=has_bom,
        length=len(text),
        line_starts=starts,
        frontmatter=matter,
        property_links=_links_in(matter, text) if matter else (),
        links=tuple(links),
        tags=tuple(tags),
        headings=tuple(found.headings),
        section_rows=tuple(found.sections),
        list_item_rows=tuple(found.list_items),
        blocks=blocks,
        callouts=tuple(found.callouts),
        footnotes=tuple(found.footnotes),
        footnote_refs=refs,
        reference_definitions=definitions,
        reference_links=tuple(found.reference_links),
        external_links=tuple(found.external_links),
        dead=tuple(_dead(alive)) if len(found.dead) != len(alive.starts) else tuple(found.dead),
        comments=tuple(comments),
        malformed=tuple(sorted(malformed, key=lambda item: item.start)) if malformed else (),
    )


def _links_in(matter: Frontmatter, text: str) -> tuple[PropertyLink, ...]:
    if text.find("[", matter.content_start, matter.content_end) < 0:
        return ()
    return property_links(matter.properties, text, matter.content_start, matter.content_end)


def _dead(alive: inline.Spans) -> list[Dead]:
    return [Dead(start, end, "code") for start, end in zip(alive.starts, alive.ends, strict=True)]


def _flagged_link(link: Link) -> Link:
    return Link(
        link.start, link.end, link.linkpath, link.subpath, link.display, link.is_embed, link.syntax,
        link.target_start, link.target_end, True,
    )  # fmt: skip
