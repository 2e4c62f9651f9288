"""Groups of notes that link among themselves more than to others, and what to call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from vaultkit.graph.core import NOTE, TAGGED, GraphCore
from vaultkit.graph.metrics import Floats, pagerank, pairs
from vaultkit.record import record

if TYPE_CHECKING:
    Graph = nx.Graph[int]

SEED = 7
# Louvain took 3.8 s on 10,000 nodes and 69 s on 100,000, label propagation 0.5 and 5 s (networkx 3.6).
MAX_LOUVAIN_NODES = 30_000
# From all of so many nodes betweenness takes about half a second.
EXACT = 500


@record
class Community:
    """A group of nodes. name: see `named`; nodes: the most central first."""

    name: str
    nodes: tuple[int, ...]


@record
class Communities:
    """All groups, the largest first; nodes without any link are in none.

    method: "louvain" or "label propagation".  note: why not the better method, or "".
    modularity: share of links inside groups beyond what chance would give, at most 1.
    """

    method: str
    note: str
    modularity: float
    groups: tuple[Community, ...]


def weighted_graph(core: GraphCore) -> Graph:
    """The graph that communities are sought in: node indices, one undirected edge a pair, ``weight`` its links."""
    source, target, count = pairs(core)
    n = max(len(core), 1)
    key, where = np.unique(
        np.minimum(source, target).astype(np.int64) * n + np.maximum(source, target), return_inverse=True
    )
    weight = np.bincount(where, weights=count, minlength=len(key)).astype(np.int64)
    graph: Graph = nx.Graph()
    graph.add_nodes_from(range(len(core)))
    graph.add_weighted_edges_from(zip((key // n).tolist(), (key % n).tolist(), weight.tolist(), strict=True))
    return graph


def communities(core: GraphCore, tagged: GraphCore | None = None, *, name_by: str = "rank") -> Communities:
    """The communities of the graph, found by Louvain up to 30,000 nodes, beyond by label propagation.

    Both are networkx's own with a fixed seed, so the same graph gives the same groups.

    tagged:  the graph with its tags, which names are taken from when ``name_by`` is "tag".
    name_by: "rank" (the label of the most central node) or "tag".
    """
    graph = weighted_graph(core)
    graph.remove_nodes_from([node for node, degree in graph.degree() if degree == 0])
    note = ""
    if len(graph) == 0:
        return Communities("louvain", "", 0.0, ())
    if len(graph) <= MAX_LOUVAIN_NODES:
        method = "louvain"
        sets = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    else:
        method = "label propagation"
        note = f"{len(graph):,} nodes with links: above {MAX_LOUVAIN_NODES:,} label propagation is used, not Louvain"
        sets = list(nx.community.fast_label_propagation_communities(graph, weight="weight", seed=SEED))
    modularity = nx.community.modularity(graph, sets, weight="weight")
    rank = pagerank(core)
    groups = [tuple(sorted(nodes, key=lambda node: (-rank[node], node))) for nodes in sets]
    groups.sort(key=lambda nodes: (-len(nodes), min(nodes)))
    names = _names_by_tag(core, tagged, groups) if name_by == "tag" and tagged is not None else [""] * len(groups)
    return Communities(
        method,
        note,
        float(modularity),
        tuple(Community(name or _central_label(core, nodes), nodes) for name, nodes in zip(names, groups, strict=True)),
    )


def _central_label(core: GraphCore, nodes: tuple[int, ...]) -> str:
    """Label of the most central node that is there; of the most central one when all are unresolved."""
    written = next((node for node in nodes if core.kind[node] == NOTE), nodes[0])
    return core.labels[written]


def _names_by_tag(core: GraphCore, tagged: GraphCore | None, groups: list[tuple[int, ...]]) -> list[str]:
    """For each group the tag whose notes are most its own: notes inside, times their share of all with the tag."""
    assert tagged is not None
    group_of = {core.ids[node]: at for at, nodes in enumerate(groups) for node in nodes}
    inside: dict[tuple[int, int], int] = {}
    carried: dict[int, int] = {}
    for edge in np.flatnonzero(tagged.edge_kind == TAGGED).tolist():
        tag = int(tagged.target[edge])
        carried[tag] = carried.get(tag, 0) + 1
        group = group_of.get(tagged.ids[tagged.source[edge]])
        if group is not None:
            inside[group, tag] = inside.get((group, tag), 0) + 1
    best: dict[int, tuple[float, int]] = {}
    for (group, tag), notes in sorted(inside.items()):
        score = notes * notes / carried[tag]
        if notes > 1 and score > best.get(group, (0.0, 0))[0]:
            best[group] = (score, tag)
    return [tagged.labels[best[at][1]] if at in best else "" for at in range(len(groups))]


def betweenness(core: GraphCore, samples: int = 100, exact: int = EXACT) -> tuple[Floats, str]:
    """Share of shortest ways that lead through each node; and what was bounded.

    Reckoned from all nodes up to ``exact`` of them, beyond that from ``samples``. Above 30,000 nodes it would take
    minutes: then all are 0, and the note says so.
    """
    n = len(core)
    if n > MAX_LOUVAIN_NODES:
        return np.zeros(n), f"{n:,} nodes: betweenness is left out above {MAX_LOUVAIN_NODES:,}"
    graph = weighted_graph(core)
    k = n if n <= exact else min(samples, n)
    found = nx.betweenness_centrality(graph, k=k if k < n else None, seed=SEED)
    note = f"betweenness is estimated from {k} of {n:,} nodes" if k < n else ""
    return np.array([found[node] for node in range(n)]), note
