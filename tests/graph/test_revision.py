"""The vault at a git revision, and what changed between two."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.revisions import compare, vault_at
from vaultkit.vault.revision import commit_of, renames
from vaultkit.vault.workspace import Workspace


def git(folder: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True, env=environment
    ).stdout.strip()


def write(folder: Path, texts: dict[str, str | None]) -> None:
    for path, text in texts.items():
        at = folder / path
        at.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            at.unlink()
        else:
            at.write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits; the vault is the folder "Notes" of the repository."""
    git(tmp_path, "init", "-q")
    vault = tmp_path / "Notes"
    long = "a long text that stays as it is\n" * 5
    write(
        vault,
        {
            ".obsidian/app.json": '{"userIgnoreFilters": ["old/"]}',
            "a.md": "[[b]] [[Idée]]",
            "b.md": long,
            "é c.md": "[[gone]]",
            "gone.md": "",
            "old/x.md": "[[a]]",
            "p.png": "bytes",
            ".trash/t.md": "[[a]]",
            "other vault/.obsidian/app.json": "{}",
            "other vault/n.md": "[[a]]",
        },
    )
    write(tmp_path, {"outside.md": "[[a]]"})
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    write(vault, {"b.md": None, "x/moved.md": long, "Idée.md": "", "gone.md": None, "a.md": "[[moved]] [[Idée]] #new"})
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "two")
    return vault


def test_vault_at_a_revision(repository: Path) -> None:
    vault = vault_at(Workspace.open(repository), "HEAD~1")
    assert sorted(vault.files) == ["a.md", "b.md", "gone.md", "old/x.md", "p.png", "é c.md"]
    assert vault.is_excluded("old/x.md")
    assert vault.resolved["a.md"] == {"b.md": 1}
    assert sorted(vault_at(Workspace.open(repository), None).files) == sorted(
        vault_at(Workspace.open(repository), "HEAD").files
    )


def test_the_same_revision_has_no_changes(repository: Path) -> None:
    core = graph_core(vault_at(Workspace.open(repository), "HEAD"))
    change = compare(core, graph_core(vault_at(Workspace.open(repository), None)))
    assert not any((change.added, change.removed, change.links_added, change.links_removed, change.renamed))


def test_changes(repository: Path) -> None:
    before, after = (graph_core(vault_at(Workspace.open(repository), revision)) for revision in ("HEAD~1", "HEAD"))
    moved = renames(str(repository), commit_of(str(repository), "HEAD~1"), commit_of(str(repository), "HEAD"))
    assert moved == {"b.md": "x/moved.md"}
    change = compare(before, after, moved)
    assert change.renamed == (("note:b.md", "note:x/moved.md"),)
    assert change.added == ("note:Idée.md", "tag:new", "unresolved:gone")
    assert change.removed == ("note:gone.md", "unresolved:Idée")
    assert change.links_added == (
        ("note:a.md", "link", "note:Idée.md"),
        ("note:a.md", "tag", "tag:new"),
        ("note:é c.md", "link", "unresolved:gone"),
    )
    assert change.links_removed == (
        ("note:a.md", "link", "unresolved:Idée"),
        ("note:é c.md", "link", "note:gone.md"),
    )
    assert (change.written, change.lost) == (("unresolved:Idée",), ("unresolved:gone",))


def test_git_is_left_as_it_was(repository: Path) -> None:
    def state() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in (repository.parent / ".git").rglob("*")}

    before = state()
    for revision in ("HEAD~1", None):
        vault_at(Workspace.open(repository), revision)
    renames(str(repository), commit_of(str(repository), "HEAD~1"), commit_of(str(repository), "HEAD"))
    assert state() == before


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("nothing", "nothing: no such git revision"),
        ("--output=x", "not a git revision"),
        ("", "not a git revision"),
    ],
)
def test_what_is_no_revision(repository: Path, revision: str, message: str) -> None:
    with pytest.raises(VaultkitError, match=message):
        vault_at(Workspace.open(repository), revision)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(VaultkitError, match="revisions are those of a git repository"):
        vault_at(Workspace.open(tmp_path), "HEAD")
