"""A link names a heading that its note does not have.

Why:     Obsidian opens the note at its top and says nothing; the reader looks for the place in vain.
         A Markdown link by GitHub's slug (``#what-is-foam``) opens there and not in Obsidian: told as info.
Fix:     writes the one heading that is near, or that has the slug. Unsafe: it guesses, or costs the site its link.
Options: heading-match: "github" takes slugs for good.
Source:  Obsidian Help, "Internal links"; headings compare without case and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.index.linktext import display_name
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.nearest import Names
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import fix_in, severity_of
from vaultkit.lint.rules._subpaths import canvas_places, missing_views
from vaultkit.note.model import Link, Note
from vaultkit.record import changed, record
from vaultkit.text import Edit

CODE = "LK003"
SEVERITY = "error"
BAD = {"a.md": "[[b#Methdos]]", "b.md": "# Methods"}
GOOD = {"a.md": "[[b#Methods]]", "b.md": "# Methods"}

_NO_SLUG = re.compile(r"[^\w\- ]")


@record
class Options:
    """heading_match: "obsidian" or "github"."""

    heading_match: str = "obsidian"


@vault_rule
def check(vault: Vault, options: Options) -> Iterator[tuple[str, Fault]]:
    """Links and cards of canvases whose subpath names no heading or footnote of the note, or no view of the base."""
    for path, bound in vault.written_links():
        link, target = bound.link, bound.target
        if target is None or not link.subpath or link.subpath.startswith("#^"):
            continue
        if vault.place(target, link.subpath).kind == "missing":
            wanted = link.subpath.lstrip("# ")
            if link.syntax == "markdown" and (heading := _slugged(vault.notes[target], wanted)) is not None:
                if options.heading_match != "github":
                    fault = _by_slug(link, wanted, heading)
                    yield path, changed(fault, fix=fix_in(vault, path, fault.fix))
                continue
            hint, fix = _mend(vault.notes[target], link)
            where = "this note" if target == path else display_name(target)
            message = f'{where} has no heading "{wanted}"{hint}'
            yield (
                path,
                Fault(link.start, link.end, message, link.linktext, fix_in(vault, path, fix), (), severity_of(link)),
            )
    yield from _in_properties(vault)
    for path, node, target in canvas_places(vault):
        if not node.subpath.startswith("#^"):
            message = f'{display_name(target)} has no heading "{node.subpath.lstrip("# ")}"'
            yield path, Fault(node.start, node.end, message, node.path + node.subpath)
    yield from missing_views(vault)


def _in_properties(vault: Vault) -> Iterator[tuple[str, Fault]]:
    for path, note in vault.notes.items():
        for link in note.property_links:
            target = vault.resolve(link.linkpath, path).path if link.subpath and link.subpath[:2] != "#^" else None
            if target is not None and vault.place(target, link.subpath).kind == "missing":
                where = "this note" if target == path else display_name(target)
                message = f'property {link.key}: {where} has no heading "{link.subpath.lstrip("#")}"'
                yield path, Fault(link.start, link.end, message, f"{link.key}:{link.linktext}")


def _slugged(note: Note, wanted: str) -> str | None:
    """The text of the heading that GitHub gives this slug; None when there is none."""
    return next((heading.text for heading in note.headings if slug(heading.text) == wanted.lower()), None)


def _by_slug(link: Link, wanted: str, heading: str) -> Fault:
    if any(mark in heading for mark in "[]|#^`*"):
        message = f'#{wanted} opens the heading "{heading}" on GitHub only, not in Obsidian'
        return Fault(link.start, link.end, message, link.linktext, severity="info")
    from urllib.parse import quote  # 2 ms that most runs need not pay

    encoded = quote(heading, safe="/!$&'*+,;=:@~")
    message = f"#{wanted} opens the heading on GitHub only; Obsidian wants #{encoded}"
    edit = Edit(link.target_end - len(wanted), link.target_end, encoded)
    fix = Fix(f"link to the heading {heading!r}", (edit,), is_safe=False)
    return Fault(link.start, link.end, message, link.linktext, fix, (), "info")


def slug(heading: str) -> str:
    """The name that GitHub gives a heading.

    >>> slug("What's in a Foam?")
    'whats-in-a-foam'
    """
    return _NO_SLUG.sub("", heading.strip().lower()).replace(" ", "-")


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
