"""EM009: targets that are on this disk and not in git."""

from __future__ import annotations

import os
import subprocess

import pytest

from vaultkit.config import Config
from vaultkit.lint.check import check_folder
from vaultkit.lint.plan import plan_of
from vaultkit.vault.workspace import Workspace


def git(folder, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=environment)


@pytest.fixture
def work_tree(tmp_path, monkeypatch):
    """A git work tree with a note that shows a picture, neither added."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git(tmp_path, "init", "-q")
    (tmp_path / "a.md").write_text("![[p.png]] [[p.png]] [[b]]")
    (tmp_path / "p.png").write_bytes(b"picture")
    (tmp_path / "b.md").write_text("linked")
    return tmp_path


def found(root, when="staged"):
    config = Config(rule_options=(("EM009", (("when", when),)),))
    plan = plan_of(config, select=["EM009"])
    return [
        (each.path, each.message)
        for each in check_folder(Workspace(str(root), config, has_store=False), plan)[1].findings
    ]


def untracked(path):
    return ("a.md", f"untracked file `{path}`: the link is broken in every clone")


def test_added_targets_are_silent(work_tree):
    git(work_tree, "add", ".")
    assert found(work_tree) == []


def test_a_note_that_git_does_not_have_is_silent(work_tree):
    assert found(work_tree) == []


def test_outside_of_git_it_is_silent(lint):
    assert lint({"a.md": "![[p.png]]", "p.png": b"picture"}, "EM009") == []


def test_a_missing_file_is_another_rule(work_tree):
    (work_tree / "p.png").unlink()
    git(work_tree, "add", "a.md", "b.md")
    assert found(work_tree) == []


def test_an_untracked_picture_is_found_once_a_note(work_tree):
    git(work_tree, "add", "a.md", "b.md")
    assert found(work_tree) == [untracked("p.png")]


def test_an_ignored_picture_is_found(work_tree):
    (work_tree / ".gitignore").write_text("*.png\n")
    git(work_tree, "add", ".")
    assert found(work_tree) == [untracked("p.png")]


def test_a_note_that_was_never_added_is_found(work_tree):
    git(work_tree, "add", "a.md", "p.png")
    assert found(work_tree) == [untracked("b.md")]


def test_notes_outside_git_are_asked_for(work_tree):
    assert found(work_tree, "all") == [untracked("p.png"), untracked("b.md")]


def test_the_vault_may_be_a_folder_of_the_work_tree(work_tree):
    vault = work_tree / "my vault"
    vault.mkdir()
    (vault / "a.md").write_text("![[q.png]] ![[é.png]]")
    (vault / "q.png").write_bytes(b"picture")
    (vault / "é.png").write_bytes(b"picture")
    git(work_tree, "add", "my vault/a.md", "my vault/é.png")
    assert found(vault) == [untracked("q.png")]


def test_properties_and_canvases_show_files_too(work_tree):
    (work_tree / "a.md").write_text('---\ncover: "[[p.png]]"\n---\n')
    (work_tree / "c.canvas").write_text('{"nodes": [{"id": "1", "type": "file", "file": "b.md"}], "edges": []}')
    git(work_tree, "add", "a.md", "c.canvas")
    assert found(work_tree) == [
        untracked("p.png"),
        ("c.canvas", "untracked file `b.md`: the link is broken in every clone"),
    ]
