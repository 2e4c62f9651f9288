"""Edits of the links in one note, canvas or base when files move."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain

from vaultkit.base.json_spans import JsonText, edits_within, json_texts
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.note.links import nfc
from vaultkit.note.model import Link, Note, PropertyLink, ReferenceDefinition
from vaultkit.note.parse import parse_text
from vaultkit.note.yaml_reading import text_places
from vaultkit.refactor.headings import written_subpath
from vaultkit.refactor.spelling import Form

# (linkpath, raw linkpath, form) -> what to write for the raw one; None when it may stay.
RespellPath = Callable[[str, str, Form], str | None]
# (linkpath, subpath) -> the subpath to write; None when it may stay.
RespellSubpath = Callable[[str, str], str | None]

_MARKDOWN_LINK = re.compile(r"\[[^\[\]\n]*\]\((<?)([^<>\n]+?)>?\)")
_BLANK_LINE = re.compile(r"\n[ \t>]*\r?\n")
_WIKILINK = re.compile(r"\[\[((?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]\]")
# Where a base names a file or folder by its path: a text of a formula, within whatever quotes YAML has around it.
_BASE_PATH = re.compile(
    r"(?:\bfile\.(?:path|folder)\s*[!=]=\s*|\b(?:inFolder|hasLink|link|file|image)\(\s*)"
    r"(?:(?P<wide>\\?\")(?P<between>[^\"\\\n]+)(?P=wide)|(?P<narrow>''|')(?P<inside>[^'\\\n]+)(?P=narrow))"
)
_IN_SINGLE_QUOTES = re.compile(r"\s*(?:-\s+)*(?:[^\s'\"][^'\"\n]*?:\s+)?'(?:[^']|'')*\Z")


@record
class Unwritable:
    """A link that should be rewritten and cannot be: its start and its text."""

    start: int
    written: str


@record
class Respell:
    """The new text of the two parts of a link."""

    path: RespellPath
    subpath: RespellSubpath


def note_edits(note: Note, text: str, respell: Respell) -> Iterator[Edit | Unwritable]:
    """Edits of the links, property links and reference definitions of a note."""
    for link in note.links:
        yield from _link_edits(link, text, respell)
    yield from _property_edits(note, text, respell)
    for definition in note.reference_definitions:
        start = definition.target_start
        if not _is_meant(definition, text):
            continue
        raw = text[start : definition.target_end]
        form: Form = "angle" if text[start - 1] == "<" else "markdown"
        yield from _target_edits((definition.linkpath, definition.subpath), start, raw, form, respell)


def _is_meant(definition: ReferenceDefinition, text: str) -> bool:
    """Return whether a definition is one to CommonMark, too: Obsidian's parser also takes `[ ]: word` for one."""
    label = definition.id
    if not label.strip() or label.startswith("!") or "[" in label.replace("\\[", ""):
        return False
    return not _BLANK_LINE.search(text, definition.start, definition.target_start)


def _link_edits(link: Link, text: str, respell: Respell) -> Iterator[Edit | Unwritable]:
    raw = text[link.target_start : link.target_end]
    form: Form = "wiki"
    if link.syntax == "markdown":
        form = "angle" if text[link.target_start - 1] == "<" else "markdown"
    yield from _target_edits((link.linkpath, link.subpath), link.target_start, raw, form, respell)


def _target_edits(
    target: tuple[str, str], start: int, raw: str, form: Form, respell: Respell
) -> Iterator[Edit | Unwritable]:
    """Return the smallest edit of the text of a linkpath and subpath."""
    path, hash_, rest = _split(raw, form)
    new = _new_target(target, raw, form, respell)
    if new is None:
        yield Unwritable(start, raw)
    elif new != raw:
        new_path, new_rest = _split(new, form)[0], _split(new, form)[2]
        if new_rest == rest:
            yield Edit(start, start + len(path), new_path)
        elif new_path == path:
            yield Edit(start + len(path + hash_), start + len(raw), new_rest)
        else:
            yield Edit(start, start + len(raw), new)


def _new_target(target: tuple[str, str], raw: str, form: Form, respell: Respell) -> str | None:
    """What to write for a raw linkpath with its subpath; None when the subpath cannot be written here."""
    linkpath, subpath = target
    path, hash_, rest = _split(raw, form)
    new_path = respell.path(linkpath, path, form) if linkpath else None
    new_subpath = respell.subpath(linkpath, subpath) if subpath else None
    if new_subpath is not None:
        written = written_subpath(new_subpath, rest, form)
        if written is None:
            return None
        rest = written[1:] + rest[len(rest.rstrip()) :]
    return (path if new_path is None else new_path) + hash_ + rest


def _split(raw: str, form: Form) -> tuple[str, str, str]:
    """The raw linkpath and subpath; a "#" inside an entity of a Markdown destination is none."""
    if form == "wiki":
        return raw.partition("#")
    at = re.search(r"(?<!&)#", raw)
    return (raw[: at.start()], "#", raw[at.end() :]) if at else (raw, "", "")


