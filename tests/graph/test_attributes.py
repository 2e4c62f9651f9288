"""What the nodes of a notebook's graph know."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from PIL import Image

from vaultkit.graph import attributes, concept_graph, load_vault
from vaultkit.graph.attributes import described, measured
from vaultkit.graph.core import CONCEPT_KINDS, NODE_KINDS
from vaultkit.graph.from_vault import graph_core
from vaultkit.vault.load import snapshot_of_texts as vault_of

CARDS = """---
aliases: [The cards]
created: 2024-03-01
tags: [flashcards]
---
Capital of France :: Paris
Capital of Spain ::
[[Gone]] ![[p.png]]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "Deck.md").write_text(CARDS, encoding="utf-8")
    (tmp_path / "Home.md").write_text("[[Deck]]", encoding="utf-8")
    (tmp_path / "Alone.md").write_text("", encoding="utf-8")
    for name in ("p.png", "copy.png"):
        Image.new("RGB", (8, 8), "red").save(tmp_path / name)
    return tmp_path


def test_a_node_has_what_the_text_the_disk_and_the_graph_say(root: Path) -> None:
    graph = concept_graph(load_vault(root))
    deck = graph.nodes["note:Deck.md"]
    assert (deck["words"], deck["cards"], deck["cards_empty"]) == (8, 2, 1)
    assert deck["findings"] == {"empty-side": 1, "missing-note": 1}
    assert (deck["aliases"], deck["created"]) == (["The cards"], "2024-03-01")
    assert deck["modified"].endswith("Z")
    assert (deck["component"], deck["community"]) == (0, 0)
    alone = graph.nodes["note:Alone.md"]
    assert (alone["words"], alone["cards"], alone["cards_empty"], alone["findings"]) == (0, 0, 0, {})
    assert "community" not in alone
    picture, copy = (graph.nodes[f"attachment:{name}"] for name in ("p.png", "copy.png"))
    assert picture["thumb"] == copy["thumb"]
    assert len(picture["thumb"]) == 32
    assert copy["findings"] == {}
    assert graph.graph == {"vault": root.name, "bounded": []}


@pytest.mark.parametrize("kinds", [None, NODE_KINDS], ids=["concepts only", "all kinds asked for"])
def test_rank_component_and_community_are_those_of_networkx(root: Path, kinds: tuple[str, ...] | None) -> None:
    graph = concept_graph(load_vault(root), kinds=kinds)
    inner = [node for node, kind in graph.nodes(data="kind") if kind in (kinds or CONCEPT_KINDS)]
    simple = nx.DiGraph(graph.subgraph(inner))
    simple.remove_edges_from(nx.selfloop_edges(simple))
    rank = nx.pagerank(simple, tol=1e-12)
    found = {node: value for node, value in graph.nodes(data="rank") if value is not None}
    assert {node: pytest.approx(rank[node], abs=1e-8) for node in inner} == found
    for part in nx.weakly_connected_components(simple):
        assert len({graph.nodes[node]["component"] for node in part}) == 1
    assert sum(found.values()) == pytest.approx(1)


def test_tags_and_pictures_join_no_parts() -> None:
    graph = concept_graph(
        vault_of({"A.md": "#t ![[p.png]]", "B.md": "#t", "C.md": "[[D]]", "D.md": "[[C]]", "p.png": None})
    )
    names = {node: (row.get("component"), row.get("community")) for node, row in graph.nodes(data=True)}
    assert names == {
        "note:A.md": (1, None),
        "note:B.md": (2, None),
        "note:C.md": (0, 0),
        "note:D.md": (0, 0),
        "attachment:p.png": (None, None),
        "tag:t": (None, None),
    }


def test_a_vault_in_memory_has_the_same(root: Path) -> None:
    texts = {path.name: path.read_bytes() for path in root.iterdir()}
    graph = concept_graph(vault_of(texts))
    on_disk = concept_graph(load_vault(root))
    for node, known in graph.nodes(data=True):
        assert known == {name: value for name, value in on_disk.nodes[node].items() if name != "modified"}


def test_a_large_vault_says_what_is_left_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attributes, "MOST_NOTES", 2)
    vault = load_vault(root)
    graph = concept_graph(vault)
    assert graph.graph["bounded"] == ["3 notes: words, cards and findings are left out above 2"]
    assert not {"words", "cards", "findings"} & set(graph.nodes["note:Deck.md"])
    assert concept_graph(vault, reads_texts=True).nodes["note:Deck.md"]["words"] == 8
    assert concept_graph(vault, reads_texts=False).graph["bounded"] == []


def test_an_empty_vault() -> None:
    vault = vault_of({})
    core, remarks = described(vault, lambda facts: graph_core(vault, facts=facts))
    assert (len(core), remarks) == (0, ())
    assert len(measured(core)) == 0
