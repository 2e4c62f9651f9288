"""The vault in numbers: files by kind, what is in the notes, and how far links lead."""

from __future__ import annotations

from collections import Counter

from vaultkit.base.record import record
from vaultkit.query.links import deadends, orphans, unresolved_names
from vaultkit.query.metadata import tags
from vaultkit.vault.snapshot import Snapshot


@record
class Counts:
    """links, embeds: in notes and their properties; unresolved: those that open nothing."""

    notes: int
    canvases: int
    bases: int
    attachments: int
    links: int
    embeds: int
    unresolved: int
    unresolved_names: int
    no_backlinks: int
    deadends: int
    headings: int
    tasks: int
    tags: int
    aliases: int


def counts(vault: Snapshot) -> Counts:
    """The numbers of a vault; all of its files count, those that its settings exclude too."""
    kinds = Counter(file.kind for file in vault.files.values())
    bound = [bound for _, bound in vault.bound_links()]
    properties = sum(len(note.property_links) for note in vault.notes.values())
    return Counts(
        notes=kinds["note"],
        canvases=kinds["canvas"],
        bases=kinds["base"],
        attachments=kinds["attachment"],
        links=sum(not one.link.is_embed for one in bound) + properties,
        embeds=sum(one.link.is_embed for one in bound),
        unresolved=sum(sum(names.values()) for path, names in vault.unresolved.items() if path in vault.notes),
        unresolved_names=len(unresolved_names(vault)),
        no_backlinks=len(orphans(vault, include_excluded=True)),
        deadends=len(deadends(vault, include_excluded=True)),
        headings=sum(len(note.headings) for note in vault.notes.values()),
        tasks=sum(row[3] is not None for note in vault.notes.values() for row in note.list_item_rows),
        tags=len(tags(vault)),
        aliases=sum(len(paths) for paths in vault.aliases.values()),
    )
