"""A vault that reads its notes late answers as one that read them at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.vault import lazy as later
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace, load_vault

TEXTS = {
    "a.md": "---\naliases: [First]\n---\n[[b]] [[gone]]",
    "x/b.md": "[[a]]",
    "board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "a.md"}]}',
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in TEXTS.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that all is read."""
    seen: list[str] = []

    read = Workspace.read

    def counted(self: Workspace, *arguments: Any, **more: Any) -> Any:
        seen.append(self.root)
        return read(self, *arguments, **more)

    monkeypatch.setattr(Workspace, "read", counted)
    return seen


def listed_vault(root: Path) -> Snapshot:
    return Workspace.open(root).listed()


def test_it_answers_alike(root: Path, loads: list[str]) -> None:
    late, whole = listed_vault(root), load_vault(root)
    assert dict(late.notes) == dict(whole.notes)
    assert dict(late.canvases) == dict(whole.canvases)
    assert (late.files, late.settings, late.name, late.root) == (whole.files, whole.settings, whole.name, whole.root)
    assert (late.resolved, late.unresolved, late.aliases) == (whole.resolved, whole.unresolved, whole.aliases)
    assert len(loads) == 2


def test_file_names_and_one_note_are_had_without_reading_all(root: Path, loads: list[str]) -> None:
    vault = listed_vault(root)
    assert (list(vault.notes), len(vault.notes), "b.md" in vault.notes) == (["a.md", "x/b.md"], 2, False)
    assert vault.resolve("B", "a.md").path == "x/b.md"
    assert vault.notes["a.md"].properties["aliases"] == ["First"]
    assert vault.notes["a.md"] is vault.notes["a.md"]
    assert vault.notes.get("none.md") is None
    assert loads == []


def test_who_asks_for_many_gets_all(root: Path, loads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "SINGLE_NOTES", 1)
    vault = listed_vault(root)
    assert [vault.notes[path].links[0].linktext for path in vault.notes] == ["b", "a"]
    assert len(loads) == 1


def test_what_vanishes_meanwhile_is_empty(root: Path) -> None:
    vault = listed_vault(root)
    for path in ("a.md", "board.canvas"):
        (root / path).unlink()
    assert vault.notes["a.md"].fault == "unreadable"
    assert vault.canvases["board.canvas"].nodes == ()
    assert list(vault.resolved) == ["x/b.md"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(VaultkitError, match="no such folder"):
        listed_vault(tmp_path / "none")
