"""A link to a heading that does not exist in the note.

Why:     Obsidian opens the note at its top without a message.
         A Markdown link with a GitHub slug (``#what-is-foam``) works on GitHub but not in Obsidian: info.
Fix:     writes the only similar heading. Unsafe: it guesses. None for a slug, whose link would break on GitHub.
Options: heading-match: "github" accepts slugs.
Source:  Obsidian Help, "Internal links"; headings compare without case and punctuation.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.did_you_mean import NameIndex
from vaultkit.lint.facts.leads import one_of
from vaultkit.lint.facts.links import fix_in, severity_of
from vaultkit.lint.facts.subpaths import canvas_places, missing_views
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Link, Note
from vaultkit.vault.aspects import PLACES
from vaultkit.vault.linktext import display_name
from vaultkit.vault.snapshot import Snapshot

CODE = "LK003"
SEVERITY = "error"
DEPENDS = (PLACES,)
BAD = {"a.md": "[[b#Methdos]]", "b.md": "# Methods"}
GOOD = {"a.md": "[[b#Methods]]", "b.md": "# Methods"}

# Few headings are in one note, so a letter may be missing in shorter words than in names of notes.
DROPPED_FROM = 6
_NO_SLUG = lazy_pattern(r"[^\w\- ]")


@record
class Options:
    """heading_match: "obsidian" or "github"."""

    heading_match: str = "obsidian"


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report links and canvas cards whose heading, footnote or base view does not exist."""
    for path, bound in vault.written_links():
        link, target = bound.link, bound.target
        if target is None or not link.subpath or link.subpath.startswith("#^"):
            continue
        if vault.place(target, link.subpath).kind == "missing":
            wanted = link.subpath.lstrip("# ")
            if link.syntax == "markdown" and (heading := _slugged(vault.notes[target], wanted)) is not None:
                if options.heading_match != "github":
                    yield path, _by_slug(link, wanted, heading)
                continue
            hint, fix = _suggestion(vault.notes[target], link)
            message = f"no heading {code_span(wanted)} in {_where(path, target)}"
            fix = fix_in(vault, path, fix)
            yield path, Violation(link.start, link.end, message, link.linktext, fix, (), severity_of(link), hint)
    yield from _in_properties(vault)
    for path, node, target in canvas_places(vault):
        if not node.subpath.startswith("#^"):
            message = (
                f"canvas card: no heading {code_span(node.subpath.lstrip('# '))} in {code_span(display_name(target))}"
            )
            yield path, Violation(node.start, node.end, message, node.path + node.subpath)
    yield from missing_views(vault)


def _in_properties(vault: Snapshot) -> Iterator[tuple[str, Violation]]:
    for path, note in vault.source_notes():
        for link in note.property_links:
            target = vault.resolve(link.linkpath, path).path if link.subpath and link.subpath[:2] != "#^" else None
            if target is not None and vault.place(target, link.subpath).kind == "missing":
                wanted = code_span(link.subpath.lstrip("# "))
                message = f"property {code_span(link.key)}: no heading {wanted} in {_where(path, target)}"
                yield path, Violation(link.start, link.end, message, f"{link.key}:{link.linktext}")


def _where(path: str, target: str) -> str:
    return "this note" if target == path else code_span(display_name(target))


def _slugged(note: Note, wanted: str) -> str | None:
    """The text of the heading that GitHub gives this slug; None when there is none."""
    return next((heading.text for heading in note.headings if slug(heading.text) == wanted.lower()), None)


def _by_slug(link: Link, wanted: str, heading: str) -> Violation:
    if any(mark in heading for mark in "[]|#^`*"):
        message = f"heading slug {code_span('#' + wanted)} opens {code_span(heading)} on GitHub only, not in Obsidian"
        return Violation(link.start, link.end, message, link.linktext, severity="info")
    from urllib.parse import quote  # 2 ms that most runs need not pay

    encoded = quote(heading, safe="/!$&'*+,;=:@~")
    message = f"heading slug {code_span('#' + wanted)} works on GitHub only, not in Obsidian"
    help_ = f"write {code_span('#' + encoded)}"
    return Violation(link.start, link.end, message, link.linktext, None, (), "info", help_)


def slug(heading: str) -> str:
    """The name that GitHub gives a heading.

    >>> slug("What's in a Foam?")
    'whats-in-a-foam'
    """
    return _NO_SLUG.sub("", heading.strip().lower()).replace(" ", "-")


def _suggestion(note: Note, link: Link) -> tuple[str, Fix | None]:
    wanted = link.subpath.rpartition("#")[2]
    near = NameIndex((heading.text for heading in note.headings), DROPPED_FROM).nearest(wanted)
    hint = f"did you mean {one_of(near)}?" if near else ""
    if len(near) != 1 or link.syntax == "markdown" or any(mark in near[0] for mark in "[]|#^"):
        return hint, None
    at = link.target_end - len(wanted)
    fix = Fix(f"link to the heading {code_span(near[0])}", (Edit(at, link.target_end, near[0]),), is_safe=False)
    return hint, fix
