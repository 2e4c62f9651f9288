from __future__ import annotations

import numpy as np

from vaultkit.graph.layout.communities import by_size, communities, symmetric


def cliques(*sizes: int, bridges: list[tuple[int, int]] = ()):  # type: ignore[assignment]
    source, target, start = [], [], 0
    for size in sizes:
        for a in range(size):
            for b in range(a):
                source.append(start + a)
                target.append(start + b)
        start += size
    for a, b in bridges:
        source.append(a)
        target.append(b)
    return symmetric(start, np.array(source, dtype=np.int64), np.array(target, dtype=np.int64))


def test_two_groups_with_one_bridge_are_told_apart():
    found = communities(cliques(6, 8, bridges=[(0, 7)])).tolist()
    assert found == [1] * 6 + [0] * 8, "the larger group is number 0"


def test_pieces_without_a_link_between_them_are_never_one_group():
    found = communities(cliques(3, 3, 3))
    assert len(set(found.tolist())) == 3


def test_a_node_without_links_is_alone():
    matrix = symmetric(3, np.array([0]), np.array([1]))
    assert communities(matrix).tolist() == [0, 0, 1]


def test_no_links_and_no_nodes():
    empty = np.zeros(0, dtype=np.int64)
    assert communities(symmetric(2, empty, empty)).tolist() == [0, 1]
    assert communities(symmetric(0, empty, empty)).tolist() == []


def test_the_same_graph_gives_the_same_groups():
    rng = np.random.default_rng(3)
    source, target = rng.integers(0, 300, 900), rng.integers(0, 300, 900)
    matrix = symmetric(300, source, target)
    assert communities(matrix).tolist() == communities(matrix).tolist()


def test_modularity_is_near_what_networkx_finds():
    import networkx as nx

    graph = nx.connected_caveman_graph(20, 8)
    edges = np.array(graph.edges)
    found = communities(symmetric(160, edges[:, 0], edges[:, 1]))
    groups = [set(np.flatnonzero(found == at).tolist()) for at in range(found.max() + 1)]
    theirs = nx.community.louvain_communities(graph, seed=1)
    assert nx.community.modularity(graph, groups) >= nx.community.modularity(graph, theirs) - 0.02


def test_groups_are_numbered_by_size_then_by_first_member():
    assert by_size(np.array([5, 9, 9, 2, 2, 5, 9])).tolist() == [1, 0, 0, 2, 2, 1, 0]


def test_links_of_a_node_to_itself_do_not_count():
    matrix = symmetric(2, np.array([0, 0]), np.array([0, 1]))
    assert (matrix.rows.tolist(), matrix.indices.tolist(), matrix.data.tolist()) == ([0, 1], [1, 0], [1.0, 1.0])
