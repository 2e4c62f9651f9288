"""Paths, neighbourhoods, reach, isolates, related notes, numbers."""

from __future__ import annotations

import math

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.graph.core import GraphCore
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.lookup import node_named, shown
from vaultkit.graph.paths import hubs, isolates, neighbours, reach, shortest_path
from vaultkit.graph.related import related
from vaultkit.graph.stats import stats
from vaultkit.vault.load import snapshot_of_texts as vault_of

CHAIN = graph_core(vault_of({"a.md": "[[b]]", "b.md": "[[c]]", "c.md": "", "d.md": "[[c]]", "e.md": ""}))


def labels(core: GraphCore, nodes: tuple[int, ...]) -> str:
    return "".join(core.labels[node] for node in nodes)


@pytest.mark.parametrize(
    ("ends", "direction", "expected"),
    [
        ("ac", "both", "abc"),
        ("ad", "both", "abcd"),
        ("ad", "out", ""),
        ("ac", "out", "abc"),
        ("ca", "out", ""),
        ("ca", "in", "cba"),
        ("ae", "both", ""),
        ("aa", "both", "a"),
    ],
)
def test_shortest_path(ends: str, direction: str, expected: str) -> None:
    start, end = (CHAIN.files[f"{end}.md"] for end in ends)
    assert labels(CHAIN, shortest_path(CHAIN, start, end, direction=direction)) == expected


def test_a_path_can_go_round_index_notes() -> None:
    texts = {f"n{at:02}.md": f"[[n{at + 1:02}]]" if at < 19 else "" for at in range(20)}
    texts["index.md"] = " ".join(f"[[n{at:02}]]" for at in range(20))
    core = graph_core(vault_of(texts))
    assert [core.labels[node] for node in hubs(core).tolist()] == ["index"]
    start, end = core.files["n00.md"], core.files["n19.md"]
    assert len(shortest_path(core, start, end)) == 3
    assert len(shortest_path(core, start, end, without=hubs(core))) == 20
    assert len(shortest_path(core, core.files["index.md"], end, without=hubs(core))) == 2


def test_in_a_small_vault_no_note_is_an_index() -> None:
    assert not len(hubs(CHAIN))


def test_neighbours() -> None:
    c = CHAIN.files["c.md"]
    assert [(CHAIN.labels[near.node], near.distance) for near in neighbours(CHAIN, c, depth=2)] == [
        ("b", 1),
        ("d", 1),
        ("a", 2),
    ]
    assert neighbours(CHAIN, c, depth=2, direction="out") == ()


def test_reach() -> None:
    found = reach(CHAIN, CHAIN.files["a.md"])
    assert (found.notes, found.reached, found.by_distance) == (5, 3, (1, 1, 1))
    assert labels(CHAIN, found.missed) == "de"


def test_isolates_are_notes_without_any_link_to_others() -> None:
    core = graph_core(vault_of({"a.md": "[[a]]", "b.md": "[[no]]", "c.md": "#t", "p.png": None}))
    assert [core.paths[node] for node in isolates(core)] == ["a.md"]
    concepts = core.only(["note", "unresolved"])
    assert [concepts.paths[node] for node in isolates(concepts)] == ["a.md", "c.md"]


def test_related_by_common_neighbours_and_by_closeness() -> None:
    vault = vault_of(
        {
            "x.md": "[[a]] [[b]]\n\n[[c]]\n",
            "y.md": "[[a]] and\n[[d]] in one paragraph",
            "a.md": "",
            "b.md": "[[hub]]",
            "c.md": "",
            "d.md": "",
            "hub.md": "",
        }
    )
    core = graph_core(vault)
    found = {core.labels[item.node]: item for item in related(vault, core, core.files["a.md"])}
    log = pytest.approx
    assert found["b"].cocitation == log(1 / 1.386294361)
    assert found["c"].cocitation == log(0.25 / 1.386294361)
    assert found["d"].cocitation == log(0.5 / 1.098612289)
    assert found["b"].adamic_adar == log(1 / 1.098612289)
    assert [core.labels[node] for node in found["b"].through] == ["x"]
    assert not found["b"].is_linked
    assert "hub" not in found
    assert max(found.values(), key=lambda item: item.score) is found["d"] or found["b"].score > found["c"].score


def test_stats() -> None:
    core = graph_core(
        vault_of({"Home.md": "[[a]] [[a]] ![[no.png]]", "a.md": "[[Idea]]", "b.md": "#t", "sub/index.md": "[[a]]"})
    )
    found = stats(core)
    assert dict(found.nodes) == {"note": 4, "unresolved": 1, "missing-attachment": 1, "tag": 1}
    assert dict(found.edges) == {"link": 4, "embed": 1, "tag": 1}
    assert (found.notes, found.links, found.pairs, found.unresolved_rate) == (4, 5, 3, 0.25)
    assert (found.isolated, found.isolated_rate, found.no_backlinks, found.deadends) == (1, 0.25, 3, 1)
    assert (found.wanted, found.links_per_note) == (1, 1.0)
    assert (found.components, found.largest, found.degeneracy) == (2, 0.8, 1)
    assert (found.home, found.reached) == ("Home.md", 0.5)
    assert (found.top[0].path, found.top[0].backlinks) == ("a.md", 2)
    assert stats(core, "sub/index.md").home == "sub/index.md"


def test_stats_of_nothing() -> None:
    found = stats(graph_core(vault_of({})))
    assert (found.notes, found.isolated_rate, found.components, found.home, found.top) == (0, 0.0, 0, "", ())


def test_names_of_nodes() -> None:
    vault = vault_of({"a.md": "[[Idea]] ![[p.png]] #Bio/x", "x/b.md": "", "y/b.md": ""})
    core = graph_core(vault)
    names = {
        "a": "a.md",
        "idea": "Idea (unresolved)",
        "p.png": "p.png (unresolved)",
        "#bio/X": "#Bio/x",
        "tag:bio": "#Bio",
    }
    assert {name: shown(core, node_named(vault, core, name)) for name in names} == names
    for name in ("b", "#none", "nothing"):
        with pytest.raises(VaultkitError):
            node_named(vault, core, name)
    with pytest.raises(VaultkitError, match="not in the graph"):
        node_named(vault, core.only(["tag"]), "a")


def test_index_notes_make_nothing_related() -> None:
    texts = {f"n{at}.md": "" for at in range(8)} | {"Index.md": " ".join(f"[[n{at}]]" for at in range(8))}
    vault = vault_of(texts | {"a.md": "[[n1]] [[n2]]"})
    core = graph_core(vault)
    found = {core.labels[item.node]: item for item in related(vault, core, core.files["n1.md"])}
    assert found["n2"].adamic_adar == pytest.approx(1 / math.log(2))
    assert found["n3"].adamic_adar == 0
