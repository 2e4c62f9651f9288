"""Files that are no regular files, links out of the vault and files without end: reported, never opened."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from vaultkit.base.safe_read import MAX_BYTES, NotOpenedError, TooLargeError, read_inside, read_regular
from vaultkit.cli.entry_point import run

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs pipes"),
    pytest.mark.usefixtures("no_hang"),
]

SECRET = "the secret of another folder"
PLUGIN = ".obsidian/plugins/obsidian-spaced-repetition/data.json"
IN_THE_VAULT = ("x.md", "c.canvas", "b.base", "y.png", "t.txt", "sub/x.md", "s.css")
SETTINGS = (
    ".gitignore", ".obsidian/app.json", ".obsidian/types.json", ".obsidian/graph.json", ".obsidian/workspace.json",
    ".obsidian/bookmarks.json", ".obsidian/templates.json", PLUGIN,
)  # fmt: skip
COMMANDS = (
    ["check"], ["check", "--select", "ALL", "--show-info", "--output-format", "full"],
    ["check", "--fix", "--unsafe-fixes", "--diff"], ["check", "--output-format", "gitlab"], ["metadata"],
    ["metadata", "--tables"], ["graph", "stats"], ["graph", "export", "json"], ["cards", "list"], ["stats"],
    ["suggest"], ["search", "query=word"], ["properties"], ["orphans", "--trash"], ["move", "a.md", "n.md", "--dry-run"],
    ["import", "c.tsv", "--to", "D"], ["quiz"], ["baseline", "create"], ["tasks"], ["files"], ["vault"],
)  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    (folder / PLUGIN).parent.mkdir(parents=True)
    (folder / "sub").mkdir()
    (folder / "a.md").write_text(
        "---\np: 1\n---\n[[x]] ![[y.png]] ![[gone.png]] word\n\n#flashcards\n\nq::a\n", "utf-8"
    )
    (folder / "c.tsv").write_text("one\tfirst\ntwo\tsecond\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115
    monkeypatch.chdir(folder)
    return folder


def put(kind: str, path: Path) -> None:
    """A file that must not be opened, at ``path``."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        here = os.getcwd()
        os.chdir(path.parent)  # the name of a socket has room for 100 characters
        socket.socket(socket.AF_UNIX).bind(path.name)
        os.chdir(here)
    elif kind == "link to a device":
        path.symlink_to("/dev/zero")
    elif kind == "link to a pipe inside":
        pipe = path.parent / ".pipe"
        if not pipe.exists():
            os.mkfifo(pipe)
        path.symlink_to(pipe)
    elif kind == "link out of the vault":
        secret = next(folder for folder in path.parents if folder.name == "vault").parent / "secret.txt"
        secret.write_text(f"# {SECRET}\n", encoding="utf-8")
        path.symlink_to(secret)
    else:
        with open(path, "wb") as file:
            file.truncate(20_000_000_000)


KINDS = ["pipe", "socket", "link to a device", "link to a pipe inside", "link out of the vault", "sparse file of 20 GB"]


@pytest.mark.parametrize("kind", KINDS)
def test_such_files_in_the_vault_and_its_settings_end_no_run(vault: Path, capsys, kind: str) -> None:
    for path in (*IN_THE_VAULT, *SETTINGS):
        put(kind, vault / path)
    for words in COMMANDS:
        status = run(list(words))
        told = capsys.readouterr()
        assert status in (0, 1) or (words[0] == "move" and "cannot be read" in told.err), (words, told.err)
        assert SECRET not in told.out + told.err, words
        if words == ["check"]:
            assert "EM001" in told.out  # the rest of the vault is checked
            assert "cannot be read" in told.out


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("pipe", "not a regular file"),
        ("link to a device", "a symbolic link out of the vault, not followed"),
        ("sparse file of 20 GB", "larger than 10 mb"),
    ],
)
@pytest.mark.parametrize("path", ["x.md", "c.canvas", "b.base"])
def test_check_says_why_a_file_was_not_read(vault: Path, capsys, kind: str, reason: str, path: str) -> None:
    put(kind, vault / path)
    assert run(["check", "--select", "VK"]) == 1
    out = capsys.readouterr().out
    assert f"{path}:1:1: error VK003" in out and reason in out.lower()


@pytest.mark.parametrize("kind", ["pipe", "link to a device", "sparse file of 20 GB"])
@pytest.mark.parametrize(
    ("path", "words"),
    [
        (".vaultkit.toml", ["check"]),
        (".vaultkit.toml", ["cards", "list"]),
        (".vaultkit-baseline.json", ["check", "--baseline", ".vaultkit-baseline.json"]),
        (".vaultkit-baseline.json", ["baseline", "update"]),
        (".vaultkit/quiz.json", ["quiz"]),
        (".vaultkit/anki.json", ["cards", "export", "anki", "-o", "x.apkg"]),
        (".vaultkit/imports.json", ["import", "c.tsv", "--to", "D"]),
        ("b.base", ["base:query", "b"]),
    ],
)
def test_such_a_file_that_the_command_needs_is_named(
    vault: Path, capsys, kind: str, path: str, words: list[str]
) -> None:
    (vault / ".vaultkit").mkdir()
    put(kind, vault / path)
    status = run(words)
    err = capsys.readouterr().err
    is_skipped = path == ".vaultkit.toml" and kind != "sparse file of 20 GB"  # no file, so no configuration
    assert status in ((0, 1) if is_skipped else (2,)), err
    assert is_skipped or os.path.basename(path).removesuffix(".base") in err


def test_metadata_goes_on_without_a_note_that_cannot_be_read(vault: Path, capsys) -> None:
    put("pipe", vault / "x.md")
    assert run(["metadata"]) == 0
    told = capsys.readouterr()
    assert '"path": "a.md"' in told.out and "x.md: cannot be read (not a regular file), left out" in told.err
    assert run(["metadata", "x.md"]) == 2
    assert "x.md: cannot be read" in capsys.readouterr().err


def test_reading(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "out.txt").write_text("out", encoding="utf-8")
    (folder / "a.txt").write_bytes(b"x" * 100_000)
    (folder / "link.txt").symlink_to("a.txt")
    (folder / "out.txt").symlink_to("../out.txt")
    (folder / "large").write_bytes(b"")
    os.truncate(folder / "large", MAX_BYTES + 1)
    os.mkfifo(folder / "pipe")
    assert read_regular(str(folder / "a.txt")) == read_inside(str(folder), "link.txt") == b"x" * 100_000
    assert read_regular(str(folder / "out.txt")) == b"out"
    for path, error in [
        ("out.txt", NotOpenedError), ("../out.txt", NotOpenedError), ("pipe", NotOpenedError), ("large", TooLargeError),
        (".", OSError), ("none", FileNotFoundError), ("a\0b", FileNotFoundError), ("\ud800", FileNotFoundError),
    ]:  # fmt: skip
        with pytest.raises(error):
            read_inside(str(folder), path)
    assert read_regular("/proc/self/status")  # files of size 0 that have content
