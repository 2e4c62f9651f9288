"""A link names a heading that its note does not have.

Why:     Obsidian opens the note at its top and says nothing; the reader looks for the place in vain.
Fix:     writes the one heading that is near. Unsafe: it guesses.
Source:  Obsidian Help, "Internal links"; headings compare without case and punctuation.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.linktext import display_name
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.nearest import Names
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import severity_of
from vaultkit.note.model import Link, Note
from vaultkit.text import Edit

CODE = "LK003"
SEVERITY = "error"
BAD = {"a.md": "[[b#Methdos]]", "b.md": "# Methods"}
GOOD = {"a.md": "[[b#Methods]]", "b.md": "# Methods"}


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Links whose subpath names no heading or footnote of the note they open."""
    for path, bound in vault.bound_links():
        link, target = bound.link, bound.target
        if target is None or not link.subpath or link.subpath.startswith("#^"):
            continue
        if vault.place(target, link.subpath).kind == "missing":
            wanted = link.subpath.lstrip("#")
            hint, fix = _mend(vault.notes[target], link)
            where = "this note" if target == path else display_name(target)
            message = f'{where} has no heading "{wanted}"{hint}'
            yield path, Fault(link.start, link.end, message, link.linktext, fix, (), severity_of(link))


def _mend(note: Note, link: Link) -> tuple[str, Fix | None]:
    wanted = link.subpath.rpartition("#")[2]
    near = Names(heading.text for heading in note.headings).nearest(wanted)
    if len(near) != 1:
        return (f"; did you mean {' or '.join(repr(text) for text in near[:3])}?" if near else ""), None
    if link.syntax == "markdown" or any(mark in near[0] for mark in "[]|#^"):
        return f"; did you mean {near[0]!r}?", None
    at = link.target_end - len(wanted)
    fix = Fix(f"link to the heading {near[0]!r}", (Edit(at, link.target_end, near[0]),), is_safe=False)
    return f"; did you mean {near[0]!r}?", fix
