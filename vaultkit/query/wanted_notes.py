"""Names that links use and no file has: the notes that are wanted."""

from __future__ import annotations

from vaultkit.base.record import record
from vaultkit.vault.files import file_kind
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot


@record
class Idea:
    """A name that links use and nobody has written. notes: number of notes with such a link; sources: which."""

    name: str
    notes: int
    links: int
    sources: tuple[str, ...]


def ideas(vault: Snapshot) -> tuple[Idea, ...]:
    """Names that links use and nobody has written, those of most notes first; spellings that differ in case are one."""
    found: dict[str, tuple[dict[str, int], dict[str, None]]] = {}
    for source, missing in vault.unresolved.items():
        if vault.is_excluded(source) or vault.is_template(source):
            continue
        for name, count in missing.items():
            if not name or file_kind(name) == "attachment":
                continue
            spelled, sources = found.setdefault(fold(name), ({}, {}))
            spelled[name] = spelled.get(name, 0) + count
            sources[source] = None
    rows = [
        Idea(
            min(spelled, key=lambda name: (-spelled[name], name)),
            len(sources),
            sum(spelled.values()),
            tuple(sorted(sources)),
        )
        for spelled, sources in found.values()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.notes, -row.links, row.name)))
