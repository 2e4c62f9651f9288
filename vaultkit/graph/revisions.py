"""A vault as it was at a git revision, and what changed in its graph between two.

git is only asked, never told: `rev-parse`, `ls-tree`, `cat-file` and `diff` between two trees write
nothing and run no program that a repository names.
"""

from __future__ import annotations

from collections.abc import Mapping

from vaultkit.base.record import record
from vaultkit.graph.core import EDGE_KINDS, GraphCore
from vaultkit.vault.revision import snapshot_at
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace

# What a renamed note is still taken for the same note by, as git's own default.
# Links that lead to each other; systems stop at about as many.


@record
class GraphDiff:
    """What happened to the graph from one revision to another. Ids are those of the later one where a note moved.

    added, removed:   ids of nodes.  renamed: (id before, id after).
    links_added, links_removed: (source, kind, target), each pair and kind once.
    written:  unresolved names that a note answers to now.  lost: names that had a file and have none now.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    links_added: tuple[tuple[str, str, str], ...]
    links_removed: tuple[tuple[str, str, str], ...]
    written: tuple[str, ...]
    lost: tuple[str, ...]


def vault_at(workspace: Workspace, revision: str | None) -> Snapshot:
    """Return the vault as it was at a git revision; None for the files on disk.

    Raises:
        VaultkitError: there is no git, no repository or no such revision.
    """
    return workspace.snapshot() if revision is None else snapshot_at(workspace, revision)


def compare(before: GraphCore, after: GraphCore, moved: Mapping[str, str] | None = None) -> GraphDiff:
    """What changed from one graph to another. moved: path before -> path after."""
    new_id = dict(zip(before.ids, before.ids, strict=True))
    renamed = []
    if moved:
        for old, new in sorted(moved.items()):
            if old in before.files and new in after.files and new not in before.files:
                old_id, now = before.ids[before.files[old]], after.ids[after.files[new]]
                new_id[old_id] = now
                renamed.append((old_id, now))
    nodes_before = set(new_id.values())
    nodes_after = set(after.ids)
    links_before = {(new_id[a], kind, new_id[b]) for a, kind, b in _pairs(before)}
    links_after = set(_pairs(after))
    gone, come = nodes_before - nodes_after, nodes_after - nodes_before
    names_before = {before.labels[at].casefold() for at in before.files.values()}
    names_after = {after.labels[at].casefold() for at in after.files.values()}
    return GraphDiff(
        tuple(sorted(come)),
        tuple(sorted(gone)),
        tuple(renamed),
        tuple(sorted(links_after - links_before)),
        tuple(sorted(links_before - links_after)),
        tuple(sorted(node for node in gone if _is_unresolved(node) and _name(node) in names_after)),
        tuple(sorted(node for node in come if _is_unresolved(node) and _name(node) in names_before)),
    )


def _is_unresolved(node: str) -> bool:
    return node.startswith("unresolved:")


def _name(node: str) -> str:
    return node.partition(":")[2].rpartition("/")[2].casefold()


def _pairs(core: GraphCore) -> list[tuple[str, str, str]]:
    ids = core.ids
    columns = zip(core.source.tolist(), core.edge_kind.tolist(), core.target.tolist(), strict=True)
    return [(ids[source], EDGE_KINDS[kind], ids[target]) for source, kind, target in columns]
