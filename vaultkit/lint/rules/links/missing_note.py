"""A link in double brackets names a note that no file of the vault answers to.

Why:     Obsidian shows it faded, and a click on it makes an empty note. After a rename outside the app
         this is what is left of every link to the old name.
Fix:     writes the one note name that is near, or, when the name is an alias of one note,
         ``[[Note|alias]]``, since Obsidian does not follow aliases. Unsafe: it guesses.
Options: allow: patterns of names that are planned and not to be told.
         planned-after: a name that so many notes want counts as planned and is told as info; 0 for never.
Source:  Obsidian Help, "Internal links" and "Aliases"; the `unresolved` list of Obsidian's own CLI.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.linktext import linktext
from vaultkit.index.resolve import fold
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix, Severity
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import (
    bar_at,
    fix_in,
    is_allowed,
    note_names,
    only_note_named,
    severity_of,
    unresolved_links,
)
from vaultkit.lint.rules._meant import meant
from vaultkit.note.model import Link
from vaultkit.record import record
from vaultkit.text import Edit

CODE = "LK001"
SEVERITY = "warning"
BAD = {"Cell.md": "See [[Mitocondria]].", "Mitochondria.md": "The power house."}
GOOD = {"Cell.md": "See [[Mitochondria]].", "Mitochondria.md": "The power house."}


@record
class Options:
    """allow: patterns such as ``2026-*`` or ``People/*``; planned_after: number of notes."""

    allow: tuple[str, ...] = ()
    planned_after: int = 0


@vault_rule
def check(vault: Vault, options: Options) -> Iterator[tuple[str, Fault]]:
    """Unresolved links to notes."""
    planned = _planned(vault, options.planned_after) if options.planned_after > 0 else frozenset()
    for path, link in unresolved_links(vault, "note"):
        if is_allowed(link.linkpath, options.allow):
            continue
        hint, fix = _mend(vault, path, link)
        what = "is a URL, not a note; write [text](URL)" if "://" in link.linkpath else f"names no note{hint}"
        shown = f"{'!' if link.is_embed else ''}[[{link.linkpath}]]"
        severity: Severity | None = "info" if fold(link.linkpath.strip()) in planned else severity_of(link)
        yield (
            path,
            Fault(link.start, link.end, f"{shown} {what}", link.linkpath, fix_in(vault, path, fix), (), severity),
        )


def _planned(vault: Vault, enough: int) -> frozenset[str]:
    """Names that at least so many notes want."""
    wanting: dict[str, set[str]] = {}
    for path, link in unresolved_links(vault, "note"):
        wanting.setdefault(fold(link.linkpath.strip()), set()).add(path)
    return frozenset(name for name, paths in wanting.items() if len(paths) >= enough)


def _mend(vault: Vault, path: str, link: Link) -> tuple[str, Fix | None]:
    written_so = meant(vault, path, link)
    if written_so is not None:
        return f"; did you mean [[{written_so}]]?", _replace(link, written_so)
    aliased = vault.aliases.get(fold(link.linkpath.strip()), ())
    if len(aliased) == 1:
        target = linktext(vault, aliased[0])
        bar = bar_at(vault.notes[path], link.start) if path in vault.notes else "|"
        label = "" if link.display is not None or link.is_embed else bar + link.linkpath
        text = target + link.subpath + label
        hint = f": it is an alias, which Obsidian does not follow; write [[{target}|{link.linkpath}]]"
        return hint, _replace(link, text)
    if aliased:
        return f": it is an alias of {len(aliased)} notes, and Obsidian does not follow aliases", None
    near = note_names(vault).nearest(link.linkpath)
    if len(near) != 1:
        return (f"; did you mean {' or '.join(f'[[{name}]]' for name in near[:3])}?" if near else ""), None
    written = only_note_named(vault, near[0])
    return f"; did you mean [[{near[0]}]]?", _replace(link, written + link.subpath) if written else None


def _replace(link: Link, text: str) -> Fix:
    return Fix(
        f"link to {text.partition('|')[0].rstrip(chr(92))}",
        (Edit(link.target_start, link.target_end, text),),
        is_safe=False,
    )
