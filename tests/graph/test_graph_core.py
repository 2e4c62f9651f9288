"""The arrays of the concept graph: which nodes and edges a vault has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from vaultkit.graph.core import EDGE_KINDS, GraphCore
from vaultkit.graph.from_vault import Mentioned, graph_core
from vaultkit.vault.load import snapshot_of_texts as vault_of


def edges(core: GraphCore) -> list[tuple[str, str, str]]:
    return [
        (core.ids[source], EDGE_KINDS[kind], core.ids[target])
        for source, kind, target in zip(core.source, core.edge_kind, core.target, strict=True)
    ]


@pytest.mark.parametrize(
    ("texts", "nodes", "expected"),
    [
        pytest.param({}, [], [], id="empty vault"),
        pytest.param(
            {"a.md": "[[b]] ![[b]]", "x/b.md": ""},
            ["note:a.md", "note:x/b.md"],
            [("note:a.md", "link", "note:x/b.md"), ("note:a.md", "embed", "note:x/b.md")],
            id="one edge for each link, path with folder",
        ),
        pytest.param(
            {"b.md": "[[#h]] [[B]]"},
            ["note:b.md"],
            [("note:b.md", "link", "note:b.md")] * 2,
            id="links to itself are edges",
        ),
        pytest.param(
            {"a.md": "[[Idea]] [[idea]] [[Idea.md]]", "b.md": "[[x/Idea]]"},
            ["note:a.md", "note:b.md", "unresolved:Idea", "unresolved:x/Idea"],
            [("note:a.md", "link", "unresolved:Idea")] * 3 + [("note:b.md", "link", "unresolved:x/Idea")],
            id="unresolved names merge by case, not by folder",
        ),
        pytest.param(
            {"a.md": "![[p.png]] [[q.pdf]]", "p.png": None},
            ["note:a.md", "attachment:p.png", "missing-attachment:q.pdf"],
            [("note:a.md", "embed", "attachment:p.png"), ("note:a.md", "link", "missing-attachment:q.pdf")],
            id="attachments that are there and that are not",
        ),
        pytest.param(
            {"a.md": "---\ntags: [Bio/Cell]\n---\n#bio/cell #math", "b.md": "#bio"},
            ["note:a.md", "note:b.md", "tag:bio", "tag:bio/cell", "tag:math"],
            [
                ("note:a.md", "tag", "tag:bio/cell"),
                ("note:a.md", "tag", "tag:math"),
                ("note:b.md", "tag", "tag:bio"),
                ("tag:bio/cell", "parent-tag", "tag:bio"),
            ],
            id="tags of body and properties, parents",
        ),
        pytest.param(
            {"a.md": "#a/b/c"},
            ["note:a.md", "tag:a", "tag:a/b", "tag:a/b/c"],
            [
                ("note:a.md", "tag", "tag:a/b/c"),
                ("tag:a/b", "parent-tag", "tag:a"),
                ("tag:a/b/c", "parent-tag", "tag:a/b"),
            ],
            id="every level of a nested tag",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[b]]"\nsee: ["[[b]]", "[[c]]"]\n---', "b.md": ""},
            ["note:a.md", "note:b.md", "unresolved:c"],
            [
                ("note:a.md", "property", "note:b.md"),
                ("note:a.md", "property", "note:b.md"),
                ("note:a.md", "property", "unresolved:c"),
            ],
            id="property links",
        ),
        pytest.param(
            {"a.md": "", "c.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "a.md"}]}', "d.base": ""},
            ["note:a.md", "canvas:c.canvas", "base:d.base"],
            [("canvas:c.canvas", "canvas", "note:a.md")],
            id="canvas and base",
        ),
        pytest.param(
            {"a.md": "[[data.csv]]", "data.csv": None, "other.csv": None},
            ["note:a.md", "attachment:data.csv"],
            [("note:a.md", "link", "attachment:data.csv")],
            id="a file that Obsidian does not list is a node when a link opens it",
        ),
    ],
)
def test_nodes_and_edges(texts: Mapping[str, str], nodes: list[str], expected: list[tuple[str, str, str]]) -> None:
    core = graph_core(vault_of(texts))
    assert core.ids == nodes
    assert edges(core) == expected


def test_excluded_files_are_left_out_with_their_links() -> None:
    texts = {"a.md": "[[b]]", "old/b.md": "[[a]] #t"}
    app = {"userIgnoreFilters": ["old/"]}
    assert graph_core(vault_of(texts, app)).ids == ["note:a.md"]
    assert graph_core(vault_of(texts, app)).edges == 0
    assert graph_core(vault_of(texts, app), include_excluded=True).edges == 3


def test_details_of_an_edge() -> None:
    core = graph_core(vault_of({"a.md": '---\nup: "[[b#h|B]]"\n---\n\n  [[b#^x|see]] #t', "b.md": "#T #t"}))
    rows = list(zip(core.line.tolist(), core.column.tolist(), core.count.tolist(), core.raws, strict=True))
    assert rows == [(5, 3, 1, "b#^x"), (0, 0, 1, "b#h"), (5, 16, 1, ""), (1, 1, 2, "")]
    assert core.extra == {0: {"alias": "see", "anchor": "#^x"}, 1: {"name": "up", "alias": "B", "anchor": "#h"}}


def test_facts_from_outside() -> None:
    vault = vault_of({"a.md": "---\naliases: [x, y]\n---", "p.png": None})
    given: Any = {"cards": {"a.md": {"cards": 2, "cards_empty": 1}}, "findings": {"a.md": {"empty-side": 1}}}
    core = graph_core(vault, **given, facts={"p.png": {"created": "2024-01-01"}})
    assert core.facts == {
        0: {"aliases": ["x", "y"], "cards": 2, "cards_empty": 1, "findings": {"empty-side": 1}},
        1: {"format": "image", "created": "2024-01-01"},
    }


def test_names_that_differ_in_unicode_form_keep_two_ids() -> None:
    core = graph_core(vault_of({"é.md": "", "e\u0301.md": ""}))
    assert len(set(core.ids)) == 2
    assert set(core.files) == {"é.md", "e\u0301.md"}


def test_collapsed_has_no_self_links_and_sums_counts() -> None:
    indptr, target, count = graph_core(vault_of({"a.md": "[[a]] [[b]] ![[b]]", "b.md": "[[a]]"})).collapsed
    assert (indptr.tolist(), target.tolist(), count.tolist()) == ([0, 1, 2], [1, 0], [2, 1])
    assert {array.dtype for array in (indptr, target, count)} == {np.dtype(np.int32)}


def test_only_some_kinds() -> None:
    core = graph_core(vault_of({"a.md": "#t [[b|B]] [[a]]", "b.md": "[[no]]"})).only(["note", "tag"])
    assert core.ids == ["note:a.md", "note:b.md", "tag:t"]
    assert [edge[1] for edge in edges(core)] == ["link", "link", "tag"]
    assert core.extra == {0: {"alias": "B"}}
    assert core.raws == ["b", "a", ""]


def test_folders_hosts_and_mentions_only_when_asked_for() -> None:
    vault = vault_of(
        {
            "x/y/a.md": "[one](https://User@Example.org:8/page?q#f) ![two](http://example.org/p.png) [m](mailto:a@b.org)",
            "x/b.md": "a, and a",
            "c.md": "",
        }
    )
    assert set(graph_core(vault).ids) == {"note:c.md", "note:x/b.md", "note:x/y/a.md"}
    mention = Mentioned("x/b.md", "x/y/a.md", "a", 1, 1, 2)
    core = graph_core(vault, optional=("folder", "external"), mentions=[mention])
    found = [
        (core.ids[source], EDGE_KINDS[kind], core.ids[target], count)
        for source, kind, target, count in zip(
            core.source.tolist(), core.edge_kind.tolist(), core.target.tolist(), core.count.tolist(), strict=True
        )
    ]
    assert sorted(found) == [
        ("folder:x", "folder", "folder:/", 1),
        ("folder:x/y", "folder", "folder:x", 1),
        ("note:c.md", "folder", "folder:/", 1),
        ("note:x/b.md", "folder", "folder:x", 1),
        ("note:x/b.md", "mention", "note:x/y/a.md", 2),
        ("note:x/y/a.md", "embed", "external:example.org", 1),
        ("note:x/y/a.md", "folder", "folder:x/y", 1),
        ("note:x/y/a.md", "link", "external:example.org", 1),
    ]
    assert [core.labels[core.index[node]] for node in ("folder:x/y", "folder:/", "external:example.org")] == [
        "y", "/", "example.org",
    ]  # fmt: skip
