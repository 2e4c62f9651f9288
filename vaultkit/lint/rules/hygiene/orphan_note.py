"""No link leads to the note, and none leads out of it.

Why:     what is connected to nothing is not met again. As a report it is welcome, as an error hated: off.
Fix:     none: where the note belongs is the author's to say.
Options: ignore: patterns of notes that may stand alone.
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
    """Notes without links; none where no note links to another, since then the word says nothing."""
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
            yield path, Violation(0, 0, "no link leads to this note, and none out of it", "orphan")


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
