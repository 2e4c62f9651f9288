"""What git is told to ignore, asked of git and read without it: the answers are the same."""

from __future__ import annotations

import os
import subprocess

import pytest

from vaultkit.vault.gitignore import ignored_paths

PATHS = ["a.md", "draft.md", "x/draft.md", "x/keep.md", "x/y/a.md", "x/y/b.canvas"]


@pytest.fixture(params=["git", "no git"])
def root(request, tmp_path, monkeypatch):
    """A folder, with a work tree around it and without."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    if request.param == "git":
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        pytest.param({}, [], id="no patterns"),
        pytest.param({"": ".obsidian/workspace.json\n.DS_Store\n# draft.md\n\n.trash/"}, [], id="hidden files only"),
        pytest.param({"": "draft.md"}, ["draft.md", "x/draft.md"], id="a name anywhere"),
        pytest.param({"": "/draft.md"}, ["draft.md"], id="anchored"),
        pytest.param({"": "x/"}, ["x/draft.md", "x/keep.md", "x/y/a.md", "x/y/b.canvas"], id="a folder"),
        pytest.param({"": "x/\n!x/keep.md"}, ["x/draft.md", "x/keep.md", "x/y/a.md", "x/y/b.canvas"],
                     id="nothing is taken back out of an ignored folder"),
        pytest.param({"": "x/*\n!x/keep.md"}, ["x/draft.md", "x/y/a.md", "x/y/b.canvas"], id="taken back"),
        pytest.param({"": "draft.md", "x": "!draft.md"}, ["draft.md"], id="the inner file wins"),
        pytest.param({"x": "y\n"}, ["x/y/a.md", "x/y/b.canvas"], id="an inner file only"),
        pytest.param({"x": "/a.md"}, [], id="anchored in its own folder"),
        pytest.param({"x/y": "*.canvas"}, ["x/y/b.canvas"], id="by extension"),
        pytest.param({"": "!\n!/\n\\\nb\\\n\\/a.md\ndraft.md"}, ["draft.md", "x/draft.md"], id="not patterns"),
        pytest.param({"": "[z-a]*\n[a-\n[[:x\ndraft.md"}, ["draft.md", "x/draft.md"], id="sets that are none"),
        pytest.param({"": "[[ad]raft.md"}, ["draft.md", "x/draft.md"], id="a set with a bracket"),
    ],
)  # fmt: skip
def test_ignored_paths(root, patterns, expected):
    for folder, text in patterns.items():
        (root / folder / ".gitignore").write_text(text)
    assert sorted(ignored_paths(str(root), list(patterns), PATHS)) == expected


def test_what_git_has_is_not_ignored(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for path in ("a.md", "b.md"):
        (tmp_path / path).write_text("")
    (tmp_path / ".gitignore").write_text("*.md\n")
    subprocess.run(["git", "-C", str(tmp_path), "add", "-f", "a.md"], check=True)
    assert ignored_paths(str(tmp_path), [""], ["a.md", "b.md"]) == {"b.md"}


def test_patterns_from_around_the_vault_and_of_this_clone_only(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "Vault/Notes").mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("private.md\n")
    (tmp_path / ".git/info/exclude").write_text("Vault/Notes/mine.md\n")
    paths = ["Notes/mine.md", "Notes/private.md", "Notes/public.md"]
    assert ignored_paths(str(tmp_path / "Vault"), [], paths) == {"Notes/mine.md", "Notes/private.md"}


def test_nobody_is_asked_where_nothing_can_be_ignored(tmp_path, monkeypatch):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text(".obsidian/\n.DS_Store\n")

    def never(*arguments, **options):
        raise AssertionError("git was asked")

    monkeypatch.setattr(subprocess, "Popen", never)
    assert ignored_paths(str(tmp_path), [""], ["a.md"]) == frozenset()


def test_git_that_fails_is_no_fault(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()  # looks like a work tree and is none
    (tmp_path / ".gitignore").write_text("a.md\n")
    assert ignored_paths(str(tmp_path), [""], ["a.md", "b.md"]) == {"a.md"}


@pytest.mark.parametrize("pattern", ["Vault/", "*", "/Vault/*\n!/Vault/x"])
@pytest.mark.parametrize("has_git", [True, False])
def test_a_vault_that_lies_in_an_ignored_folder_is_judged(tmp_path, pattern, has_git):
    if has_git:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    else:
        (tmp_path / ".git").mkdir()
    vault = tmp_path / "Vault"
    vault.mkdir()
    (tmp_path / ".gitignore").write_text(pattern)
    (vault / ".gitignore").write_text("draft.md")
    found = ignored_paths(str(vault), [""], ["a.md", "draft.md"])
    assert found == ({"draft.md"} if pattern != "/Vault/*\n!/Vault/x" else {"a.md", "draft.md"})
