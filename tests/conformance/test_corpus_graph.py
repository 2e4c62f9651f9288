"""The graph of fourteen real vaults against an independent count of their nodes and edges."""

from __future__ import annotations

import tarfile
from collections import Counter
from pathlib import Path

import pytest
from count_graph import count
from fetch import SHARED, how_to_get

from vaultkit.graph.core import EDGE_KINDS, NODE_KINDS
from vaultkit.graph.from_vault import graph_core
from vaultkit.vault.workspace import load_vault

# Links that the patterns count and Obsidian's parser does not see, since emphasis, math or a quoted title that begins
# before them takes them in: `_Locality of [GFW](../great_firewall_(gfw).md)_`, `$$a  $$` / `[b](b.md)` / `$$c$$`.
TAKEN_IN = {
    "AlexWendland-public-note": {("edges", "link"): 6},
    "ForeignOx-notes": {("edges", "embed"): 1},
    "obsidian-tasks-docs": {("edges", "embed"): 1, ("nodes", "missing-attachment"): 1},
    "oldwinter-knowledge-garden": {("edges", "embed"): 1, ("edges", "link"): 1, ("nodes", "unresolved"): 2},
}
FOLDER = SHARED / "corpus"
ARCHIVES = sorted(FOLDER.glob("*.tar.xz"))


@pytest.mark.skipif(not ARCHIVES, reason=how_to_get(FOLDER))
@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.name.removesuffix(".tar.xz"))
def test_nodes_and_edges_by_kind(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    (root,) = tmp_path.iterdir()
    core = graph_core(load_vault(root), include_excluded=True)
    found = {
        "nodes": dict(sorted(Counter(NODE_KINDS[kind] for kind in core.kind.tolist()).items())),
        "edges": dict(sorted(Counter(EDGE_KINDS[kind] for kind in core.edge_kind.tolist()).items())),
    }
    counted = count(str(root))
    for (what, kind), surplus in TAKEN_IN.get(root.name, {}).items():
        counted[what][kind] -= surplus
    assert found == counted


def test_the_two_agree_on_a_small_vault(tmp_path: Path) -> None:
    texts = {
        "a.md": '---\ntags: [Bio/Cell]\nup: "[[b]]"\n---\n[[b|x]] ![[p.png]] [t](x/b.md) `[[no]]` #Bio/cell [[Idea]] [[idea]]\n',
        "x/b.md": "```\n[[no]]\n```\n$$\n[[no]]\n$$\n> [[a#h]] <!-- [[no]] --> [u](https://example.org) $[[no]]$\n",
        "p.png": "",
        "c.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "a.md"}]}',
    }
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    core = graph_core(load_vault(tmp_path))
    expected = {
        "nodes": {"attachment": 1, "canvas": 1, "note": 2, "tag": 2, "unresolved": 1},
        "edges": {"canvas": 1, "embed": 1, "link": 5, "parent-tag": 1, "property": 1, "tag": 1},
    }
    assert count(str(tmp_path)) == expected
    assert Counter(EDGE_KINDS[kind] for kind in core.edge_kind.tolist()) == expected["edges"]
    assert Counter(NODE_KINDS[kind] for kind in core.kind.tolist()) == expected["nodes"]
