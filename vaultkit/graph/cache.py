"""The concept graph in the store: a question about a vault in which nothing changed reads no note."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import numpy as np

from vaultkit.base.record import record
from vaultkit.base.store import Store
from vaultkit.graph.core import GraphCore
from vaultkit.graph.from_vault import graph_core
from vaultkit.vault.note_store import encoded
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.stamps import packed, trusted_until
from vaultkit.vault.workspace import Listing, Workspace

_KIND = "graph"
_ARRAYS = {"kind": np.uint8, "source": np.int32, "target": np.int32, "edge_kind": np.uint8, "count": np.int32}
_ARRAYS |= {"line": np.int32, "column": np.int32}


@record
class StoredGraph:
    """The columns of a `GraphCore`; arrays as little-endian bytes."""

    arrays: dict[str, bytes]
    paths: tuple[str, ...]
    labels: tuple[str, ...]
    raws: tuple[str, ...]
    facts: dict[int, dict[str, Any]]
    extra: dict[int, dict[str, str]]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(StoredGraph).decode


def vault_and_graph(
    workspace: Workspace, *, include_excluded: bool = False, optional: tuple[str, ...] = ()
) -> tuple[Snapshot, GraphCore]:
    """Return the vault and its concept graph, from the store if nothing changed since.

    Then the notes of the vault are read only if they are asked for. A graph with optional kinds of nodes is not
    stored.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    store = workspace.store
    if store is None or optional:
        vault = workspace.snapshot()
        return vault, graph_core(vault, include_excluded=include_excluded, optional=optional)
    listing = workspace.list_files()
    stamp = _stamp(workspace, listing)
    key = "with excluded files" if include_excluded else "without excluded files"
    row = store.get(_KIND, key) if stamp else None
    core = _graph(row[1], store) if row is not None and row[0] == stamp else None
    if core is not None:
        return workspace.listed(listing), core
    vault, _ = workspace.read(None, listing=listing)
    core = graph_core(vault, include_excluded=include_excluded, store=store)
    data = encoded(_encode, _stored(core)) if stamp and not vault.faults else None
    if data is not None:
        store.write(_KIND, [(key, stamp, data)])
    return vault, core


def _stamp(workspace: Workspace, listing: Listing) -> bytes:
    """A hash of everything the graph is made of; b"" if a note changed just now."""
    limit = trusted_until()
    sums = hashlib.blake2b(workspace.environment(listing), digest_size=32)
    for path, file in listing.files.items():
        if file.kind in ("note", "canvas"):
            stamp = packed(listing.walk.stamps.get(path), limit)
            if not stamp:
                return b""
            sums.update(path.encode("utf-8", "surrogateescape") + b"\0" + stamp)
    return sums.digest()


def _stored(core: GraphCore) -> StoredGraph:
    arrays = {name: np.ascontiguousarray(getattr(core, name), kind).tobytes() for name, kind in _ARRAYS.items()}
    return StoredGraph(
        arrays,
        tuple(core.paths),
        tuple(core.labels),
        tuple(core.raws),
        {node: dict(facts) for node, facts in core.facts.items()},
        {edge: dict(values) for edge, values in core.extra.items()},
    )


def _graph(data: bytes, store: Store) -> GraphCore | None:
    try:
        found = _decode(data)
        arrays: dict[str, Any] = {name: np.frombuffer(found.arrays[name], kind) for name, kind in _ARRAYS.items()}
        rest = {name: arrays[name] for name in ("count", "line", "column")}
        return GraphCore(
            arrays["kind"], found.paths, found.labels, arrays["source"], arrays["target"], arrays["edge_kind"],
            raws=found.raws, facts=found.facts, extra=found.extra, store=store, **rest,
        )  # fmt: skip
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError):
        return None
