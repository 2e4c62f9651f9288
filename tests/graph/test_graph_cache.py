"""The graph kept between runs answers as a fresh one does, and only while nothing changed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultkit.graph import cache as kept
from vaultkit.graph import communities
from vaultkit.graph.build import networkx_graph
from vaultkit.graph.from_vault import graph_core
from vaultkit.query.file_lookup import note_named
from vaultkit.vault import stamps, workspace
from vaultkit.vault.workspace import Workspace

TEXTS = {
    "a.md": "---\naliases: [First]\n---\n[[b]] [[gone]] ![[p.png]] #t/u",
    "x/b.md": "[[a]]",
    "p.png": "",
    "board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "a.md"}]}',
}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "caches"))
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    for path, text in TEXTS.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    later = time.time_ns() + 3_000_000_000  # what was just written counts as settled
    monkeypatch.setattr(stamps.time, "time_ns", lambda: later)
    return root


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that the notes are read."""
    seen: list[str] = []

    read = workspace.Workspace.read

    def counted(self: workspace.Workspace, *arguments: Any, **keywords: Any) -> Any:
        seen.append(self.root)
        return read(self, *arguments, **keywords)

    monkeypatch.setattr(workspace.Workspace, "read", counted)
    return seen


def rows(root: Path, *, include_excluded: bool = False):
    graph = networkx_graph(kept.vault_and_graph(workspace.Workspace.open(root), include_excluded=include_excluded)[1])
    return [*graph.nodes(data=True), *graph.edges(data=True)]


def test_a_second_run_reads_no_note_and_answers_alike(vault: Path, loads: list[str]) -> None:
    first = rows(vault)
    assert rows(vault) == first
    fresh = networkx_graph(graph_core(Workspace.open(vault, has_store=False).snapshot()))
    assert first == [*fresh.nodes(data=True), *fresh.edges(data=True)]
    assert len(loads) == 2


def test_notes_are_read_when_one_is_asked_for(vault: Path, loads: list[str]) -> None:
    kept.vault_and_graph(workspace.Workspace.open(vault))
    read, _ = kept.vault_and_graph(workspace.Workspace.open(vault))
    assert note_named(read, "b") == "x/b.md"
    assert (list(read.notes), "b.md" in read.notes, len(read.canvases)) == (["a.md", "x/b.md"], False, 1)
    assert len(loads) == 1
    assert dict(read.aliases) == {"first": ("a.md",)}
    assert read.canvases["board.canvas"].nodes[0].path == "a.md"
    assert len(loads) == 2


CHANGES: list[tuple[str, Callable[[Path], object]]] = [
    ("a note", lambda root: (root / "a.md").write_text("[[a]]", encoding="utf-8")),
    ("a new file", lambda root: (root / "gone.png").touch()),
    ("a file less", lambda root: (root / "p.png").unlink()),
    ("a canvas", lambda root: (root / "board.canvas").write_text("{}", encoding="utf-8")),
    ("another name", lambda root: (root / "x/b.md").rename(root / "x/c.md")),
    (
        "the settings",
        lambda root: (root / ".obsidian/app.json").write_text(json.dumps({"userIgnoreFilters": ["x/"]})),
    ),
    ("the same size and date", lambda root: put_back(root / "a.md")),
]


def put_back(file: Path) -> None:
    before = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace("gone", "lost"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[name for name, _ in CHANGES])
def test_what_changed_is_seen(vault: Path, loads: list[str], change: Callable[[Path], object]) -> None:
    before = rows(vault)
    change(vault)
    after = rows(vault)
    fresh = networkx_graph(graph_core(Workspace.open(vault, has_store=False).snapshot()))
    assert after == [*fresh.nodes(data=True), *fresh.edges(data=True)]
    assert after != before
    assert len(loads) == 3


def test_excluded_files_make_another_graph(vault: Path) -> None:
    (vault / ".obsidian/app.json").write_text(json.dumps({"userIgnoreFilters": ["x/"]}))
    assert len(rows(vault)) < len(rows(vault, include_excluded=True))
    assert len(rows(vault)) < len(rows(vault, include_excluded=True))


def test_a_vault_that_was_just_touched_is_not_kept(
    vault: Path, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = max(path.stat().st_ctime_ns for path in vault.rglob("*.md"))
    monkeypatch.setattr(stamps.time, "time_ns", lambda: now)
    assert rows(vault) == rows(vault)
    assert len(loads) == 2


def test_a_damaged_file_is_a_slower_run(vault: Path, loads: list[str], tmp_path: Path) -> None:
    first = rows(vault)
    (file,) = (tmp_path / "caches/vaults").iterdir()
    file.write_bytes(file.read_bytes()[:60])
    assert rows(vault) == first
    assert len(loads) == 2


def test_communities_are_stored_until_a_link_changes(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(communities, "FEWEST_STORED", 0)
    seen: list[int] = []
    louvain = communities.louvain

    def counted(matrix: Any) -> Any:
        seen.append(matrix.shape[0])
        return louvain(matrix)

    monkeypatch.setattr(communities, "louvain", counted)

    def groups() -> list[int]:
        read, core = kept.vault_and_graph(workspace.Workspace.open(vault))
        found = communities.members(core)
        fresh = communities.members(graph_core(read))
        assert found.tolist() == fresh.tolist()
        return list(found.tolist())

    first = groups()
    assert len(seen) == 2  # one for the store, one for the graph without a store
    assert groups() == first
    assert len(seen) == 3
    (vault / "a.md").write_text("Other words.\n\n[[b]] [[gone]] ![[p.png]] #t/u", encoding="utf-8")
    assert groups() == first
    assert len(seen) == 4
    (vault / "a.md").write_text("[[gone]]", encoding="utf-8")
    groups()
    assert len(seen) == 6
