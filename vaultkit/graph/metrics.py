"""Measures of the whole graph, on arrays: one million nodes take seconds.

All are of the collapsed view: one edge for each ordered pair, no links of a node to itself.
Components, core numbers and (to 1e-8) PageRank equal networkx's own on `simple_graph`.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from vaultkit.graph.core import GraphCore, Ints
from vaultkit.graph.sparse import parts

_T = TypeVar("_T", bound=np.generic)

Floats = npt.NDArray[np.float64]

DAMPING = 0.85
TOLERANCE = 1e-9
MAX_ITERATIONS = 200


def pairs(core: GraphCore) -> tuple[Ints, Ints, Ints]:
    """(source, target, number of links) of each edge of the collapsed view, sorted by source, then target."""
    indptr, target, count = core.collapsed
    source = np.repeat(np.arange(len(core), dtype=np.int32), np.diff(indptr))
    return source, target, count


def neighbour_lists(core: GraphCore, direction: str = "both") -> tuple[Ints, Ints]:
    """(indptr, indices): the neighbours of each node, sorted, along "out", "in" or "both" directions of links."""
    if direction == "out":
        return core.collapsed[0], core.collapsed[1]
    n = len(core)
    source, target, _ = pairs(core)
    key = target.astype(np.int64) * n + source
    if direction == "both":
        key = np.concatenate((key, source.astype(np.int64) * n + target))
    key = distinct(key)
    here = (key // max(n, 1)).astype(np.int32)
    indptr = np.searchsorted(here, np.arange(n + 1, dtype=np.int32)).astype(np.int32)
    return indptr, (key % max(n, 1)).astype(np.int32)


def degrees(core: GraphCore) -> tuple[Ints, Ints]:
    """(in, out): how many other nodes link to each node, and are linked from it."""
    indptr, target, _ = core.collapsed
    arriving = np.bincount(target, minlength=len(core)).astype(np.int32)
    return arriving, np.diff(indptr).astype(np.int32)


def pagerank(core: GraphCore) -> Floats:
    """PageRank with damping 0.85, each link of the collapsed view of equal weight; sums to 1.

    Power iteration until a round moves less than 1e-9 in all; each round leaves at most 0.85 of the
    error, so 200 rounds are always enough. networkx stops at 1e-6 for each node instead, which with a
    million nodes is after the first round; with a small ``tol`` the two agree.
    """
    n = len(core)
    if n == 0:
        return np.zeros(0)
    source, target, _ = pairs(core)
    leaving = np.diff(core.collapsed[0])
    share = np.divide(1.0, leaving, where=leaving > 0, out=np.zeros(n))
    is_end = leaving == 0
    rank = np.full(n, 1 / n)
    for _ in range(MAX_ITERATIONS):
        before = rank
        flow = np.bincount(target, weights=(before * share)[source], minlength=n)
        rank = DAMPING * (flow + before[is_end].sum() / n) + (1 - DAMPING) / n
        if float(np.abs(rank - before).sum()) < TOLERANCE:
            break
    return rank


def components(core: GraphCore) -> Ints:
    """Number of the weakly connected component of each node: 0 is the largest, of equal ones that with the first node."""
    source, target, _ = pairs(core)
    labels = parts(len(core), source.astype(np.int64), target.astype(np.int64))
    firsts, where, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    order = np.lexsort((firsts, -sizes))
    renamed = np.empty(len(firsts), np.int32)
    renamed[order] = np.arange(len(firsts), dtype=np.int32)
    found: Ints = renamed[where]
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
            near = distinct(near)
            peel = near[left[near] & (degree[near] <= k)]
    return numbers


def distinct(values: npt.NDArray[_T]) -> npt.NDArray[_T]:
    """The different values, sorted: `numpy.unique`, which would load masked arrays for it (12 ms of a start)."""
    values = np.sort(values)
    is_new = np.ones(len(values), bool)
    is_new[1:] = values[1:] != values[:-1]
    return values[is_new]


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
        frontier = distinct(near[found[near] < 0])
        found[frontier] = steps
    return found
