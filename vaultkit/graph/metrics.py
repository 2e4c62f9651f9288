"""Measures of the whole graph, on arrays: one million nodes take seconds.

All are of the collapsed view: one edge for each ordered pair, no links of a node to itself.
PageRank, components and core numbers equal networkx's own on `simple_graph`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from vaultkit.graph.core import GraphCore, Ints

Floats = npt.NDArray[np.float64]

DAMPING = 0.85
TOLERANCE = 1e-6
MAX_ITERATIONS = 100


def matrix(core: GraphCore) -> Any:
    """The collapsed view as a scipy CSR matrix; entries are numbers of links."""
    from scipy.sparse import csr_matrix

    indptr, target, count = core.collapsed
    return csr_matrix((count, target, indptr), shape=(len(core), len(core)))


def neighbour_lists(core: GraphCore, direction: str = "both") -> tuple[Ints, Ints]:
    """(indptr, indices): the neighbours of each node, sorted, along "out", "in" or "both" directions of links."""
    found = matrix(core)
    if direction == "in":
        found = found.T.tocsr()
    elif direction == "both":
        found = (found + found.T).tocsr()
    found.sort_indices()
    return found.indptr.astype(np.int32), found.indices.astype(np.int32)


def degrees(core: GraphCore) -> tuple[Ints, Ints]:
    """(in, out): how many other nodes link to each node, and are linked from it."""
    indptr, target, _ = core.collapsed
    arriving = np.bincount(target, minlength=len(core)).astype(np.int32)
    return arriving, np.diff(indptr).astype(np.int32)


def pagerank(core: GraphCore) -> Floats:
    """PageRank with damping 0.85, each link of the collapsed view of equal weight; sums to 1.

    Power iteration as networkx's, to a change below 1e-6 for each node. A graph that has not
    settled after 100 rounds keeps the last ones, which are off by no more than 0.85 to that power.
    """
    n = len(core)
    if n == 0:
        return np.zeros(0)
    from scipy.sparse import csr_matrix

    indptr, target, _ = core.collapsed
    leaving = np.diff(indptr)
    share = np.repeat(np.divide(1.0, leaving, where=leaving > 0, out=np.zeros(n)), leaving)
    flow = csr_matrix((share, target, indptr), shape=(n, n)).T.tocsr()
    is_end = leaving == 0
    rank = np.full(n, 1 / n)
    for _ in range(MAX_ITERATIONS):
        before = rank
        rank = DAMPING * (flow @ before + before[is_end].sum() / n) + (1 - DAMPING) / n
        if float(np.abs(rank - before).sum()) < n * TOLERANCE:
            break
    return rank


def components(core: GraphCore) -> Ints:
    """Number of the weakly connected component of each node: 0 is the largest, of equal ones that with the first node."""
    from scipy.sparse.csgraph import connected_components

    if len(core) == 0:
        return np.zeros(0, np.int32)
    number, labels = connected_components(matrix(core), directed=True, connection="weak")
    sizes = np.bincount(labels, minlength=number)
    first = np.full(number, len(core))
    np.minimum.at(first, labels, np.arange(len(core)))
    order = np.lexsort((first, -sizes))
    renamed = np.empty(number, np.int32)
    renamed[order] = np.arange(number, dtype=np.int32)
    found: Ints = renamed[labels]
    return found


def core_numbers(core: GraphCore) -> Ints:
    """The largest k for which a node is in a part where each has k neighbours, directions ignored."""
    indptr, indices = neighbour_lists(core)
    degree = np.diff(indptr).astype(np.int64)
    numbers = np.zeros(len(core), np.int32)
    left = np.ones(len(core), bool)
    k = 0
    while left.any():
        k = max(k, int(degree[left].min()))
        peel: Ints = np.flatnonzero(left & (degree <= k)).astype(np.int32)
        while len(peel):
            numbers[peel] = k
            left[peel] = False
            near = gather(indptr, indices, peel)
            np.subtract.at(degree, near, 1)
            near = np.unique(near)
            peel = near[left[near] & (degree[near] <= k)]
    return numbers


def gather(indptr: Ints, indices: Ints, nodes: npt.NDArray[Any]) -> Ints:
    """The neighbours of all ``nodes``, one list behind the other."""
    starts, ends = indptr[nodes], indptr[nodes + 1]
    lengths = ends - starts
    if not len(nodes) or not int(lengths.sum()):
        return np.zeros(0, np.int32)
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    found: Ints = indices[np.arange(int(lengths.sum())) + offsets]
    return found


def distances(indptr: Ints, indices: Ints, start: int, limit: int | None = None) -> Ints:
    """Steps from ``start`` to each node, -1 where there is no way or it is longer than ``limit``."""
    found = np.full(len(indptr) - 1, -1, np.int32)
    found[start] = 0
    frontier: Ints = np.array([start], np.int32)
    steps = 0
    while len(frontier) and (limit is None or steps < limit):
        steps += 1
        near = gather(indptr, indices, frontier)
        frontier = np.unique(near[found[near] < 0]).astype(np.int32)
        found[frontier] = steps
    return found
