"""Links of the vault as Obsidian's link tables hold them.

Source: Obsidian Help, "Obsidian CLI"; orphans are notes without incoming links, dead ends notes
without outgoing ones. Links of a note to itself do not count for either, excluded files are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.vault.snapshot import Snapshot


@record
class UnresolvedName:
    """A name that links use and no file answers to. count: links; sources: files with such a link."""

    link: str
    count: int
    sources: tuple[str, ...]


@record
class Backlink:
    """A file that links here, and how often."""

    file: str
    count: int


@record
class OutgoingLink:
    """What a file links to: a path when it is there, else the name as it is counted."""

    target: str
    resolved: bool
    count: int


def unresolved_names(vault: Snapshot) -> tuple[UnresolvedName, ...]:
    """All names in the app's ``unresolvedLinks``, by name; spellings stay apart as they do there."""
    found: dict[str, dict[str, int]] = {}
    for source, names in vault.unresolved.items():
        for name, count in names.items():
            found.setdefault(name, {})[source] = count
    return tuple(
        UnresolvedName(name, sum(sources.values()), tuple(sorted(sources)))
        for name, sources in sorted(found.items(), key=lambda item: (item[0].casefold(), item[0]))
    )


def backlinks(vault: Snapshot, path: str) -> tuple[Backlink, ...]:
    """The files that link to ``path``, by path; the file itself is not among them."""
    return tuple(
        Backlink(source, count) for source, count in sorted(vault.backlinks.get(path, {}).items()) if source != path
    )


def outgoing_links(vault: Snapshot, path: str) -> tuple[OutgoingLink, ...]:
    """What the file links to, each target once: files in order of their first link, then unresolved names."""
    files = [OutgoingLink(target, True, count) for target, count in vault.resolved.get(path, {}).items()]
    names = [OutgoingLink(name, False, count) for name, count in vault.unresolved.get(path, {}).items()]
    return (*files, *names)


def orphans(
    vault: Snapshot, *, with_attachments: bool = False, count_self: bool = False, include_excluded: bool = False
) -> tuple[str, ...]:
    """Notes (with_attachments: all files) that nothing links to, by path."""
    return tuple(
        path
        for path in _asked(vault, with_attachments, include_excluded)
        if not any(source != path or count_self for source in vault.backlinks.get(path, ()))
    )


def deadends(
    vault: Snapshot, *, with_attachments: bool = False, count_self: bool = False, include_excluded: bool = False
) -> tuple[str, ...]:
    """Notes (with_attachments: all files) without any link out, resolved or not, by path."""
    return tuple(
        path
        for path in _asked(vault, with_attachments, include_excluded)
        if not vault.unresolved.get(path)
        and not any(target != path or count_self for target in vault.resolved.get(path, ()))
    )


def _asked(vault: Snapshot, with_attachments: bool, include_excluded: bool) -> Iterator[str]:
    for path in sorted(vault.files):
        kind = vault.files[path].kind
        if kind != "note" and (not with_attachments or kind == "unsupported"):
            continue
        if include_excluded or not vault.is_excluded(path):
            yield path
