"""Which node of the graph a person means by a name on the command line."""

from __future__ import annotations

from vaultkit.base.errors import VaultkitError
from vaultkit.graph.core import MISSING, TAG, UNRESOLVED, GraphCore
from vaultkit.query.file_lookup import file_named
from vaultkit.vault.link_tables import unresolved_name
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot


def node_named(vault: Snapshot, core: GraphCore, name: str) -> int:
    """The node that ``name`` means: an id, ``#tag``, a file as `file_named` finds it, or an unresolved name.

    Raises:
        VaultkitError: no node is meant, or more than one.
    """
    if name in core.index:
        return core.index[name]
    if name.startswith("#") and len(name) > 1:
        tag = core.index.get(f"tag:{fold(name[1:].rstrip('/'))}")
        if tag is None:
            raise VaultkitError(f"{name}: no note has this tag, or tags are excluded; --kinds includes them")
        return tag
    try:
        path = file_named(vault, name)
    except VaultkitError:
        wanted = fold(unresolved_name(name))
        for node in (core.kind == UNRESOLVED).nonzero()[0].tolist() + (core.kind == MISSING).nonzero()[0].tolist():
            if fold(core.paths[node]) == wanted:
                return int(node)
        raise
    if path not in core.files:
        raise VaultkitError(f"{path}: not in the graph; --excluded and --kinds change what is included")
    return core.files[path]


def shown(core: GraphCore, node: int) -> str:
    """How a node is printed: a file's path, ``#tag``, a name with " (unresolved)"."""
    kind = core.kind[node]
    if kind == TAG:
        return core.labels[node]
    return f"{core.paths[node]} (unresolved)" if kind in (UNRESOLVED, MISSING) else core.paths[node]
