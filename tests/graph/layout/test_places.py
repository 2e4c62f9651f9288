from __future__ import annotations

import numpy as np
import pytest
from planted import near_own, planted

from vaultkit.graph.layout.forces import Repulsion, pairwise, spread
from vaultkit.graph.layout.packing import fill_gaps, settle, shelf
from vaultkit.graph.layout.positions import join, lay_out
from vaultkit.graph.sparse import from_entries


def graph_of(count: int):
    source, target, community, _ = planted(count)
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    return source, target, community, np.minimum(4 + 1.6 * np.sqrt(degree), 26.0)


def test_near_on_the_page_is_near_in_the_graph():
    source, target, community, radius = graph_of(1000)
    layout = lay_out(1000, source, target, radius, [(0, "")] * 1000)
    assert near_own(layout.places, community) >= 0.9


def test_nodes_do_not_lie_upon_one_another():
    source, target, _, radius = graph_of(600)
    places = lay_out(600, source, target, radius, [(0, "")] * 600).places
    apart = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1)) - radius[:, None] - radius[None, :]
    np.fill_diagonal(apart, 1.0)
    assert (apart < -1.0).sum() / 2 <= 6, "at most a handful touch by more than a pixel"


def test_the_same_graph_gives_the_same_places():
    source, target, _, radius = graph_of(400)
    first = lay_out(400, source, target, radius, [(0, "")] * 400)
    again = lay_out(400, source, target, radius, [(0, "")] * 400)
    assert np.array_equal(first.places, again.places)
    assert np.array_equal(first.community, again.community)


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_nodes_without_links_stand_on_a_shelf(count):
    none = np.zeros(0, dtype=np.int64)
    layout = lay_out(count, none, none, np.full(count, 4.0), [(0, "a")] * count)
    assert layout.places.shape == (count, 2)
    assert len({tuple(place) for place in layout.places.tolist()}) == count
    assert layout.community.tolist() == [-1] * count


def test_hundreds_of_pairs_stand_in_rows_below_the_rest():
    star = [(0, leaf) for leaf in range(1, 40)]
    piece = [(40, leaf) for leaf in range(41, 48)]
    pairs = [(48 + 2 * at, 49 + 2 * at) for at in range(100)]
    source, target = np.array(star + piece + pairs).T
    places = lay_out(248, source, target, np.full(248, 5.0), [(0, "")] * 248).places
    assert places[48:, 1].min() > places[:48, 1].max()
    assert np.hypot(*(places[48::2] - places[49::2]).T).max() < 60, "a pair stays together"


def test_the_shelf_lies_below_everything_and_by_folder():
    source, target = np.array([0, 1, 2]), np.array([1, 2, 0])
    words = [(0, "")] * 3 + [(0, "b"), (0, "a"), (0, "b"), (1, "pictures")]
    places = lay_out(7, source, target, np.full(7, 5.0), words).places
    assert places[3:, 1].min() > places[:3, 1].max() + 30
    assert abs(places[3] - places[5]).sum() < abs(places[3] - places[4]).sum(), "one folder stands together"
    assert places[6, 0] > places[4, 0] or places[6, 1] > places[4, 1], "lower ranks come first"


def test_a_new_node_moves_no_other():
    source, target, _, radius = graph_of(500)
    before = lay_out(500, source, target, radius, [(0, "")] * 500)
    known = np.append(np.ones(500, dtype=bool), False)
    places = np.vstack([before.places, [0, 0]])
    community = np.append(before.community, -1)
    after = join(known, places, community, np.append(source, 500), np.append(target, 7), np.append(radius, 4.0))
    assert np.array_equal(after.places[:500], before.places)
    assert np.hypot(*(after.places[500] - before.places[7])) < 150
    assert after.community[500] == before.community[7]


def test_a_new_node_without_links_stands_apart():
    after = join(
        np.array([True, False]),
        np.zeros((2, 2)),
        np.array([-1, -1]),
        np.zeros(0, int),
        np.zeros(0, int),
        np.full(2, 4.0),
    )
    assert after.places[1, 1] > after.places[0, 1]


def test_the_grid_gives_the_force_of_all_pairs():
    places = np.random.default_rng(5).uniform(-12, 12, (400, 2))
    exact, near = pairwise(places), Repulsion(14).of(places)
    assert np.linalg.norm(near - exact) / np.linalg.norm(exact) < 0.25


def test_spread_leaves_the_fixed_where_they_are():
    places = np.array([[0.0, 0.0], [0.1, 0.0]])
    moved = spread(places, np.array([1.0, 1.0]), fixed=np.array([True, False]))
    assert moved[0].tolist() == [0.0, 0.0]
    assert np.hypot(*moved[1]) > 1.8


def test_discs_settle_side_by_side():
    radius = np.array([5.0, 3.0, 3.0, 1.0])
    centre = settle(radius, from_entries(*np.nonzero(1 - np.eye(4)), np.ones(12), (4, 4)), 0.5)
    for a in range(4):
        for b in range(a):
            assert np.hypot(*(centre[a] - centre[b])) > (radius[a] + radius[b]) * 0.97


def test_gaps_are_filled_without_overlap():
    centre, radius = np.array([[0.0, 0.0], [20.0, 0.0]]), np.array([8.0, 8.0])
    pieces = np.array([3.0, 2.0, 2.0])
    found = fill_gaps(centre, radius, pieces, 0.5)
    every = np.vstack([centre, found])
    sizes = np.concatenate([radius, pieces])
    for a in range(5):
        for b in range(a):
            assert np.hypot(*(every[a] - every[b])) >= sizes[a] + sizes[b] - 0.01


def test_a_shelf_breaks_into_rows():
    places = shelf([3, 3, 3], 6.0, 1.0)
    assert len(places) == 9
    assert places[:, 0].max() <= 6.0
    assert places[:, 1].max() > 0
