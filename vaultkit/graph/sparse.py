"""Sparse matrices on numpy arrays, and points near each other: what the graph needs instead of SciPy's 140 MB.

All sums run over the entries of a row in their order, so results equal those of SciPy to the last bit.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
CHUNK = 4_000_000  # entries that a product holds at once


class Sparse:
    """A matrix by rows: ``indices[indptr[r]:indptr[r + 1]]`` are the columns of row r, ``data`` their values."""

    def __init__(self, indptr: Ints, indices: Ints, data: Floats, shape: tuple[int, int]) -> None:
        self.indptr = indptr
        self.indices = indices
        self.data = data
        self.shape = shape

    @property
    def nnz(self) -> int:
        """Number of entries."""
        return len(self.data)

    @cached_property
    def rows(self) -> Ints:
        """Row of each entry."""
        return np.repeat(np.arange(self.shape[0], dtype=np.int64), np.diff(self.indptr))

    @cached_property
    def sums(self) -> Floats:
        """Sum of each row."""
        return added(self.rows, self.data, self.shape[0])

    @cached_property
    def by_column(self) -> Sparse:
        """The transposed matrix."""
        order = np.argsort(self.indices, kind="stable")
        return Sparse(_starts(self.indices[order], self.shape[1]), self.rows[order], self.data[order], self.shape[::-1])

    def dot(self, values: Floats) -> Floats:
        """The product with a vector, or with an array of columns."""
        if values.ndim == 1:
            return added(self.rows, self.data * values[self.indices], self.shape[0])
        return np.stack([self.dot(column) for column in values.T], axis=1)

    def dense_row(self, row: int) -> Floats:
        """One row with its zeros."""
        found = np.zeros(self.shape[1])
        here = slice(self.indptr[row], self.indptr[row + 1])
        found[self.indices[here]] = self.data[here]
        return found

    def take(self, rows: npt.ArrayLike) -> Sparse:
        """The matrix of these rows, in this order."""
        chosen = np.asarray(rows, dtype=np.int64)
        at = places_in(self.indptr[chosen], self.indptr[chosen + 1])
        indptr = np.concatenate(([0], np.cumsum(np.diff(self.indptr)[chosen]))).astype(np.int64)
        return Sparse(indptr, self.indices[at], self.data[at], (len(chosen), self.shape[1]))

    def among(self, nodes: Ints) -> Sparse:
        """The matrix of these rows and columns, in this order."""
        number = np.full(self.shape[1], -1, dtype=np.int64)
        number[nodes] = np.arange(len(nodes))
        part = self.take(nodes)
        columns = number[part.indices]
        keep = columns >= 0
        return Sparse(_starts(part.rows[keep], len(nodes)), columns[keep], part.data[keep], (len(nodes), len(nodes)))

    def scaled(self, factors: Floats) -> Sparse:
        """The matrix with each row times its factor.

        Its rows run backwards. Positions of 50,000 notes depend on the last bit of sums, and so keep their places.
        """
        at = self.indptr[self.rows] + self.indptr[self.rows + 1] - 1 - np.arange(self.nnz)
        return Sparse(self.indptr, self.indices[at], factors[self.rows] * self.data[at], self.shape)


def from_entries(rows: npt.ArrayLike, columns: npt.ArrayLike, values: npt.ArrayLike, shape: tuple[int, int]) -> Sparse:
    """The matrix with these entries, columns in order; those of one place are added up."""
    key = np.asarray(rows, dtype=np.int64) * shape[1] + np.asarray(columns, dtype=np.int64)
    order = np.argsort(key, kind="stable")
    key, data = key[order], np.asarray(values, dtype=np.float64)[order]
    first = np.flatnonzero(np.concatenate((np.ones(len(key[:1]), bool), key[1:] != key[:-1])))
    if len(first) < len(key):
        data = added(np.repeat(np.arange(len(first)), np.diff(np.append(first, len(key)))), data, len(first))
        key = key[first]
    return Sparse(_starts(key // max(shape[1], 1), shape[0]), key % max(shape[1], 1), data, shape)


def product_rows(one: Sparse, other: Sparse) -> tuple[Ints, Ints, Floats]:
    """(row, row of the other, value) of ``one`` times the transposed ``other``, by row: likeness of all their rows."""
    columns = other.by_column
    count = max(other.shape[0], 1)
    wide = np.concatenate(([0], np.cumsum(np.diff(columns.indptr)[one.indices])))
    cost = wide[one.indptr] + np.arange(one.shape[0] + 1) * count
    found: list[tuple[Ints, Ints, Floats]] = []
    start = 0
    while start < one.shape[0]:
        end = max(start + 1, int(np.searchsorted(cost, cost[start] + CHUNK, side="right")) - 1)
        here = slice(one.indptr[start], one.indptr[end])
        lengths = np.diff(columns.indptr)[one.indices[here]]
        at = places_in(columns.indptr[one.indices[here]], columns.indptr[one.indices[here] + 1])
        key = np.repeat(one.rows[here] - start, lengths) * count + columns.indices[at]
        values = np.repeat(one.data[here], lengths) * columns.data[at]
        sums = added(key, values, (end - start) * count)
        where = np.flatnonzero(sums)
        found.append((where // count + start, where % count, sums[where]))
        start = end
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    rows, others, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return rows, others, values


def parts(count: int, one: Ints, two: Ints) -> Ints:
    """Number of the connected part of each of ``count`` nodes, parts in the order of their first nodes."""
    labels = np.arange(count, dtype=np.int64)  # the first node known to hang together with each
    while True:
        before = labels
        lower = np.minimum(labels[one], labels[two])
        labels = labels.copy()
        np.minimum.at(labels, before[one], lower)
        np.minimum.at(labels, before[two], lower)
        while not np.array_equal(jumped := labels[labels], labels):
            labels = jumped
        if np.array_equal(labels, before):
            found: Ints = np.cumsum(labels == np.arange(count))[labels] - 1
            return found


def places_in(starts: Ints, ends: Ints) -> Ints:
    """The numbers from each start up to its end, one list behind the other."""
    lengths = ends - starts
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, np.int64)
    found: Ints = np.arange(total) + np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return found


def added(places: Ints, values: Floats, count: int) -> Floats:
    """The sum of the values at each of ``count`` places, in the order of the values."""
    return np.bincount(places, weights=values, minlength=count).astype(np.float64, copy=False)


def _starts(sorted_rows: Ints, count: int) -> Ints:
    return np.searchsorted(sorted_rows, np.arange(count + 1)).astype(np.int64)


def near(places: Floats, reach: Floats, asked: Ints, cell: float) -> tuple[Ints, Ints]:
    """(node, other) for each other node within the reach of one of those ``asked``.

    reach: of each node asked, in the order of ``asked``.  cell: side of the squares in which the nodes are sorted.
    """
    square = np.floor((places - places.min(axis=0)) / cell).astype(np.int64)
    width = int(square[:, 0].max()) + 1
    key = square[:, 1] * width + square[:, 0]
    order = np.argsort(key, kind="stable")
    key = key[order]
    steps = np.ceil(reach / cell).astype(np.int64)
    left, right = np.maximum(square[asked, 0] - steps, 0), np.minimum(square[asked, 0] + steps, width - 1)
    found: list[tuple[Ints, Ints]] = []
    for row in range(-int(steps.max(initial=0)), int(steps.max(initial=0)) + 1):
        use = np.flatnonzero(np.abs(row) <= steps)
        first = (square[asked[use], 1] + row) * width
        starts = np.searchsorted(key, first + left[use], side="left")
        ends = np.searchsorted(key, first + right[use], side="right")
        node, other = np.repeat(use, ends - starts), order[places_in(starts, ends)]
        apart = places[asked[node]] - places[other]
        close = ((apart**2).sum(axis=1) <= reach[node] ** 2) & (asked[node] != other)
        found.append((asked[node[close]], other[close]))
    nodes, others = (np.concatenate(column) for column in zip(*found, strict=True))
    return nodes, others
