"""The Python side: folders, rows for pandas, graphs that networkx can write."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.graph import concept_graph, open_graph
from vaultkit.vault.load import snapshot_of_texts as vault_of

TEXTS = {
    "Rust.md": "---\naliases: [rustlang]\ntags: [lang/systems]\nyear: 2015\nday: 2015-05-15\n---\n[[Memory]] [[Gone]]",
    "Memory.md": "#hardware [[Rust]] ![[lost.png]]",
    "Zig.md": "[[Memory]] uses memory like Rust does",
    "Go.md": "[[Memory]] [[Gone]]",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_is_enough(root: Path) -> None:
    graph = concept_graph(str(root))
    rust = graph.nodes["note:Rust.md"]
    assert rust["tags"] == ["lang/systems"]
    assert rust["properties"] == {
        "aliases": ["rustlang"],
        "tags": ["lang/systems"],
        "year": 2015,
        "day": "2015-05-15",
    }
    assert graph.nodes["note:Go.md"]["tags"] == []
    assert nx.utils.graphs_equal(graph, concept_graph(root))
    with pytest.raises(VaultkitError):
        concept_graph(root / "none")


@pytest.mark.parametrize("name", ["graphml", "gexf", "gml"])
def test_networkx_writes_a_flat_graph_and_reads_it_back(root: Path, name: str) -> None:
    graph = concept_graph(root, flat=True)
    out = io.BytesIO()
    getattr(nx, f"write_{name}")(graph, out)
    out.seek(0)
    back: Any = getattr(nx, f"read_{name}")(out)
    assert set(back) == set(graph)
    for node, values in graph.nodes(data=True):
        # GML takes "label" for the node itself; GEXF adds a picture of the node.
        assert {**back.nodes[node], "label": values["label"]} == values, node
    assert json.loads(back.nodes["note:Rust.md"]["properties"])["year"] == 2015
    assert back.number_of_edges() == graph.number_of_edges()


@pytest.mark.parametrize("name", ["graphml", "gexf", "gml"])
def test_odd_names_are_written_too(name: str) -> None:
    vault = vault_of({"a\udcff.md": "[[b\x01]] [[c]]", "b\x01.md": '---\nk: "\\x07"\n---', "c.md": ""})
    graph = concept_graph(vault, flat=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (3, 2)
    getattr(nx, f"write_{name}")(graph, io.BytesIO())


def test_rows(root: Path) -> None:
    graph = open_graph(root)
    assert repr(graph) == f"<VaultGraph {root.name!r}: 5 nodes, 6 links>"
    assert graph.note("Rust")["path"] == "Rust.md"
    assert {"rank", "component", "community_name"} <= graph.note("rust").keys()
    assert [row["path"] for row in graph.path("Zig", "Gone")] == ["Zig.md", "Memory.md", "Go.md", "Gone"]
    assert graph.related("Go")[0].keys() >= {"path", "score", "through"}
    assert [(row["source"], row["target"]) for row in graph.suggestions(0)] == [("Zig.md", "Rust.md")]
    assert {row["name"] for row in graph.wanted()} == {"Gone"}
    assert next(row["path"] for row in graph.order("Rust")) == "Memory.md"
    for rows in (graph.communities(), graph.related("Rust"), graph.suggestions(0), graph.wanted(), graph.order("Rust")):
        assert rows
        json.dumps(rows)
    assert graph.gaps() == []
    assert isinstance(graph.growth(), list)
    assert isinstance(graph.stale(), list)
    with pytest.raises(VaultkitError):
        graph.note("nothing")


def test_a_picture_of_a_neighbourhood(root: Path, tmp_path: Path) -> None:
    picture = open_graph(root).picture("Zig")
    names = {found.text for found in ElementTree.fromstring(picture._repr_svg_()).iter() if found.tag.endswith("title")}
    assert {"Zig", "Memory"} <= names
    assert "Go" not in names
    picture.save(tmp_path / "zig.svg")
    assert (tmp_path / "zig.svg").read_text(encoding="utf-8") == picture.svg
