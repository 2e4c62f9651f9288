"""Measures on arrays against networkx's own on the same graph."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from vaultkit.graph.bridges import bridges
from vaultkit.graph.build import simple_graph
from vaultkit.graph.communities import betweenness, communities, weighted_graph
from vaultkit.graph.core import GraphCore
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.metrics import components, core_numbers, degrees, distances, neighbour_lists, pagerank
from vaultkit.vault.load import snapshot_of_texts as vault_of


def random_core(seed: int, nodes: int = 60, links: int = 90) -> GraphCore:
    """A vault of random links, repeated, to itself and to nowhere among them."""
    chance = random.Random(seed)
    texts = {f"n{at:02}.md": "" for at in range(nodes)}
    for _ in range(links):
        texts[f"n{chance.randrange(nodes):02}.md"] += f"[[n{chance.randrange(nodes + 5):02}]] "
    return graph_core(vault_of(texts))


EMPTY = graph_core(vault_of({}))
cores = pytest.mark.parametrize("core", [random_core(seed) for seed in range(5)] + [random_core(9, 30, 5), EMPTY])


@cores
def test_pagerank(core: GraphCore) -> None:
    expected = nx.pagerank(simple_graph(core), tol=1e-15, max_iter=1000) if len(core) else {}
    found = dict(zip(core.ids, pagerank(core), strict=True))
    assert found == pytest.approx(expected, abs=1e-8)
    assert sum(found.values()) == pytest.approx(1.0 if found else 0.0)


@cores
def test_components(core: GraphCore) -> None:
    found: dict[int, set[str]] = {}
    for node, part in zip(core.ids, components(core).tolist(), strict=True):
        found.setdefault(part, set()).add(node)
    expected = list(nx.weakly_connected_components(simple_graph(core)))
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected))
    sizes = [len(found[part]) for part in sorted(found)]
    assert sizes == sorted(sizes, reverse=True)


@cores
def test_core_numbers_and_degrees(core: GraphCore) -> None:
    graph = simple_graph(core)
    expected = nx.core_number(graph.to_undirected())
    assert dict(zip(core.ids, core_numbers(core).tolist(), strict=True)) == expected
    arriving, leaving = degrees(core)
    assert dict(zip(core.ids, arriving.tolist(), strict=True)) == dict(graph.in_degree())
    assert dict(zip(core.ids, leaving.tolist(), strict=True)) == dict(graph.out_degree())


@cores
@pytest.mark.parametrize("direction", ["out", "in", "both"])
def test_distances(core: GraphCore, direction: str) -> None:
    if not len(core):
        return
    graph = simple_graph(core)
    seen = {"out": graph, "in": graph.reverse(), "both": graph.to_undirected()}[direction]
    expected = nx.single_source_shortest_path_length(seen, core.ids[3])
    steps = distances(*neighbour_lists(core, direction), 3)
    assert {core.ids[at]: step for at, step in enumerate(steps.tolist()) if step >= 0} == expected


@cores
def test_bridges_and_cut_nodes(core: GraphCore) -> None:
    graph = nx.Graph(simple_graph(core).to_undirected())
    links, nodes = bridges(core)
    assert {frozenset((core.ids[item.near], core.ids[item.far])) for item in links} == set(
        map(frozenset, nx.bridges(graph))
    )
    assert {core.ids[item.node] for item in nodes} == set(nx.articulation_points(graph))
    for item in links:
        near, far = core.ids[item.near], core.ids[item.far]
        split = graph.copy()
        split.remove_edge(near, far)
        sizes = [len(nx.node_connected_component(split, end)) for end in (near, far)]
        assert (item.cuts_off, min(sizes)) == (sizes[1], sizes[1])
    for cut in nodes:
        split = graph.copy()
        split.remove_node(core.ids[cut.node])
        whole = nx.node_connected_component(graph, core.ids[cut.node])
        parts = sorted(len(part) for part in nx.connected_components(split) if part & whole)
        assert (cut.parts, cut.cuts_off) == (len(parts), sum(parts[:-1]))


@cores
def test_communities_are_good_groups(core: GraphCore) -> None:
    graph = weighted_graph(core)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    found = communities(core)
    sets = [set(group.nodes) for group in found.groups]
    assert sorted(node for nodes in sets for node in nodes) == sorted(graph)
    assert [len(nodes) for nodes in sets] == sorted((len(nodes) for nodes in sets), reverse=True)
    for number, nodes in enumerate(sets):
        assert {found.member[node] for node in nodes} == {number}
        assert nx.is_connected(graph.subgraph(nodes))
    if sets:
        assert found.modularity == pytest.approx(nx.community.modularity(graph, sets))
        theirs = nx.community.louvain_communities(graph, seed=1)
        assert found.modularity >= nx.community.modularity(graph, theirs) - 0.05


def test_betweenness_of_large_graphs_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultkit.graph.communities.MOST_BETWEENNESS_NODES", 10)
    values, note = betweenness(random_core(1))
    assert not values.any()
    assert "betweenness is left out" in note


def test_betweenness_of_all_nodes_is_exact() -> None:
    core = random_core(2)
    values, note = betweenness(core)
    expected = nx.betweenness_centrality(weighted_graph(core))
    assert note == ""
    assert values == pytest.approx(np.array([expected[node] for node in range(len(core))]))
    assert "from 10 of" in betweenness(core, samples=10, exact=10)[1]


def test_communities_are_named_by_rank_or_tag() -> None:
    texts = {f"a{at}.md": "[[a0]] #alpha" for at in range(5)} | {f"b{at}.md": "[[b0]] #beta #alpha" for at in range(4)}
    whole = graph_core(vault_of(texts))
    core = whole.only(["note"])
    assert [group.name for group in communities(core).groups] == ["a0", "b0"]
    assert [group.name for group in communities(core, whole, name_by="tag").groups] == ["#alpha", "#beta"]
