"""``parse_note``: the bytes of a note to a `Note`. Pure, total, positions kept."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from vaultkit.base.record import field_names
from vaultkit.base.text import decode, line_starts
from vaultkit.note.blocks import BlockReader
from vaultkit.note.comments import read_block_ids, read_comments
from vaultkit.note.definitions import normal_label
from vaultkit.note.found import Found
from vaultkit.note.model import Footnote, Frontmatter, Link, Note, PropertyLink, ReferenceLink, Tag
from vaultkit.note.properties import frontmatter, property_links
from vaultkit.note.spans import Spans
from vaultkit.note.unfinished import unclosed_wikilinks, unencoded_destinations
from vaultkit.note.view import TextView

_NO_SPANS = Spans(())


def parse_note(data: bytes) -> Note:
    """Return everything vaultkit knows of one note. Never raises: odd input is a value."""
    decoded = decode(data)
    if decoded.fault:
        return unread_note(decoded.fault, decoded.has_bom)
    return parse_text(decoded.text, decoded.has_bom)


def unread_note(fault: str, has_bom: bool = False) -> Note:
    """Return a note of which nothing could be read, and why."""
    return Note(fault, has_bom, 0, (0,), None, *[()] * 16)


def parse_text(text: str, has_bom: bool = False) -> Note:
    """Return the same for text that is already decoded."""
    matter = frontmatter(text) if text.startswith("---") else None
    if "\r" not in text:
        return _note(text, text, matter, matter.end if matter else 0, has_bom)
    # Obsidian parses the text with plain line feeds; the offsets here stay those of the text.
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(plain) == len(text):
        return _note(text, plain, matter, matter.end if matter else 0, has_bom)
    body = matter.end - text.count("\r\n", 0, matter.end) if matter else 0
    note = _note(plain, plain, None, body, has_bom)
    return _with_returns(note, text, plain, matter)


def _note(text: str, plain: str, matter: Frontmatter | None, body: int, has_bom: bool) -> Note:
    """Read ``plain`` from ``body`` on; text: the same with its own line ends, of equal length."""
    starts = line_starts(plain)
    found = Found()
    view = TextView(plain)
    BlockReader(view, starts, found).read(view, body, len(plain), 0)
    if matter:
        found.sections.insert(0, (0, matter.end, "yaml", None))
    if len(found.links) > 1:
        found.links.sort(key=lambda link: (link.start, -link.end))
    has_comments = "%" in plain and "%%" in plain
    has_carets = "^" in plain
    dead = _NO_SPANS
    has_unclosed, has_unencoded = _has_unfinished(plain, body, found)
    if found.dead and (has_comments or has_carets or has_unclosed or has_unencoded):
        dead = Spans([(span.start, span.end) for span in found.dead])
    comments = read_comments(plain, body, dead, found.block_comments) if has_comments else []
    if comments:
        _mark_commented(found, Spans(comments))
    blocks = read_block_ids(plain, body, dead, found, starts) if has_carets else []
    malformed = found.malformed
    if has_unclosed or has_unencoded:
        taken = Spans(
            [(link.start, link.end) for link in found.links] + [(link.start, link.end) for link in found.external_links]
        )
        if has_unclosed:
            malformed += unclosed_wikilinks(plain, body, dead, taken)
        if has_unencoded:
            malformed += unencoded_destinations(plain, body, dead, taken)
    if len(malformed) > 1:
        malformed.sort(key=lambda item: item.start)
    return Note(
        "",
        has_bom,
        len(text),
        starts if plain is text else line_starts(text),
        matter,
        _links_in(matter, text) if matter else (),
        tuple(found.links),
        tuple(found.tags),
        tuple(found.headings),
        tuple(found.sections),
        tuple(found.list_items),
        tuple(blocks),
        tuple(found.callouts),
        tuple(_footnotes(found)) if found.inline_notes else tuple(found.footnotes),
        tuple(found.footnote_refs),
        tuple(found.definitions),
        tuple(_defined(found)) if found.defined else (),
        tuple(found.external_links),
        tuple(found.dead),
        tuple(comments),
        tuple(malformed),
    )


def _has_unfinished(text: str, start: int, found: Found) -> tuple[bool, bool]:
    """Return whether there are more ``[[`` than wikilinks, and more ``](`` than Markdown links."""
    at = text.find("[", start)
    if at < 0:
        return False, False
    wikilinks = sum([link.syntax == "wiki" for link in found.links])
    has_unclosed = text.count("[[", at) != wikilinks
    return has_unclosed, text.count("](", at) != len(found.links) - wikilinks + len(found.external_links)


def _mark_commented(found: Found, comments: Spans) -> None:
    """Note which links and tags are in comments."""
    end_around = comments.end_around
    found.links = [_in_comment(link) if end_around(link.start) >= 0 else link for link in found.links]
    found.tags = [Tag(tag.start, tag.end, tag.tag, True) if end_around(tag.start) >= 0 else tag for tag in found.tags]


def _footnotes(found: Found) -> list[Footnote]:
    """Return the definitions, then the inline notes, which are numbered in Obsidian's cache."""
    notes = [Footnote(start, end, f"[inline{index}") for index, (start, end) in enumerate(sorted(found.inline_notes))]
    return [*found.footnotes, *notes]


def _defined(found: Found) -> list[ReferenceLink]:
    """Return the reference links whose id is defined anywhere in the note."""
    links = [link for link in found.reference_links if normal_label(link.id) in found.defined]
    return sorted(links, key=lambda link: link.start)


def _links_in(matter: Frontmatter, text: str) -> tuple[PropertyLink, ...]:
    if text.find("[", matter.content_start, matter.content_end) < 0:
        return ()
    return property_links(matter.properties, text, matter.content_start, matter.content_end)


def _in_comment(link: Link) -> Link:
    return Link(
        link.start, link.end, link.linkpath, link.subpath, link.display, link.is_embed, link.syntax,
        link.target_start, link.target_end, True,
    )  # fmt: skip


# The fields of a note's records that are offsets.
_OFFSETS = frozenset(("start", "end", "target_start", "target_end", "caret"))


def _with_returns(note: Note, text: str, plain: str, matter: Frontmatter | None) -> Note:
    """Return the note with offsets in ``text``, whose line ends are ``\\r\\n`` where ``plain`` has ``\\n``."""
    returns: list[int] = []
    at = text.find("\r\n")
    while at >= 0:
        returns.append(at - len(returns))
        at = text.find("\r\n", at + 2)

    def shift(offset: int) -> int:
        return offset + bisect_left(returns, offset)

    def moved(record: Any) -> Any:
        names = field_names(record)
        values = [getattr(record, name) for name in names]
        return type(record)(*[shift(value) if name in _OFFSETS else value for name, value in zip(names, values)])

    sections = [(shift(start), shift(end), kind, block_id) for start, end, kind, block_id in note.section_rows]
    if matter:
        sections.insert(0, (0, matter.end, "yaml", None))
    items = [(shift(start), shift(end), *rest) for start, end, *rest in note.list_item_rows]
    return Note(
        fault="",
        has_bom=note.has_bom,
        length=len(text),
        line_starts=line_starts(text),
        frontmatter=matter,
        property_links=_links_in(matter, text) if matter else (),
        links=tuple(map(moved, note.links)),
        tags=tuple(map(moved, note.tags)),
        headings=tuple(map(moved, note.headings)),
        section_rows=tuple(sections),
        list_item_rows=tuple(items),  # type: ignore[arg-type]
        blocks=tuple(map(moved, note.blocks)),
        callouts=tuple(map(moved, note.callouts)),
        footnotes=tuple(map(moved, note.footnotes)),
        footnote_refs=tuple(map(moved, note.footnote_refs)),
        reference_definitions=tuple(map(moved, note.reference_definitions)),
        reference_links=tuple(map(moved, note.reference_links)),
        external_links=tuple(map(moved, note.external_links)),
        dead=tuple(map(moved, note.dead)),
        comments=tuple((shift(start), shift(end)) for start, end in note.comments),
        malformed=tuple(map(moved, note.malformed)),
    )