def _property_edits(note: Note, text: str, respell: Respell) -> Iterator[Edit | Unwritable]:
    """Return the edits of property links; a link in several values is rewritten in all of them."""
    new_links: dict[str, tuple[PropertyLink, str]] = {}
    for entry in note.property_links:
        inner = _inner(entry.original) if entry.original not in new_links else None
        if inner is None:
            continue
        start, raw, form = inner
        new = _new_target((entry.linkpath, entry.subpath), raw, form, respell)
        if new is None:
            yield Unwritable(entry.start, entry.original)
        elif new != raw:
            new_links[entry.original] = entry, entry.original[:start] + new + entry.original[start + len(raw) :]
    if not new_links:
        return
    block = note.frontmatter
    assert block is not None
    written = set()
    for place in text_places(text[block.content_start : block.content_end]):
        if place.value in new_links:
            entry, new = new_links[place.value]
            start, end = block.content_start + place.start, block.content_start + place.end
            edit = _quoted_edit(text, start, end, place.style, place.value, new)
            yield edit if edit is not None else Unwritable(start, entry.original)
            written.add(place.value)
    for original, (entry, _) in new_links.items():
        if original not in written:
            yield Unwritable(entry.start, original)


def _quoted_edit(text: str, start: int, end: int, style: str, old: str, new: str) -> Edit | None:
    """The edit that makes a YAML text from ``old`` to ``new``, within its quotes; None where it cannot be made so."""
    raw = text[start:end]
    if style in ("|", ">"):
        at = raw.find(old)
        return Edit(start + at, start + at + len(old), new) if at >= 0 else None
    first, last = raw.find(style), raw.rfind(style)
    if not style or first < 0 or last <= first:
        return None
    inside = raw[first + 1 : last]
    at = first + 1 + max(inside.find(old), 0)
    length = len(old) if old in inside else len(inside)
    if style == "'":
        quoted = new.replace("'", "''")
    else:
        quoted = json.dumps(new, ensure_ascii="\\u" in inside and inside.isascii())[1:-1]
    return Edit(start + at, start + at + length, quoted)


def _inner(original: str) -> tuple[int, str, Form] | None:
    """Return the position of the target in a whole link, the target, and its form."""
    if original.startswith("[["):
        content = original[2:-2]
        return 2, re.split(r"\\?\|", content, maxsplit=1)[0], "wiki"
    found = _MARKDOWN_LINK.fullmatch(original)
    if found is None:
        return None
    return found.start(2), found[2], "angle" if found[1] else "markdown"


def canvas_edits(text: str, respell: Respell, moved: Callable[[str], str | None]) -> Iterator[Edit | Unwritable]:
    """Edits of a canvas: the paths and subpaths of its file nodes, backgrounds, and the links in its text cards.

    moved: the new path of a path that a node names; None when it may stay.
    """
    nodes: dict[int, dict[str, str]] = {}
    texts = [place for place in json_texts(text) if len(place.path) == 3 and place.path[0] == "nodes"]
    for place in texts:
        nodes.setdefault(int(place.path[1]), {})[str(place.path[2])] = place.value
    for place in texts:
        node, field = nodes[int(place.path[1])], place.path[2]
        kind = node.get("type", "")
        edits: list[Edit | Unwritable] = []
        if (kind, field) in (("file", "file"), ("group", "background")):
            new = moved(place.value)
            edits = [Edit(0, len(place.value), new)] if new is not None else []
        elif (kind, field) == ("file", "subpath") and place.value:
            new = respell.subpath("/" + node.get("file", "").lstrip("/"), place.value)
            edits = [Edit(0, len(place.value), new)] if new is not None else []
        elif (kind, field) == ("text", "text"):
            edits = list(note_edits(parse_text(place.value), place.value, respell))
        yield from _in_json(text, place, edits)


def _in_json(text: str, place: JsonText, edits: list[Edit | Unwritable]) -> Iterator[Edit | Unwritable]:
    for edit in edits:
        if isinstance(edit, Unwritable):
            yield Unwritable(place.start, edit.written)
            continue
        try:
            yield from edits_within(text, place, [edit])
        except ValueError:
            yield Unwritable(place.start, place.value[edit.start : edit.end])


def base_edits(text: str, respell: Respell, moved: Callable[[str], str | None]) -> Iterator[Edit | Unwritable]:
    """Edits of a base: wikilinks, and paths where its formulas ask for a file or folder by path."""
    for match in _WIKILINK.finditer(text):
        raw = re.split(r"\\?\|", match[1], maxsplit=1)[0]
        linkpath, hash_, rest = nfc(raw.strip()).partition("#")
        if linkpath.strip():
            yield from _target_edits((linkpath.strip(), hash_ + rest), match.start(1), raw, "wiki", respell)
    for match in _BASE_PATH.finditer(text):
        group = "between" if match["wide"] else "inside"
        written = match[group]
        is_quoted = match["wide"] == '"' and _IN_SINGLE_QUOTES.match(
            text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        )
        path = written.replace("''", "'") if is_quoted else written
        new = moved(path)
        if new is None or new == path:
            continue
        if "\\" in new or "\n" in new or (match["wide"] or "'")[-1] in new:
            yield Unwritable(match.start(group), written)
        else:
            yield Edit(match.start(group), match.end(group), new.replace("'", "''") if is_quoted else new)


def linked(note: Note) -> Iterator[str]:
    """All linkpaths that a note writes, but the empty one."""
    for link in chain[Link | PropertyLink | ReferenceDefinition](
        note.links, note.property_links, note.reference_definitions
    ):
        if link.linkpath:
            yield link.linkpath
