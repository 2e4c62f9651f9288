"""A link to a heading whose text occurs more than once in its note.

Why:     Obsidian opens the first one. The other may be the right target, and a section inserted above
         changes what the link opens.
Fix:     adds the parent heading to the link, which then keeps opening the same heading. Unsafe: the other
         heading may be the right target.
Source:  Obsidian Help, "Internal links": ``[[Note#Heading#Subheading]]``.

A repeated heading of a lower level (``### Sync`` below ``## Sync``) is part of the section and not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import Edit, line_of
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.finding import Fix, RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Heading, Link, Note
from vaultkit.vault.aspects import PLACES
from vaultkit.vault.linktext import display_name
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.subpath import SubpathTarget, find_place, heading_key

CODE = "ST006"
SEVERITY = "warning"
DEPENDS = (PLACES,)
QUOTES = True
BAD = {"a.md": "[[b#Results]]", "b.md": "# Mice\n## Results\n# Rats\n## Results\n"}
GOOD = {"a.md": "[[b#Mice#Results]]", "b.md": "# Mice\n## Results\n# Rats\n## Results\n"}


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Links to one of several headings of the same text."""
    for path, bound in vault.bound_links():
        link, target = bound.link, bound.target
        if target is None or not link.subpath or link.subpath.startswith("#^"):
            continue
        place = vault.place(target, link.subpath)
        if place.kind != "heading" or not _has_rival(vault.notes[target], place):
            continue
        note = vault.notes[target]
        message = _message(path, target, note, link.subpath, place)
        related = (RelatedPlace(target, place.start, "opened by the link"),)
        yield (
            path,
            Violation(
                link.start, link.end, message, link.linktext, _fix(note, link, place), related, severity_of(link)
            ),
        )
    yield from _in_properties(vault)


def _in_properties(vault: Snapshot) -> Iterator[tuple[str, Violation]]:
    for path, note in vault.source_notes():
        for entry in note.property_links:
            target = vault.resolve(entry.linkpath, path).path if entry.subpath and entry.subpath[:2] != "#^" else None
            place = vault.place(target, entry.subpath) if target is not None else None
            if target is None or place is None or place.kind != "heading":
                continue
            if _has_rival(vault.notes[target], place):
                message = _message(path, target, vault.notes[target], entry.subpath, place)
                message = f"property `{entry.key}`: {message}"
                related = (RelatedPlace(target, place.start, "opened by the link"),)
                yield path, Violation(entry.start, entry.end, message, f"{entry.key}:{entry.linktext}", None, related)


def _has_rival(note: Note, place: SubpathTarget) -> bool:
    """Return whether a later heading of the same text is on the same or a higher level than the one opened."""
    if place.repeats < 2:
        return False
    opened = next(heading for heading in note.headings if heading.start == place.start)
    key = heading_key(opened.text)
    later = (heading for heading in note.headings if heading.start > opened.start and heading.level <= opened.level)
    return any(heading_key(heading.text) == key for heading in later)


def _message(path: str, target: str, note: Note, subpath: str, place: SubpathTarget) -> str:
    where = "this note" if target == path else f"`{display_name(target)}`"
    times = "twice" if place.repeats == 2 else f"{place.repeats} times"
    line = line_of(note.line_starts, place.start) + 1
    return (
        f"ambiguous heading `{subpath.lstrip('#')}`: occurs {times} in {where}; the link opens the first, line {line}"
    )


def _fix(note: Note, link: Link, place: SubpathTarget) -> Fix | None:
    parent = _parent(note, place)
    if link.syntax == "markdown" or parent is None or any(mark in parent.text for mark in "[]|#^"):
        return None
    subpath = f"#{parent.text}{link.subpath}"
    if find_place(note, subpath) != SubpathTarget("heading", place.start, 1):
        return None
    at = link.target_end - len(link.subpath)
    return Fix(f"link to `{subpath[1:]}`", (Edit(at, link.target_end, subpath),), is_safe=False)


def _parent(note: Note, place: SubpathTarget) -> Heading | None:
    """The parent heading of the heading at ``place``."""
    above: list[Heading] = []
    for heading in note.headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        if heading.start == place.start:
            return above[-1] if above else None
        above.append(heading)
    return None
