"""A note's first words, as a reader would say them: without marks, code, comments and properties."""

from __future__ import annotations

import re

from vaultkit.note.model import Note

LENGTH = 340  # a little more than the page shows at most, so that the page cuts at a word
HEADINGS = 14
_SOURCE = 2400  # characters looked at; marks and links take several times the room of the words
_LINE_MARKS = re.compile(
    r"^[ \t]*(?:>[ \t]*)*(?:\[![^\]]*\][+-]?[ \t]*|[-*+][ \t]+(?:\[.\][ \t]+)?|\d+[.)][ \t]+|#{1,6}[ \t]+)?", re.M
)
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|~~|==|`+|\$\$?)(?=\S)(.+?)(?<=\S)\1")
_RULES = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$|^[ \t]*(?:\|[ \t]*)?:?-{2,}[-| \t:]*$", re.M)
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]+[ \t]*$", re.M)
_SPACE = re.compile(r"[ \t\u00a0]+")


def preview(note: Note, text: str) -> str:
    """The first words of a note; "" when there are none."""
    if note.fault:
        return ""
    start = note.frontmatter.end if note.frontmatter else 0
    end = min(len(text), start + _SOURCE)
    cuts: list[tuple[int, int, str]] = [(start_, stop, "") for start_, stop in note.comments]
    cuts += [(part.start, part.end, "") for part in note.dead if part.kind in ("html", "properties")]
    cuts += [
        (part.start, part.end, "") for part in note.dead if "\n" in text[part.start : part.end]
    ]  # blocks of code and math
    cuts += [
        (link.start, link.end, "" if link.is_embed else _shown(link.display, link.linktext)) for link in note.links
    ]
    cuts += [
        (link.start, link.end, "" if link.is_embed else _bracketed(text[link.start : link.end]))
        for link in note.external_links
    ]
    if note.headings and not text[start : note.headings[0].start].strip():
        cuts.append((note.headings[0].start, note.headings[0].end, ""))  # most often the note's own name
    pieces = []
    at = start
    for first, last, instead in sorted(cuts):
        if first >= end or last <= at:
            continue
        pieces.append(text[at : max(first, at)])
        pieces.append(instead)
        at = last
    pieces.append(text[at:end] if at < end else "")
    plain = _BLOCK_ID.sub("", _RULES.sub("", "".join(pieces)))
    plain = _EMPHASIS.sub(r"\2", _LINE_MARKS.sub("", plain)).replace("|", " ")
    lines = [_SPACE.sub(" ", line).strip() for line in plain.splitlines()]
    words = "\n".join(line for line in lines if line)
    return words if len(words) <= LENGTH else words[:LENGTH]


def outline(note: Note) -> list[list[int | str]]:
    """[level, text] of the first headings."""
    return [[heading.level, heading.text[:120]] for heading in note.headings[:HEADINGS] if heading.text]


def _shown(display: str | None, linktext: str) -> str:
    return display if display else linktext.lstrip("#")


def _bracketed(link: str) -> str:
    return link[1 : link.rfind("](")] if link.startswith("[") and "](" in link else ""
