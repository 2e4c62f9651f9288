"""Which nodes belong together: modularity by local moving and folding (Louvain), on whole arrays.

networkx' ``louvain_communities`` needs 3.8 s for 10,000 nodes and 18,000 links; moving many
nodes at once on sparse matrices needs about a tenth of a second for groups as good.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vaultkit.graph.sparse import Sparse, from_entries, parts, places_in

Ints = NDArray[np.int64]
SEED = 20  # any number: it only has to stay the same
SWEEPS = 24


def symmetric(count: int, source: Ints, target: Ints, weight: NDArray[np.float64] | None = None) -> Sparse:
    """The undirected weights between ``count`` nodes; links of a node to itself are left out."""
    keep = source != target
    source, target = source[keep], target[keep]
    values = np.ones(len(source)) if weight is None else weight[keep]
    rows, columns = np.concatenate([source, target]), np.concatenate([target, source])
    return from_entries(rows, columns, np.concatenate([values, values]), (count, count))


def communities(matrix: Sparse, *, resolution: float = 1.0) -> Ints:
    """Community of each node, numbered from 0 by falling size (then by the smallest member).

    matrix: symmetric weights. A node without links is a community of its own.
    """
    count = matrix.shape[0]
    member = np.arange(count, dtype=np.int64)
    if not matrix.nnz:
        return member
    rng = np.random.default_rng(SEED)
    level = matrix
    while True:
        moved = _local_moving(level, np.arange(level.shape[0], dtype=np.int64), resolution, rng)
        names, moved = np.unique(moved, return_inverse=True)
        member = moved[member]
        if len(names) == level.shape[0]:
            break
        level = from_entries(moved[level.rows], moved[level.indices], level.data, (len(names), len(names)))
    # Nodes that joined early may fit better elsewhere now that the groups are known.
    member = _local_moving(matrix, member, resolution, rng)
    return by_size(_without_singles(matrix, _connected_only(matrix, member)))


def by_size(member: Ints) -> Ints:
    """The same groups, numbered by falling size, ties by their first member."""
    names, first, inverse, sizes = np.unique(member, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(names))
    return rank[inverse]


def _connected_only(matrix: Sparse, member: Ints) -> Ints:
    """The groups with each one cut into its connected parts."""
    inside = member[matrix.rows] == member[matrix.indices]
    return parts(matrix.shape[0], matrix.rows[inside], matrix.indices[inside])


def _without_singles(matrix: Sparse, member: Ints) -> Ints:
    """The groups with each linked node that is alone in one moved to the neighbouring group that gains most."""
    member = member.copy()
    degree = matrix.sums
    load = np.bincount(member, weights=degree)
    sizes = np.bincount(member)
    for node in np.flatnonzero((sizes[member] == 1) & (np.diff(matrix.indptr) > 0)).tolist():
        if sizes[member[node]] > 1:  # another node has joined it
            continue
        row = slice(matrix.indptr[node], matrix.indptr[node + 1])
        near, weight = matrix.indices[row], matrix.data[row]
        groups = np.unique(member[near[near != node]])
        toward = np.array([weight[member[near] == group].sum() for group in groups])
        best = (
            groups[int((toward - degree[node] * load[groups] / degree.sum()).argmax())] if len(groups) else member[node]
        )
        load[member[node]] -= degree[node]
        sizes[member[node]] -= 1
        member[node] = best
        load[best] += degree[node]
        sizes[best] += 1
    return member


class _Ties:
    """Weight between each node and the groups of its neighbours, kept while nodes move."""

    def __init__(self, matrix: Sparse, member: Ints) -> None:
        self.matrix = matrix
        self.group_bits = max(1, (matrix.shape[0] - 1).bit_length())
        self.weight_bits = max(1, int(matrix.data.max(initial=0)).bit_length())
        # Weights are numbers of links. A row, a group and a weight in one number are sorted much faster than by argsort.
        self.is_packed = 2 * self.group_bits + self.weight_bits < 63 and not (matrix.data % 1).any()
        self.packed = np.sort(self._pack(np.arange(matrix.nnz), member)) if self.is_packed else np.zeros(0, np.int64)

    def _pack(self, entries: Ints, member: Ints) -> Ints:
        key = (self.matrix.rows[entries] << self.group_bits) | member[self.matrix.indices[entries]]
        return (key << self.weight_bits) | self.matrix.data[entries].astype(np.int64)

    def update(self, member: Ints, moved: Ints) -> None:
        """Take over that the nodes ``moved`` are in other groups now."""
        if not self.is_packed:
            return
        indptr = self.matrix.indptr
        is_near = np.zeros(self.matrix.shape[0], bool)
        is_near[self.matrix.indices[places_in(indptr[moved], indptr[moved + 1])]] = True
        rows = np.flatnonzero(is_near)
        entries = places_in(indptr[rows], indptr[rows + 1])
        self.packed[entries] = np.sort(self._pack(entries, member))

    def sums(self, member: Ints) -> tuple[Ints, Ints, NDArray[np.float64]]:
        """(row, group, weight), by row and group."""
        if not self.is_packed:
            found = from_entries(self.matrix.rows, member[self.matrix.indices], self.matrix.data, self.matrix.shape)
            return found.rows, found.indices, found.data
        key = self.packed >> self.weight_bits
        first = np.flatnonzero(np.concatenate((np.ones(1, bool), key[1:] != key[:-1])))
        weights = np.add.reduceat(self.packed & ((1 << self.weight_bits) - 1), first).astype(np.float64)
        key = key[first]
        return key >> self.group_bits, key & ((1 << self.group_bits) - 1), weights


def _local_moving(matrix: Sparse, member: Ints, resolution: float, rng: np.random.Generator) -> Ints:
    """Groups after nodes moved, half of them at a time, to where modularity gains most."""
    count = matrix.shape[0]
    degree = matrix.sums
    total = degree.sum()
    loops = matrix.rows == matrix.indices
    own = np.bincount(matrix.rows[loops], weights=matrix.data[loops], minlength=count)
    member = member.copy()
    if not matrix.nnz:
        return member
    ties = _Ties(matrix, member)
    # All at once would make two neighbours swap places for ever; a random half breaks the tie.
    for _ in range(SWEEPS):
        row, group, weight = ties.sums(member)
        load = np.bincount(member, weights=degree)
        stays = group == member[row]
        gain = weight - resolution * degree[row] * (load[group] - stays * degree[row]) / total
        gain -= stays * own[row]
        here = np.zeros(count)
        here[row[stays]] = gain[stays]
        best = np.full(count, -np.inf)
        first = np.flatnonzero(np.concatenate((np.ones(1, bool), row[1:] != row[:-1])))
        best[row[first]] = np.maximum.reduceat(gain, first)
        top = np.flatnonzero(gain >= best[row] - 1e-12)
        choice = np.full(count, -1, dtype=np.int64)
        choice[row[top[::-1]]] = group[top[::-1]]  # the lowest number of equals
        better = (best > here + 1e-9) & (choice != member) & (choice >= 0)
        if not better.any():
            break
        movers = better & (rng.random(count) < 0.5)
        member[movers] = choice[movers]
        ties.update(member, np.flatnonzero(movers))
    return member
