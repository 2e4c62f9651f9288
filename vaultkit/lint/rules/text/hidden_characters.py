"""An invisible character in a link, a tag or the name of a property.

Why:     the link looks right and opens nothing, the tag ends early, the property is a different one. Zero-width
         characters, soft hyphens and no-break spaces come with copied text. Not reported where the file or
         heading that the link opens has the same character, or where a script needs it.
Fix:     removes it, or replaces a no-break space with a space. Safe. Removing a byte order mark is unsafe.
Options: everywhere: also report them in running text.
Source:  the Unicode Standard, general punctuation; Obsidian compares no-break spaces as spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.lint.encodings import BOM_ENCODING
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import gathering_rule
from vaultkit.note.model import Note
from vaultkit.vault.aspects import PLACES
from vaultkit.vault.snapshot import Snapshot

CODE = "TX003"
SEVERITY = "warning"
DEPENDS = (PLACES,)
BAD = {"a.md": "[[Soft\u200bmax]]", "Softmax.md": ""}
GOOD = {"a.md": "[[Softmax]]", "Softmax.md": ""}

NAMES = {
    "\u00ad": "a soft hyphen", "\u00a0": "a no-break space", "\u202f": "a narrow no-break space",
    "\u200b": "a zero-width space", "\u200c": "a zero-width non-joiner", "\u200d": "a zero-width joiner",
    "\u2060": "a word joiner", "\ufeff": "a byte order mark",
    **dict.fromkeys("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "a text direction mark"),
}  # fmt: skip
HIDDEN = lazy_pattern("[" + "".join(NAMES) + "]")
# Thai and Lao, Tibetan, Burmese, Khmer, Tai, and scripts of the islands.
_WITHOUT_SPACES = lazy_pattern(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaadf]"
)
_KEY = lazy_pattern(r"^[ \t]*[^\s#:\[\]{}\"'-][^:\n]*(?=:)", re.MULTILINE)
_TAGS = lazy_pattern(r"^tags?[ \t]*:((?:[^\n]*\n)(?:[ \t]*-[^\n]*\n?)*)", re.MULTILINE)
_TAG = lazy_pattern(r"(?<!\S)#[^\s#,.;:!?()\[\]{}]+")


@record
class Options:
    """everywhere: also report them in running text."""

    everywhere: bool = False


@record
class Sight:
    """A hidden character. target: the linkpath and subpath of the link that holds it; None for no link."""

    fault: Violation
    character: str = ""
    target: tuple[str, str] | None = None
    is_in_prose: bool = False


def may_hide(note: Note, text: str) -> bool:
    """The note may hold hidden characters."""
    return note.has_bom or not text.isascii()


NEEDS = may_hide


def gather(note: Note, text: str) -> tuple[Sight, ...] | None:
    """Hidden characters where they may do harm, and in running text."""
    return tuple(_sights(note, text)) or None


@gathering_rule(gather)
def check(
    vault: Snapshot, options: Options, gathered: Mapping[str, tuple[Sight, ...]]
) -> Iterator[tuple[str, Violation]]:
    """Hidden characters but for those that the file or heading that is linked to has, too."""
    for path, sights in gathered.items():
        for sight in sights:
            if sight.is_in_prose and not options.everywhere:
                continue
            if sight.target is None or not _is_in_target(vault, path, sight):
                yield path, sight.fault


def _is_in_target(vault: Snapshot, path: str, sight: Sight) -> bool:
    assert sight.target is not None
    linkpath, subpath = sight.target
    target = vault.resolve(linkpath, path).path
    if target is None:
        return False
    place = vault.place(target, subpath) if subpath else None
    headings = vault.notes[target].headings if place is not None and place.kind == "heading" else ()
    return any(sight.character in text for text in (target, *(heading.text for heading in headings)))


def _sights(note: Note, text: str) -> Iterator[Sight]:
    if note.has_bom and note.frontmatter is None:  # before properties it is misplaced-properties' matter
        message = "byte order mark at the start of the note; many tools read it as text"
        fix = Fix("remove the byte order mark", (), False, None, BOM_ENCODING)
        yield Sight(Violation(0, 0, message, "mark", fix))
    if text.isascii():
        return
    told: set[int] = set()
    for link in note.links:
        if HIDDEN.search(text, link.target_start, link.target_end) is not None:
            for fault in _faults(text, link.target_start, link.target_end, "link", link.linktext, told):
                yield Sight(fault, text[fault.start], (link.linkpath, link.subpath))
    for tag in note.tags:
        match = _TAG.match(text, tag.start)
        if match is not None:
            yield from map(Sight, _faults(text, tag.start, match.end(), "tag", tag.tag, told, is_tag=True))
    yield from _in_properties(note, text, told)
    silent = None
    for match in HIDDEN.finditer(text):
        if match.start() in told or _has_use(text, match.start()):
            continue
        silent = silent or dead_spans(note)
        if silent.end_around(match.start()) < 0:
            fault = Violation(
                match.start(), match.end(), f"invisible character in the text: {NAMES[match[0]]}", match[0]
            )
            yield Sight(fault, is_in_prose=True)


def _in_properties(note: Note, text: str, told: set[int]) -> Iterator[Sight]:
    matter = note.frontmatter
    if matter is None or HIDDEN.search(text, matter.content_start, matter.content_end) is None:
        return
    for key in _KEY.finditer(text, matter.content_start, matter.content_end):
        yield from map(Sight, _faults(text, key.start(), key.end(), "property", key[0].strip(), told))
    for value in _TAGS.finditer(text, matter.content_start, matter.content_end):
        yield from map(Sight, _faults(text, value.start(1), value.end(1), "property", "tags", told, is_tag=True))
    for entry in note.property_links:
        for fault in _faults(text, entry.start, entry.end, "link", entry.linktext, told):
            yield Sight(fault, text[fault.start], (entry.linkpath, entry.subpath))


def _faults(
    text: str, start: int, end: int, what: str, about: str, told: set[int], *, is_tag: bool = False
) -> Iterator[Violation]:
    for match in HIDDEN.finditer(text, start, end):
        at = match.start()
        if at in told or _has_use(text, at) or (is_tag and match[0] in "\u00a0\u202f"):
            continue
        told.add(at)
        plain = " " if match[0] in "\u00a0\u202f" else ""
        fix = Fix(
            "write a space" if plain else "remove the invisible character", (Edit(at, at + 1, plain),), is_safe=True
        )
        visible = HIDDEN.sub(lambda found: " " if found[0] in "\u00a0\u202f" else "", about)
        yield Violation(at, at + 1, f"invisible character in the {what} `{visible}`: {NAMES[match[0]]}", about, fix)


def _has_use(text: str, at: int) -> bool:
    """Joiners form emoji and letters of many scripts; marks of direction belong to those that run from the right.

    Scripts without spaces, such as Khmer, separate words by zero-width spaces.
    """
    neighbours = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    if text[at] == "\u200b":
        return any(_WITHOUT_SPACES.match(character) for character in neighbours)
    if text[at] in "\u00ad\u00a0\u202f\u2060\ufeff":
        return False
    return any(character > "\u058f" and character not in NAMES for character in neighbours)
