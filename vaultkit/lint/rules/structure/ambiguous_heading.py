"""A link names a heading whose text stands twice in its note.

Why:     Obsidian opens the first; the section that was meant may be the other, and inserting a section
         above changes what the link opens, without a word.
Fix:     writes the heading above it, too, so that the link opens today's place for good. Unsafe: it
         takes today's place for the one that was meant.
Source:  Obsidian Help, "Internal links": ``[[Note#Heading#Subheading]]``.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.linktext import display_name
from vaultkit.index.subpath import Place, find_place
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix, Related
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import severity_of
from vaultkit.note.model import Heading, Link, Note
from vaultkit.text import Edit, line_of

CODE = "ST006"
SEVERITY = "warning"
BAD = {"a.md": "[[b#Results]]", "b.md": "# Mice\n## Results\n# Rats\n## Results\n"}
GOOD = {"a.md": "[[b#Mice#Results]]", "b.md": "# Mice\n## Results\n# Rats\n## Results\n"}


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Links to one of several headings of the same text."""
    for path, bound in vault.bound_links():
        link, target = bound.link, bound.target
        if target is None or not link.subpath or link.subpath.startswith("#^"):
            continue
        place = vault.place(target, link.subpath)
        if place.kind != "heading" or place.repeats < 2:
            continue
        note = vault.notes[target]
        where = "this note" if target == path else display_name(target)
        line = line_of(note.line_starts, place.start) + 1
        wanted = link.subpath.lstrip("#")
        message = f'{where} has the heading "{wanted}" {place.repeats} times; the link opens the first, line {line}'
        related = (Related(target, place.start, "opened today"),)
        yield (
            path,
            Fault(link.start, link.end, message, link.linktext, _fix(note, link, place), related, severity_of(link)),
        )
    yield from _in_properties(vault)


def _in_properties(vault: Vault) -> Iterator[tuple[str, Fault]]:
    for path, note in vault.notes.items():
        for entry in note.property_links:
            target = vault.resolve(entry.linkpath, path).path if entry.subpath and entry.subpath[:2] != "#^" else None
            place = vault.place(target, entry.subpath) if target is not None else None
            if target is not None and place is not None and place.kind == "heading" and place.repeats > 1:
                where = "this note" if target == path else display_name(target)
                line = line_of(vault.notes[target].line_starts, place.start) + 1
                message = (
                    f'property {entry.key}: {where} has the heading "{entry.subpath.lstrip("#")}" {place.repeats} times; '
                    f"the link opens the first, line {line}"
                )
                related = (Related(target, place.start, "opened today"),)
                yield path, Fault(entry.start, entry.end, message, f"{entry.key}:{entry.linktext}", None, related)


def _fix(note: Note, link: Link, place: Place) -> Fix | None:
    parent = _parent(note, place)
    if link.syntax == "markdown" or parent is None or any(mark in parent.text for mark in "[]|#^"):
        return None
    subpath = f"#{parent.text}{link.subpath}"
    if find_place(note, subpath) != Place("heading", place.start, 1):
        return None
    at = link.target_end - len(link.subpath)
    return Fix(f"link to {subpath[1:]}", (Edit(at, link.target_end, subpath),), is_safe=False)


def _parent(note: Note, place: Place) -> Heading | None:
    """The heading that the one at ``place`` lies below."""
    above: list[Heading] = []
    for heading in note.headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        if heading.start == place.start:
            return above[-1] if above else None
        above.append(heading)
    return None
