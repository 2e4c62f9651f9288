"""A note without links to it or from it.

Why:     following links never leads to the note. Off by default, since many such notes are intended.
Fix:     none: only the author knows the right links.
Options: ignore: patterns of notes that are not reported.
Source:  Obsidian's graph view calls them orphans.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.globs import matcher
from vaultkit.base.record import record
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import LINKS
from vaultkit.vault.snapshot import Snapshot

CODE = "HY001"
SEVERITY = "info"
WHOLE = True
DEPENDS = (LINKS,)
PRESETS = ()
COMPARES_ALL = True
BAD = {"a.md": "[[b]]", "b.md": "Linked.", "c.md": "Alone."}
GOOD = {"a.md": "[[b]] and [[c]]", "b.md": "Linked.", "c.md": "Linked."}


@record
class Options:
    """ignore: patterns of paths."""

    ignore: tuple[str, ...] = ()


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report notes without links; nothing in a vault where no note links to another."""
    ignored = matcher(options.ignore)
    connected: set[str] = set()
    has_links = False
    for source, target in _links(vault):
        if target != source:
            connected.add(source)
            if target is not None:
                connected.add(target)
                has_links |= source in vault.notes and target in vault.notes
    if not has_links:
        return
    for path in vault.notes:
        if path not in connected and (ignored is None or not ignored(path)):
            yield path, Violation(0, 0, "orphan note: no links to it and no links in it", "orphan")


def _links(vault: Snapshot) -> Iterator[tuple[str, str | None]]:
    """(source, the file that a link of it opens, or None): links of bodies, properties and canvases."""
    for path, bound in vault.bound_links():
        yield path, bound.resolution.path
    for path, note in vault.notes.items():
        for link in note.property_links:
            yield path, vault.resolve(link.linkpath, path).path
    for path, canvas in vault.canvases.items():
        for node in canvas.nodes:
            yield path, vault.file_at(node.path)
