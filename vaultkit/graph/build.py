"""From arrays to networkx: the graph for people, and its view with one edge for each pair."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import networkx as nx

from vaultkit.graph.core import CONCEPT_KINDS, EDGE_KINDS, MISSING, NODE_KINDS, UNRESOLVED, GraphCore
from vaultkit.graph.from_vault import graph_core
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import load_vault

if TYPE_CHECKING:
    MultiDiGraph = nx.MultiDiGraph[str]
    DiGraph = nx.DiGraph[str]


def concept_graph(
    vault: Snapshot | str | os.PathLike[str],
    *,
    kinds: Iterable[str] | None = None,
    include_excluded: bool = False,
    reads_texts: bool | None = None,
    flat: bool = False,
) -> MultiDiGraph:
    """The concept graph of a vault, as `vaultkit.graph.core` describes its nodes and edges, with all attributes.

    vault:       a vault, or the folder of one.
    kinds:       only nodes of these kinds; by default all but `OPTIONAL_KINDS`. The rest as in `graph_core`.
    reads_texts: whether words, cards and findings are counted, for which each note is read again; by
                 default in vaults of up to 20,000 notes. ``graph.graph["bounded"]`` lists what was left
                 out for size.
    flat:        lists and mappings (aliases, tags, properties, findings) as JSON texts, so that networkx can write the
                 graph as GraphML, GEXF and GML. Empty lists are left out, and nodes have their label as ``name``, too:
                 GML would lose both. It writes True and False as 1 and 0.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    if not isinstance(vault, Snapshot):
        vault = load_vault(vault)
    from vaultkit.graph.attributes import described

    wanted = tuple(kinds or ())
    opened = vault

    def core_of(facts: Mapping[str, Mapping[str, Any]]) -> GraphCore:
        core = graph_core(opened, include_excluded=include_excluded, facts=facts, optional=wanted)
        return core.only(wanted) if wanted else core

    core, bounded = described(vault, core_of, reads_texts=reads_texts, kinds=wanted or CONCEPT_KINDS)
    graph = networkx_graph(core)
    graph.graph["vault"] = vault.name
    graph.graph["bounded"] = list(bounded)
    return _flat(graph) if flat else graph


def _flat(graph: MultiDiGraph) -> MultiDiGraph:
    """The graph with plain values only, and without characters that XML and UTF-8 have no place for."""
    from vaultkit.graph.exports.drawing import as_text, clean

    def plain(value: object) -> object:
        if isinstance(value, list | dict):
            return as_text(value)
        return clean(value) if isinstance(value, str) else value

    found: MultiDiGraph = nx.MultiDiGraph()
    found.graph.update({name: plain(value) for name, value in graph.graph.items()})
    found.add_nodes_from(
        (clean(node), {name: plain(value) for name, value in (row | {"name": row["label"]}).items() if value != []})
        for node, row in graph.nodes(data=True)
    )
    found.add_edges_from(
        (clean(source), clean(target), {name: plain(value) for name, value in row.items()})
        for source, target, row in graph.edges(data=True)
    )
    return found


def networkx_graph(core: GraphCore) -> MultiDiGraph:
    """All nodes and edges of the arrays, with their attributes.

    Nodes:  kind, label, path, folder (files only), degree_in, degree_out (distinct neighbours), and their facts.
    Edges:  kind, count, resolved; line and col (from 1) where there is a place; target_raw; alias,
            anchor, name where they have one.
    """
    graph: MultiDiGraph = nx.MultiDiGraph()
    with _no_collection():
        graph.add_nodes_from(_nodes(core))
        graph.add_edges_from(_edges(core))
    return graph


def simple_graph(core: GraphCore) -> DiGraph:
    """One edge for each ordered pair, no self links.

    ``count`` says how many links it stands for, ``kinds`` of which kinds, in the order of `EDGE_KINDS`.
    """
    graph: DiGraph = nx.DiGraph()
    ids = core.ids
    indptr, target, count = core.collapsed
    kinds: dict[tuple[int, int], int] = {}
    for source, to, kind in zip(core.source.tolist(), core.target.tolist(), core.edge_kind.tolist(), strict=True):
        kinds[source, to] = kinds.get((source, to), 0) | 1 << kind
    words = [[word for at, word in enumerate(EDGE_KINDS) if mask >> at & 1] for mask in range(1 << len(EDGE_KINDS))]
    with _no_collection():
        graph.add_nodes_from(_nodes(core))
        starts = indptr.tolist()
        targets, counts = target.tolist(), count.tolist()
        graph.add_edges_from(
            (ids[source], ids[targets[at]], {"count": counts[at], "kinds": list(words[kinds[source, targets[at]]])})
            for source in range(len(core))
            for at in range(starts[source], starts[source + 1])
        )
    return graph


def _nodes(core: GraphCore) -> Iterator[tuple[str, dict[str, Any]]]:
    import numpy as np

    indptr, target, _ = core.collapsed
    degree_in = np.bincount(target, minlength=len(core)).tolist()
    degree_out = np.diff(indptr).tolist()
    rows = zip(core.ids, core.kind.tolist(), core.labels, core.paths, degree_in, degree_out, strict=True)
    for at, (node, kind, label, path, arriving, leaving) in enumerate(rows):
        word = NODE_KINDS[kind]
        attributes: dict[str, Any] = {"kind": word, "label": label, "path": path}
        if word in ("note", "attachment", "canvas", "base"):
            attributes["folder"] = path[: max(path.rfind("/"), 0)]
        attributes["degree_in"] = arriving
        attributes["degree_out"] = leaving
        if at in core.facts:
            attributes.update(core.facts[at])
        yield node, attributes


def _edges(core: GraphCore) -> Iterator[tuple[str, str, dict[str, Any]]]:
    ids = core.ids
    missing = ((core.kind == UNRESOLVED) | (core.kind == MISSING)).tolist()
    raws = core.raws or [""] * core.edges
    columns = (core.source, core.target, core.edge_kind, core.count, core.line, core.column)
    for at, (source, target, kind, count, line, column) in enumerate(
        zip(*(values.tolist() for values in columns), strict=True)
    ):
        attributes: dict[str, Any] = {"kind": EDGE_KINDS[kind], "count": count, "resolved": not missing[target]}
        if line:
            attributes["line"] = line
            attributes["col"] = column
        if raws[at]:
            attributes["target_raw"] = raws[at]
        if at in core.extra:
            attributes.update(core.extra[at])
        yield ids[source], ids[target], attributes


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cycle collector, which would walk all nodes made so far again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
