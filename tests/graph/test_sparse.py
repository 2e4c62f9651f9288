"""Sparse matrices give what dense ones give; points near each other are those of all pairs."""

from __future__ import annotations

import numpy as np
import pytest

from vaultkit.graph.layout.communities import _local_moving, _Ties, communities, symmetric
from vaultkit.graph.sparse import Sparse, from_entries, near, parts, places_in, product_rows


def dense(matrix: Sparse) -> np.ndarray:
    found = np.zeros(matrix.shape)
    np.add.at(found, (matrix.rows, matrix.indices), matrix.data)
    return found


def drawn(rows: int, columns: int, entries: int, seed: int = 1) -> Sparse:
    chance = np.random.default_rng(seed)
    places = chance.integers(0, rows, entries), chance.integers(0, columns, entries)
    return from_entries(*places, chance.integers(1, 9, entries), (rows, columns))


@pytest.mark.parametrize(
    "matrix",
    [drawn(7, 5, 12), drawn(5, 9, 60), drawn(4, 4, 0), from_entries([], [], [], (0, 0)), drawn(1, 1, 3)],
    ids=["some empty rows", "doubled entries", "no entries", "no rows", "one place"],
)
def test_a_matrix_is_its_entries(matrix: Sparse) -> None:
    full = dense(matrix)
    values = np.arange(matrix.shape[1], dtype=float)
    assert matrix.nnz == np.count_nonzero(full)
    assert np.array_equal(matrix.sums, full.sum(axis=1))
    assert np.array_equal(matrix.dot(values), full @ values)
    assert np.array_equal(matrix.dot(np.stack([values, values * 2], axis=1)), full @ np.stack([values, values * 2], 1))
    assert np.array_equal(dense(matrix.by_column), full.T)
    assert np.array_equal(
        dense(matrix.scaled(np.arange(matrix.shape[0]) + 1.0)), full * (np.arange(len(full)) + 1)[:, None]
    )
    chosen = np.arange(matrix.shape[0])[::-2]
    assert np.array_equal(dense(matrix.take(chosen)), full[chosen])
    for row in range(len(full)):
        assert np.array_equal(matrix.dense_row(row), full[row])


def test_rows_and_columns_in_another_order() -> None:
    matrix, nodes = drawn(8, 8, 40), np.array([5, 0, 7])
    assert np.array_equal(dense(matrix.among(nodes)), dense(matrix)[nodes][:, nodes])


@pytest.mark.parametrize("chunk", [1, 40, 4_000_000])
def test_products_of_rows(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultkit.graph.sparse.CHUNK", chunk)
    one, other = drawn(9, 6, 30, 2), drawn(5, 6, 20, 3)
    rows, others, values = product_rows(one, other)
    found = np.zeros((9, 5))
    found[rows, others] = values
    assert np.array_equal(found, dense(one) @ dense(other).T)
    assert np.array_equal(rows, np.sort(rows))


def test_connected_parts_are_numbered_by_their_first_node() -> None:
    assert parts(7, np.array([6, 3, 4]), np.array([0, 1, 3])).tolist() == [0, 1, 2, 1, 1, 3, 0]
    assert parts(0, np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []


def test_places_in_ranges() -> None:
    assert places_in(np.array([3, 9, 9]), np.array([5, 9, 11])).tolist() == [3, 4, 9, 10]


@pytest.mark.parametrize("cell", [0.3, 1.0, 50.0])
def test_points_near_each_other(cell: float) -> None:
    places = np.random.default_rng(3).uniform(-5, 5, (120, 2))
    asked = np.array([0, 17, 90])
    reach = np.array([1.0, 0.2, 4.0])
    nodes, others = near(places, reach, asked, cell)
    apart = np.hypot(*(places[asked][:, None, :] - places[None, :, :]).transpose(2, 0, 1))
    expected = {
        (node, other)
        for at, node in enumerate(asked.tolist())
        for other in np.flatnonzero(apart[at] <= reach[at]).tolist()
        if other != node
    }
    assert set(zip(nodes.tolist(), others.tolist(), strict=True)) == expected
    assert len(nodes) == len(expected)


def test_ties_are_kept_up_to_date_while_nodes_move() -> None:
    chance = np.random.default_rng(4)
    matrix = symmetric(60, chance.integers(0, 60, 200), chance.integers(0, 60, 200))
    member = np.arange(60)
    ties = _Ties(matrix, member)
    for _ in range(5):
        moved = np.unique(chance.integers(0, 60, 9))
        member = member.copy()
        member[moved] = chance.integers(0, 60, len(moved))
        ties.update(member, moved)
        expected = from_entries(matrix.rows, member[matrix.indices], matrix.data, matrix.shape)
        row, group, weight = ties.sums(member)
        assert (row.tolist(), group.tolist(), weight.tolist()) == (
            expected.rows.tolist(),
            expected.indices.tolist(),
            expected.data.tolist(),
        )


def test_weights_that_are_no_whole_numbers_give_the_same_groups() -> None:
    chance = np.random.default_rng(5)
    source, target = chance.integers(0, 80, 160), chance.integers(0, 80, 160)
    whole = symmetric(80, source, target)
    parts_of = symmetric(80, source, target, np.full(160, 0.5))
    assert np.array_equal(communities(whole), communities(parts_of))
    assert np.array_equal(
        _local_moving(whole, np.arange(80), 1.0, np.random.default_rng(1)),
        _local_moving(parts_of, np.arange(80), 1.0, np.random.default_rng(1)),
    )
