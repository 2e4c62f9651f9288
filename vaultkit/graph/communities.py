"""Groups of notes that link among themselves more than to others, and what to call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import numpy.typing as npt

from vaultkit.base.hashes import blake2b
from vaultkit.base.record import record
from vaultkit.graph.core import NOTE, TAGGED, GraphCore
from vaultkit.graph.layout.communities import communities as louvain
from vaultkit.graph.layout.communities import symmetric
from vaultkit.graph.metrics import Floats, pagerank, pairs
from vaultkit.graph.sparse import Sparse
from vaultkit.graph.topics import topics
from vaultkit.vault.snapshot import Snapshot

if TYPE_CHECKING:
    Graph = nx.Graph[int]

Wide = npt.NDArray[np.int64]
SAMPLE_SEED = 7
# Above, betweenness takes minutes even from a sample.
MOST_BETWEENNESS_NODES = 30_000
# From all of so many nodes betweenness takes about half a second.
EXACT = 500
_STORED = "communities"
FEWEST_STORED = 5_000  # nodes; those of smaller graphs are found faster than they are read


@record
class Community:
    """A group of nodes.

    name:  see `vaultkit.graph.topics`, or the tag that is most its own.
    nodes: those with most links inside first, of equal ones those of higher PageRank.
    hub:   the node that the name is taken from.  terms: words that its texts share, most typical first.
    """

    name: str
    nodes: tuple[int, ...]
    hub: int
    terms: tuple[str, ...]


@record
class Communities:
    """All groups, the largest first; nodes without any link are in none.

    method: "louvain".  note: what was bounded by size, or "".
    modularity: share of links inside groups beyond what chance would give, at most 1.
    member: number of each node's group, -1 for none.
    """

    method: str
    note: str
    modularity: float
    groups: tuple[Community, ...]
    member: tuple[int, ...]


def weighted_graph(core: GraphCore) -> Graph:
    """The undirected networkx graph that betweenness is counted in, one edge a pair with ``weight`` links."""
    matrix = link_matrix(core)
    once = matrix.rows <= matrix.indices
    columns = (matrix.rows[once], matrix.indices[once], matrix.data[once].astype(int))
    graph: Graph = nx.Graph()
    graph.add_nodes_from(range(len(core)))
    graph.add_weighted_edges_from(zip(*(column.tolist() for column in columns), strict=True))
    return graph


def link_matrix(core: GraphCore) -> Sparse:
    """Number of links between each two nodes, in both directions together."""
    source, target, count = pairs(core)
    return symmetric(len(core), source.astype(np.int64), target.astype(np.int64), count.astype(np.float64))


def communities(
    core: GraphCore,
    tagged: GraphCore | None = None,
    *,
    vault: Snapshot | None = None,
    name_by: str = "topic",
    has_pictures: bool = True,
) -> Communities:
    """The communities of the graph, found by Louvain with a fixed seed, so the same graph gives the same groups.

    vault:   where texts are read for names; None names by links alone.
    tagged:  the graph with its tags, which names are taken from when ``name_by`` is "tag".
    has_pictures: whether the texts of pictures count for names.
    name_by: "topic", "rank" (the label of the note with the highest PageRank) or "tag".
    """
    matrix = link_matrix(core)
    member = members(core, matrix)
    if not (member >= 0).any():
        return Communities("louvain", "", 0.0, (), (-1,) * len(core))
    rank = pagerank(core)
    near = _links_inside(matrix, member)
    order = np.lexsort((np.arange(len(core)), -rank, -near, member))
    order = order[member[order] >= 0]
    ends = np.searchsorted(member[order], np.arange(int(member.max()) + 2))
    groups = [tuple(order[ends[at] : ends[at + 1]].tolist()) for at in range(len(ends) - 1)]
    found = topics(core, vault, groups, matrix, has_pictures=has_pictures)
    names = [topic.name for topic in found]
    if name_by == "tag" and tagged is not None:
        names = [tag or name for tag, name in zip(_names_by_tag(core, tagged, groups), names, strict=True)]
    elif name_by == "rank":
        names = [_label_by_rank(core, nodes, rank) for nodes in groups]
    return Communities(
        "louvain",
        "",
        _modularity(matrix, member),
        tuple(
            Community(name, nodes, topic.hub, topic.terms)
            for name, nodes, topic in zip(names, groups, found, strict=True)
        ),
        tuple(member.tolist()),
    )


def members(core: GraphCore, matrix: Sparse | None = None) -> Wide:
    """Number of the community of each node, by falling size; -1 for nodes without links.

    Those of a large graph are stored: an edit that changes no link leaves them as they are.
    """
    matrix = link_matrix(core) if matrix is None else matrix
    if core.store is None or len(core) < FEWEST_STORED:
        return _members(matrix)
    sums = blake2b(digest_size=32)
    for column in (matrix.indptr, matrix.indices, matrix.data):
        sums.update(np.ascontiguousarray(column).tobytes())
    row = core.store.get(_STORED, "members")
    if row is not None and row[0] == sums.digest() and len(row[1]) == 8 * len(core):
        return np.frombuffer(row[1], np.int64)
    member = _members(matrix)
    core.store.write(_STORED, [("members", sums.digest(), member.tobytes())])
    return member


def _members(matrix: Sparse) -> Wide:
    linked = np.flatnonzero(np.diff(matrix.indptr))
    member = np.full(matrix.shape[0], -1, dtype=np.int64)
    if len(linked):
        member[linked] = louvain(matrix.among(linked))
    return member


def _links_inside(matrix: Sparse, member: Wide) -> Wide:
    """Number of neighbours of each node within its own group."""
    inside = member[matrix.rows] == member[matrix.indices]
    return np.bincount(matrix.rows[inside], minlength=len(member))


def _modularity(matrix: Sparse, member: Wide) -> float:
    total = float(matrix.data.sum())
    inside = float(matrix.data[member[matrix.rows] == member[matrix.indices]].sum())
    loads = np.bincount(member[member >= 0], weights=matrix.sums[member >= 0])
    return inside / total - float((loads**2).sum()) / total**2


def _label_by_rank(core: GraphCore, nodes: tuple[int, ...], rank: Floats) -> str:
    """Label of the written node with the highest PageRank; of any node when all are unresolved."""
    written = [node for node in nodes if core.kind[node] == NOTE] or list(nodes)
    return core.labels[min(written, key=lambda node: (-rank[node], node))]


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
    if n > MOST_BETWEENNESS_NODES:
        return np.zeros(n), f"{n:,} nodes: betweenness is left out above {MOST_BETWEENNESS_NODES:,}"
    graph = weighted_graph(core)
    k = n if n <= exact else min(samples, n)
    found = nx.betweenness_centrality(graph, k=k if k < n else None, seed=SAMPLE_SEED)
    note = f"betweenness is estimated from {k} of {n:,} nodes" if k < n else ""
    return np.array([found[node] for node in range(n)]), note
