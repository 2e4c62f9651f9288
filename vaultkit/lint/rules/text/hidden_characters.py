"""A character that cannot be seen stands in a link, a tag or the name of a property.

Why:     the link looks right and opens nothing, the tag ends early, the property is another one. Zero-width
         characters, soft hyphens and no-break spaces come along with copied text.
Fix:     takes it out, and writes a space for a no-break space. Safe; where a file has the same character
         in its name the fix is dropped again, since the link must go on resolving. Taking off a byte order mark is unsafe.
Options: everywhere: tell them in running text, too.
Source:  the Unicode Standard, general punctuation; Obsidian compares no-break spaces as spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.encodings import BOM_ENCODING
from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules._prose import dead_spans
from vaultkit.note.model import Note
from vaultkit.record import record
from vaultkit.text import Edit

CODE = "TX003"
SEVERITY = "warning"
BAD = {"a.md": "[[Soft\u200bmax]]", "Softmax.md": ""}
GOOD = {"a.md": "[[Softmax]]", "Softmax.md": ""}

NAMES = {
    "\u00ad": "a soft hyphen", "\u00a0": "a no-break space", "\u202f": "a narrow no-break space",
    "\u200b": "a zero-width space", "\u200c": "a zero-width non-joiner", "\u200d": "a zero-width joiner",
    "\u2060": "a word joiner", "\ufeff": "a byte order mark",
    **dict.fromkeys("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "a mark of writing direction"),
}  # fmt: skip
HIDDEN = re.compile("[" + "".join(NAMES) + "]")
_KEY = re.compile(r"^[ \t]*[^\s#:\[\]{}\"'-][^:\n]*(?=:)", re.MULTILINE)
_TAGS = re.compile(r"^tags?[ \t]*:((?:[^\n]*\n)(?:[ \t]*-[^\n]*\n?)*)", re.MULTILINE)
_TAG = re.compile(r"(?<!\S)#[^\s#,.;:!?()\[\]{}]+")


@record
class Options:
    """everywhere: look at running text, too."""

    everywhere: bool = False


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Fault]:
    """Hidden characters where they do harm."""
    if note.has_bom and note.frontmatter is None:  # before properties it is misplaced-properties' matter
        message = "a byte order mark stands before the text, which nothing needs and many tools take for text"
        fix = Fix("take off the byte order mark", (), False, None, BOM_ENCODING)
        yield Fault(0, 0, message, "mark", fix)
    if text.isascii():
        return
    told: set[int] = set()
    for link in note.links:
        if HIDDEN.search(text, link.target_start, link.target_end) is not None:
            yield from _faults(text, link.target_start, link.target_end, "the link", link.linktext, told)
    for tag in note.tags:
        match = _TAG.match(text, tag.start)
        if match is not None:
            yield from _faults(text, tag.start, match.end(), "the tag", tag.tag, told, is_tag=True)
    matter = note.frontmatter
    if matter is not None and HIDDEN.search(text, matter.content_start, matter.content_end) is not None:
        for key in _KEY.finditer(text, matter.content_start, matter.content_end):
            yield from _faults(text, key.start(), key.end(), "the property", key[0].strip(), told)
        for value in _TAGS.finditer(text, matter.content_start, matter.content_end):
            yield from _faults(text, value.start(1), value.end(1), "a tag in", "tags", told, is_tag=True)
        for entry in note.property_links:
            yield from _faults(text, entry.start, entry.end, "the link", entry.linktext, told)
    if options.everywhere:
        silent = dead_spans(note)
        for match in HIDDEN.finditer(text):
            if match.start() not in told and silent.end_around(match.start()) < 0 and not _has_use(text, match.start()):
                yield Fault(match.start(), match.end(), f"{NAMES[match[0]]} stands here", match[0])


def _faults(
    text: str, start: int, end: int, what: str, about: str, told: set[int], *, is_tag: bool = False
) -> Iterator[Fault]:
    for match in HIDDEN.finditer(text, start, end):
        at = match.start()
        if at in told or _has_use(text, at) or (is_tag and match[0] in "\u00a0\u202f"):
            continue
        told.add(at)
        plain = " " if match[0] in "\u00a0\u202f" else ""
        fix = Fix("write a space" if plain else "take it out", (Edit(at, at + 1, plain),), is_safe=True)
        visible = HIDDEN.sub(lambda found: " " if found[0] in "\u00a0\u202f" else "", about)
        yield Fault(at, at + 1, f'{what} "{visible}" holds {NAMES[match[0]]}, which cannot be seen', about, fix)


def _has_use(text: str, at: int) -> bool:
    """Joiners form emoji and letters of many scripts; marks of direction belong to those that run from the right."""
    if text[at] in "\u00ad\u00a0\u202f\u200b\u2060\ufeff":
        return False
    neighbours = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return any(character > "\u058f" and character not in NAMES for character in neighbours)
