"""Settings hold in every command or in none, and every text is the one of the snapshot that is checked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from vaultkit.cli.entry_point import run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    """``said(files, *words)``: what a command prints in a vault of these files."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    root = tmp_path / "vault"
    root.mkdir()
    monkeypatch.chdir(root)

    def call(*words: str) -> str:
        capfd.readouterr()
        run(list(words))
        return capfd.readouterr().out

    return root, call


@pytest.mark.parametrize(
    "words",
    [
        ["backlinks", "b"], ["wanted"], ["stats"], ["graph", "stats"], ["graph", "export", "json"], ["suggest"],
        ["unresolved"], ["files"], ["metadata"], ["cards", "list"], ["check", "--show-info"], ["orphans"], ["tags"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_excluded_files_exist_for_no_command(said, words: list[str]) -> None:
    root, call = said
    write(root, {".obsidian/app.json": "{}", "b.md": "#flashcards\n\nQ::A\n", "a.md": "[[b]]"})
    without = call(*words)
    write(root, {"Archive/old.md": "[[b]] [[archgone]] #oldtag\n\n#flashcards\n\nOld::Card\n"})
    write(root, {"vaultkit.toml": 'extend-exclude = ["Archive/**"]\n'})
    assert call(*words).replace("vaultkit.toml", "") == without or words == ["files"]
    assert "rch" not in call(*words).replace("search", "")


@pytest.mark.parametrize(
    "words", [["graph", "stats"], ["check"], ["stats"], ["wanted"], ["graph", "export", "json"]], ids=" ".join
)
def test_another_settings_folder_holds_for_every_command(said, words: list[str]) -> None:
    root, call = said
    app = json.dumps({"userIgnoreFilters": ["T/"]})
    notes = {"a.md": "[[b]] [[gone]]", "b.md": "", "T/c.md": "[[a]] [[lost]]"}
    write(root, {**notes, ".obsidian/app.json": app, "vaultkit.toml": ""})
    usual = call(*words)
    shutil.move(root / ".obsidian", root / ".obs")
    write(root, {"vaultkit.toml": 'obsidian-folder = ".obs"\n'})
    assert call(*words, "--vault", str(root)) == usual


def test_staged_positions_are_those_of_the_commit(said) -> None:
    """Whatever lies on the disk: canvases, properties, notes."""
    root, call = said
    write(root, {".obsidian/types.json": '{"types": {"due": "date"}}', "c.canvas": "{}", "a.md": "x\n"})
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    canvas = '{"nodes": [\n\n{"id": "1", "type": "file", "file": "gone.md"}]}'
    write(root, {"c.canvas": canvas, "a.md": "---\nx: 1\ndue: soon\n---\n"})
    git(root, "add", "-A")
    want = call("check", "--staged", "--output-format", "concise")
    assert "c.canvas:3:" in want
    assert "a.md:3:6:" in want
    write(root, {"c.canvas": "\n" * 9 + canvas, "a.md": "\n\n\n"})
    assert call("check", "--staged", "--output-format", "concise") == want
    write(root, {"c.canvas": "{}"})
    (root / "a.md").unlink()
    assert call("check", "--staged", "--output-format", "concise") == want


def test_a_symbolic_link_is_no_difference_to_the_last_commit(said) -> None:
    root, call = said
    write(root, {"note.md": "[[b]]", "b.md": ""})
    (root / "link.md").symlink_to("note.md")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    assert "+ node" not in call("graph", "diff", "HEAD")


def test_one_key_has_one_meaning(said) -> None:
    root, call = said
    write(root, {"a.md": "[[b]]", "b.md": "", "c.md": ""})
    listed, graph = json.loads(call("stats", "--format", "json")), json.loads(call("graph", "stats", "--json"))
    shared = set(listed) & set(graph)
    assert {key for key in shared if isinstance(listed[key], int) and listed[key] != graph[key]} == set()
