"""networkx graphs of a vault."""

from __future__ import annotations

import subprocess
import sys

from vaultkit.graph.build import concept_graph, networkx_graph, simple_graph
from vaultkit.graph.from_vault import graph_core
from vaultkit.vault.load import snapshot_of_texts as vault_of

VAULT = vault_of(
    {
        "x/a.md": "---\naliases: [One]\n---\n[[b|see]] ![[b]] [[a]] #t #t",
        "b.md": "[[Idea]]",
    }
)


def test_networkx_graph_carries_the_data_model() -> None:
    core = graph_core(VAULT, facts={"b.md": {"cards": 3, "cards_empty": 0}})
    graph = networkx_graph(core)
    assert dict(graph.nodes(data=True)) == {
        "note:b.md": {
            "kind": "note",
            "label": "b",
            "path": "b.md",
            "folder": "",
            "degree_in": 1,
            "degree_out": 1,
            "cards": 3,
            "cards_empty": 0,
        },
        "note:x/a.md": {
            "kind": "note",
            "label": "a",
            "path": "x/a.md",
            "folder": "x",
            "degree_in": 0,
            "degree_out": 2,
            "aliases": ["One"],
        },
        "unresolved:Idea": {"kind": "unresolved", "label": "Idea", "path": "Idea", "degree_in": 1, "degree_out": 0},
        "tag:t": {"kind": "tag", "label": "#t", "path": "t", "degree_in": 1, "degree_out": 0},
    }
    assert list(graph.edges(data=True)) == [
        (
            "note:b.md",
            "unresolved:Idea",
            {"kind": "link", "count": 1, "resolved": False, "line": 1, "col": 1, "target_raw": "Idea"},
        ),
        (
            "note:x/a.md",
            "note:b.md",
            {"kind": "link", "count": 1, "resolved": True, "line": 4, "col": 1, "target_raw": "b", "alias": "see"},
        ),
        (
            "note:x/a.md",
            "note:b.md",
            {"kind": "embed", "count": 1, "resolved": True, "line": 4, "col": 11, "target_raw": "b"},
        ),
        (
            "note:x/a.md",
            "note:x/a.md",
            {"kind": "link", "count": 1, "resolved": True, "line": 4, "col": 18, "target_raw": "a"},
        ),
        ("note:x/a.md", "tag:t", {"kind": "tag", "count": 2, "resolved": True, "line": 4, "col": 24}),
    ]


def test_kinds_can_be_chosen() -> None:
    assert list(concept_graph(VAULT, kinds=["note"])) == ["note:b.md", "note:x/a.md"]


def test_simple_graph() -> None:
    graph = simple_graph(graph_core(VAULT))
    assert list(graph.edges(data=True)) == [
        ("note:b.md", "unresolved:Idea", {"count": 1, "kinds": ["link"]}),
        ("note:x/a.md", "note:b.md", {"count": 2, "kinds": ["link", "embed"]}),
        ("note:x/a.md", "tag:t", {"count": 2, "kinds": ["tag"]}),
    ]


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, vaultkit.graph; print(sorted({'networkx', 'numpy', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_two_lines_in_a_notebook(tmp_path: object) -> None:
    from vaultkit.graph import concept_graph, load_vault

    assert concept_graph(load_vault(str(tmp_path))).number_of_nodes() == 0
