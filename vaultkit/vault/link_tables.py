"""Tables of all links of a snapshot: what links to what, what is wanted, which aliases there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from vaultkit.note.model import Note
from vaultkit.note.properties import aliases
from vaultkit.vault.aspects import ALIASES, LINKS
from vaultkit.vault.memo import depends_on
from vaultkit.vault.resolve import fold

if TYPE_CHECKING:
    from vaultkit.vault.snapshot import Snapshot

# source -> target, or name that no file has, -> number of links
LinkTable = dict[str, dict[str, int]]


def link_tables(snapshot: Snapshot) -> tuple[LinkTable, LinkTable]:
    """Return the app's ``resolvedLinks`` and ``unresolvedLinks``."""
    resolved: LinkTable = {}
    unresolved: LinkTable = {}
    for path, note in snapshot.notes.items():
        here: dict[str, int] = {}
        missing: dict[str, int] = {}
        bound = [(link.link.linkpath, link.resolution.path) for link in snapshot.links_of(path)]
        for link in note.property_links:
            bound.append((link.linkpath, snapshot.resolve(link.linkpath, path).path))
        for linkpath, target in bound:
            if target is not None:
                here[target] = here.get(target, 0) + 1
            else:
                name = unresolved_name(linkpath)
                missing[name] = missing.get(name, 0) + 1
        resolved[path] = here
        unresolved[path] = missing
    for path, canvas in snapshot.canvases.items():
        here, missing = {}, {}
        for node in canvas.nodes:
            target = snapshot.file_at(node.path)
            if target is not None:
                here[target] = here.get(target, 0) + 1
            else:
                missing[node.path] = missing.get(node.path, 0) + 1
        resolved[path] = here
        unresolved[path] = missing
    return resolved, unresolved


def backlinks(snapshot: Snapshot) -> Mapping[str, Mapping[str, int]]:
    """Return target -> source -> number of links, for every file that is linked to."""
    back: LinkTable = {}
    for source, targets in snapshot.resolved.items():
        for target, count in targets.items():
            back.setdefault(target, {})[source] = count
    return back


def _update_linking(
    known: Mapping[str, tuple[str, ...]], before: Snapshot, after: Snapshot, paths: frozenset[str]
) -> Mapping[str, tuple[str, ...]]:
    old = {(target, path) for path, target in _written_targets(before, paths)}
    new = {(target, path) for path, target in _written_targets(after, paths)}
    return _edited_index(known, old, sorted(new), lambda path: (path in after.canvases, path))


def _edited_index(
    known: Mapping[str, tuple[str, ...]],
    gone: Iterable[tuple[str, str]],
    come: Iterable[tuple[str, str]],
    order: Callable[[str], Any],
) -> Mapping[str, tuple[str, ...]]:
    """Return an index without some (key, path) and with others; the paths of a key in this order."""
    found = dict(known)
    changed: dict[str, list[str]] = {}
    for key, path in gone:
        changed[key] = [one for one in changed.get(key, found.get(key, ())) if one != path]
    for key, path in come:
        changed.setdefault(key, list(found.get(key, ()))).append(path)
    for key, paths in changed.items():
        if paths:
            found[key] = tuple(sorted(paths, key=order))
        else:
            del found[key]
    return found


@depends_on(LINKS, stored_as=dict[str, tuple[str, ...]], update=_update_linking)
def linking(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    """Return target -> the notes and canvases that link to it in any way, in properties and references, too."""
    found: dict[str, dict[str, None]] = {}
    for path, target in _written_targets(snapshot, snapshot.notes):
        found.setdefault(target, {})[path] = None
    for path, canvas in snapshot.canvases.items():
        for node in canvas.nodes:
            target_of_node = snapshot.file_at(node.path)
            if target_of_node is not None:
                found.setdefault(target_of_node, {})[path] = None
        for link in canvas.card_links:
            target_of_card = snapshot.resolve(link.linkpath, path).path
            if target_of_card is not None:
                found.setdefault(target_of_card, {})[path] = None
    return {target: tuple(sources) for target, sources in found.items()}


def targets_of(snapshot: Snapshot, paths: Iterable[str]) -> frozenset[str]:
    """Return the files that the notes at these paths link to in any way."""
    return frozenset(target for _, target in _written_targets(snapshot, paths))


def _written_targets(snapshot: Snapshot, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        for bound in snapshot.links_of(path):
            if bound.target is not None:
                yield path, bound.target
        note = snapshot.notes[path]
        linkpaths = [link.linkpath for link in note.property_links]
        linkpaths += [definition.linkpath for definition in note.reference_definitions]
        for linkpath in linkpaths:
            target = snapshot.resolve(linkpath, path).path
            if target is not None:
                yield path, target


def _update_aliases(
    known: Mapping[str, tuple[str, ...]], before: Snapshot, after: Snapshot, paths: frozenset[str]
) -> Mapping[str, tuple[str, ...]]:
    old = {(alias, path) for path in paths for alias in _folded_aliases(before.notes[path])}
    new = [(alias, path) for path in sorted(paths) for alias in _folded_aliases(after.notes[path])]
    return _edited_index(known, old, new, str)


@depends_on(ALIASES, stored_as=dict[str, tuple[str, ...]], update=_update_aliases)
def aliases_of(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    """Return alias, folded as names are, -> notes that declare it."""
    found: dict[str, list[str]] = {}
    for path, note in snapshot.notes.items():
        for alias in _folded_aliases(note):
            found.setdefault(alias, []).append(path)
    return {alias: tuple(paths) for alias, paths in found.items()}


def _folded_aliases(note: Note) -> list[str]:
    return [fold(alias.strip()) for alias in aliases(note.properties)] if note.frontmatter is not None else []


def unresolved_name(linkpath: str) -> str:
    """The name under which an unresolved link is counted."""
    return linkpath[:-3] if linkpath.lower().endswith(".md") else linkpath
