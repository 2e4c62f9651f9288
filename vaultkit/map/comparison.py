"""What is new, changed, moved or gone in a vault since a git revision, for its map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from vaultkit.graph.core import CONCEPT_KINDS, NOTE, UNRESOLVED, GraphCore
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.revisions import compare, vault_at
from vaultkit.note.model import Note
from vaultkit.query.files import text_of
from vaultkit.vault.workspace import Workspace

MOST_LINKS = 200  # of each list; the counts are of all
MOST_SOURCES = 5  # notes that linked to one that is gone


def compared(
    workspace: Workspace, graph: GraphCore, texts: Mapping[str, str], revision: str, is_hidden: Callable[[Note], bool]
) -> dict[str, Any]:
    """Return what changed in the notes and in their links since a revision, by path.

    graph, texts: those of the vault as it is now.  is_hidden: whether an earlier note is left out.

    fresh, changed: paths.  moved: [path, path before] of notes whose text is elsewhere now.
    gone:           [path, paths of notes that linked to it].
    links, lost:    [path, path] of links from note to note.

    Raises:
        VaultkitError: there is no git, no repository or no such revision.
    """
    earlier = vault_at(workspace, revision)
    before = {path: text_of(earlier, path) for path, note in earlier.notes.items() if not is_hidden(note)}
    moved = moved_notes(before, texts)
    old_graph = graph_core(earlier)
    change = compare(old_graph.only(CONCEPT_KINDS), graph.only(CONCEPT_KINDS), moved)
    arrived = set(moved.values())
    path_of = _note_paths(old_graph) | _note_paths(graph)
    gone = [path for path in before if path not in texts and path not in moved]
    return {
        "revision": revision,
        "fresh": [path for path in texts if path not in earlier.notes and path not in arrived],
        "changed": [path for path, text in texts.items() if path in before and _lines(before[path]) != _lines(text)],
        "moved": sorted([now, old] for old, now in moved.items()),
        "gone": [[path, _sources(old_graph, path, moved)] for path in sorted(gone)],
        "links": _pairs(change.links_added, path_of),
        "lost": _pairs(change.links_removed, path_of),
    }


def moved_notes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Path before -> path after of notes whose text is in another place now; a text that several notes share says nothing."""
    left = {path: _lines(text) for path, text in before.items() if path not in after and text.strip()}
    come = {path: _lines(text) for path, text in after.items() if path not in before and text.strip()}
    many = Counter(left.values()) + Counter(come.values())
    place = {text: path for path, text in come.items()}
    return {path: place[text] for path, text in sorted(left.items()) if text in place and many[text] == 2}


def _lines(text: str) -> str:
    """The text with one kind of line end: git may have written another than the disk has."""
    return text.replace("\r\n", "\n")


def _note_paths(core: GraphCore) -> dict[str, str]:
    return {core.ids[at]: core.paths[at] for at in np.flatnonzero(core.kind == NOTE).tolist()}


def _sources(core: GraphCore, path: str, moved: Mapping[str, str]) -> list[str]:
    """The notes that linked to a note, by the paths that they have now."""
    if path not in core.files:
        return []
    sources = np.unique(core.source[core.target == core.files[path]]).tolist()
    found = [core.paths[at] for at in sources if core.kind[at] == NOTE and core.paths[at] != path]
    return [moved.get(source, source) for source in found]


def _pairs(links: tuple[tuple[str, str, str], ...], path_of: Mapping[str, str]) -> list[list[str]]:
    """Links from note to note, each pair once."""
    pairs = {(path_of[a], path_of[b]) for a, _, b in links if a in path_of and b in path_of and a != b}
    return [list(pair) for pair in sorted(pairs)]


def compared_on(core: GraphCore, found: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison with nodes of the map instead of paths.

    gone: [path, node of the name that links still have or -1, nodes that linked to it].
    links, lost: [how many, [[node, node], …]].
    """
    if not found:
        return {}
    node_of = dict(core.files)
    names = {core.paths[at].casefold(): at for at in np.flatnonzero(core.kind == UNRESOLVED).tolist()}
    made: dict[str, Any] = {"revision": found["revision"]}
    for key in ("fresh", "changed"):
        made[key] = [node_of[path] for path in found[key] if path in node_of]
    made["moved"] = [[node_of[now], old] for now, old in found["moved"] if now in node_of]
    made["gone"] = [
        [path, _ghost(names, path), [node_of[one] for one in sources if one in node_of][:MOST_SOURCES]]
        for path, sources in found["gone"]
    ]
    for key in ("links", "lost"):
        pairs = [[node_of[a], node_of[b]] for a, b in found[key] if a in node_of and b in node_of]
        made[key] = [len(pairs), pairs[:MOST_LINKS]]
    return made


def _ghost(names: Mapping[str, int], path: str) -> int:
    """The unresolved name by which links still mean a note that is gone; -1 for none."""
    name = path.removesuffix(".md").casefold()
    return names.get(name, names.get(name.rpartition("/")[2], -1))
