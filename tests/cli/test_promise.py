"""The promises of .github/SECURITY.md that no other test holds: what is written where, and that nothing is sent."""

from __future__ import annotations

import gc
import io
import re
import socket
import sys
import tomllib
from pathlib import Path

import click
import pytest

from vaultkit.cli.app import group
from vaultkit.cli.entry_point import run

ROOT = Path(__file__).parents[2]
READING = [
    ["aliases"], ["backlinks", "a"], ["base:query", "t"], ["base:views", "t"], ["bases"], ["cards", "coverage"], ["cards", "due"],
    ["cards", "export", "csv"], ["cards", "list"], ["cards", "stats"], ["check"], ["check", "--select", "ALL", "--show-info"],
    ["check", "--fix", "--unsafe-fixes", "--diff"], ["check", "--output-format", "sarif"], ["config", "show"], ["deadends"], ["file", "a"], ["files"],
    ["folder", "D"], ["folders"], ["graph", "bridges"], ["graph", "communities"], ["graph", "export", "json"], ["graph", "gaps"], ["graph", "growth"],
    ["graph", "neighbours", "a"], ["graph", "order", "a"], ["graph", "orphans"], ["graph", "path", "a", "b"], ["graph", "related", "a"],
    ["graph", "stale"], ["graph", "stats"], ["links", "a"], ["map", "-o", "-"], ["metadata"], ["move", "b.md", "c.md", "--dry-run"],
    ["move", "b.md", "c.md", "--diff"], ["orphans"], ["outline", "a"], ["properties"], ["property:read", "name=p", "file=a"], ["report"], ["rule", "LK001"],
    ["schema", "files"], ["search", "query=x"], ["search:context", "query=x"], ["stats"], ["suggest"], ["tag", "t"], ["tags"], ["tasks"], ["unresolved"],
    ["vault"], ["wanted"], ["wordcount", "a"], ["import", "c.tsv", "--to", "D", "--dry-run"], ["baseline", "show"], ["relink", "gone", "b", "--dry-run"],
]  # fmt: skip
WRITING = [
    ["check", "--fix", "--unsafe-fixes"], ["check", "--add-suppressions"], ["move", "b.md", "c.md"], ["import", "c.tsv", "--to", "D"], ["init"],
    ["baseline", "create"], ["suggest", "--fix"], ["orphans", "--trash"], ["quiz", "--write-schedule"], ["map", "-o", "m.html"], ["report", "-o", "r.md"],
    ["cards", "export", "csv", "-o", "c.csv"],
]  # fmt: skip
# Commands of Obsidian's words and of agents: one of each.
MORE = [
    ["append", "file=a", "content=x"], ["prepend", "file=a", "content=x"], ["create", "path=new.md", "content=x"], ["base:create", "file=t", "name=R"],
    ["bookmark", "file=a"], ["bookmarks"], ["completion", "bash"], ["daily"], ["daily:append", "content=x"], ["daily:path"], ["daily:prepend", "content=x"],
    ["daily:read"], ["docs"], ["hotkeys"], ["plugin", "id=x"], ["plugins"], ["plugins:enabled"], ["property:set", "file=a", "name=x", "value=y"],
    ["property:remove", "file=a", "name=x"], ["random"], ["random:read"], ["read", "file=a"], ["recents"], ["rename", "tag", "t", "u"], ["skill", "install"],
    ["snippets"], ["snippets:enabled"], ["task", "file=a", "line=5", "done"], ["template:insert", "file=a", "name=x"], ["template:read", "name=x"], ["templates"],
    ["theme"], ["themes"], ["unique", "name=x"], ["vaults"], ["workspaces"], ["check", "--changed", "a.md"], ["pictures", "list"], ["pictures", "similar"], ["clean"],
    ["hook", "agent", "claude"], ["delete", "file=new", "permanent"],
]  # fmt: skip
WITHOUT_A_RUN = {"lsp", "mcp"}  # they serve until they are ended; tests/bench/no_network.py traces them


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "D").mkdir()
    texts = {
        "a.md": "---\np: 1\n---\n[[b]] [[gone]] ![[p.png|1|1]] https://example.org ![x](https://example.org/x.png) #t\n- [ ] x\n\n#flashcards\n\nq::a\n",
        "b.md": "# b\n",
        "p.png": "no picture",
        "unused.png": "x",
        "t.base": "views:\n  - type: table\n    name: t\n",
        "c.tsv": "q\ta\nq2\ta2\n",
    }
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def called(words: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n3\n" * 9))
    try:
        return run(list(words))
    finally:
        gc.enable()


def stamps(root: Path) -> dict[str, tuple[int, int, int]]:
    return {
        path.relative_to(root).as_posix(): (path.stat().st_ino, path.stat().st_size, path.stat().st_mtime_ns)
        for path in [root, *root.rglob("*")]
    }


def test_a_command_that_reads_writes_nothing_to_the_vault(vault: Path, monkeypatch) -> None:
    before = stamps(vault)
    for words in READING:
        assert called(words, monkeypatch) in (0, 1, 2), words
        assert stamps(vault) == before, words


def test_no_command_opens_a_socket(vault: Path, monkeypatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
    for words in [*READING, *WRITING, *MORE]:
        assert called(words, monkeypatch) in (0, 1, 2), words
    assert isinstance(group, click.Group)
    tried = {words[0] for words in [*READING, *WRITING, *MORE]}
    assert set(group.list_commands(click.Context(group))) - tried == WITHOUT_A_RUN


def test_nothing_is_deleted(vault: Path, monkeypatch) -> None:
    """Each text of before is there after every writing command, somewhere, or in the trash; notes may be edited."""
    for words in WRITING:
        assert called(words, monkeypatch) in (0, 1), words
    texts = {path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    assert {b"no picture", b"x", b"q\ta\nq2\ta2\n", b"# b\n"} <= texts


def test_each_promise_names_a_test_that_exists() -> None:
    text = (ROOT / ".github" / "SECURITY.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    assert len(named) > 25
    missing = [f"{path}::{name}" for path, name in named if f"def {name}(" not in _source(path)]
    assert missing == []


def test_each_sentence_of_the_promise_names_a_test() -> None:
    text = (ROOT / ".github" / "SECURITY.md").read_text("utf-8")
    rows = [
        line
        for line in text.split("\n")
        if line.startswith("| ") and not line.startswith(("| ---", "| Promise", "| What"))
    ]
    assert rows and [row for row in rows if "`tests/" not in row] == []


def test_each_dependency_is_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for name in ("anki", "fsrs", "parquet") for one in extras[name])]
    text = (ROOT / ".github" / "SECURITY.md").read_text("utf-8")
    assert [one for one in wanted if f"- `{one}`: " not in text] == []


def _source(path: str) -> str:
    place = ROOT / path
    return place.read_text("utf-8") if place.exists() else ""
