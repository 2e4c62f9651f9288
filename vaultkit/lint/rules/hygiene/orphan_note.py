"""No link leads to the note, and none leads out of it.

Why:     what is connected to nothing is not met again. As a report it is welcome, as an error hated: off.
Fix:     none: where the note belongs is the author's to say.
Options: ignore: patterns of notes that may stand alone.
Source:  Obsidian's graph view calls them orphans.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.globs import matcher
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import vault_rule
from vaultkit.record import record

CODE = "HY001"
SEVERITY = "info"
PRESETS = ()
BAD = {"a.md": "[[b]]", "b.md": "Linked.", "c.md": "Alone."}
GOOD = {"a.md": "[[b]] and [[c]]", "b.md": "Linked.", "c.md": "Linked."}


@record
class Options:
    """ignore: patterns of paths."""

    ignore: tuple[str, ...] = ()


@vault_rule
def check(vault: Vault, options: Options) -> Iterator[tuple[str, Fault]]:
    """Notes without links; none where no note links to another, since then the word says nothing."""
    ignored = matcher(options.ignore)
    links_of_notes = any(
        target != path and target in vault.notes for path in vault.notes for target in vault.resolved.get(path, ())
    )
    if not links_of_notes:
        return
    for path in vault.notes:
        has_in = any(source != path for source in vault.backlinks.get(path, ()))
        has_out = any(target != path for target in vault.resolved.get(path, ())) or vault.unresolved.get(path)
        if not has_in and not has_out and (ignored is None or not ignored(path)):
            yield path, Fault(0, 0, "no link leads to this note, and none out of it", "orphan")
