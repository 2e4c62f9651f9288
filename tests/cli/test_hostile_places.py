"""What lies where a command is about to write, or where git keeps its state: named and left alone, never waited for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vaultkit.cli.entry_point import run

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs pipes"),
    pytest.mark.usefixtures("no_hang"),
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
]

KINDS = ("pipe", "device", "folder", "link out", "bytes", "20 GB", "link to itself", "file")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "T").mkdir()
    texts = {
        ".obsidian/app.json": '{"trashOption": "local"}',
        ".obsidian/daily-notes.json": '{"format": "[today]"}',
        "a.md": "# A\n[[b]]\n",
        "b.md": "# b\n",
        "unused.png": "x",
    }
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(folder)
    return folder


def put(kind: str, path: Path, outside: Path) -> None:
    """outside: where a link out leads to; a folder if the place is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "link out":
        path.symlink_to(outside)
    elif kind == "link to itself":
        path.symlink_to(path.name)
    elif kind == "20 GB":
        with open(path, "wb") as file:
            file.truncate(20_000_000_000)
    else:
        path.write_bytes(b"\xff\xfe\x00\x80" if kind == "bytes" else b"x\n")


WRITING = [
    pytest.param(".claude/skills/vaultkit/SKILL.md", ["skill", "install"], id="a skill"),
    pytest.param(".claude/skills/vaultkit/SKILL.md", ["skill", "install", "--force"], id="a skill, replaced"),
    pytest.param(".claude/", ["skill", "install"], id="the folder of skills"),
    pytest.param(".trash/", ["delete", "file=b"], id="the trash"),
    pytest.param(".trash/", ["orphans", "--trash"], id="the trash, unused files"),
    pytest.param("today.md", ["daily:append", "content=x"], id="the daily note"),
    pytest.param("n.md", ["create", "path=n.md", "content=x"], id="a new note"),
    pytest.param("n.md", ["move", "b.md", "n.md"], id="a new name"),
    pytest.param(".obsidian/", ["bookmark", "file=a"], id="the settings"),
    pytest.param(".obsidian/bookmarks.json", ["bookmark", "file=a"], id="bookmarks"),
    pytest.param(".vaultkit/pictures.jsonl", ["pictures", "edit", "unused.png", "--text", "x"], id="corrections"),
    pytest.param(".vaultkit.toml", ["init"], id="the configuration"),
    pytest.param(".vaultkit-baseline.json", ["baseline", "create"], id="the baseline"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("place", "words"), WRITING)
def test_a_place_that_a_command_writes_to(
    vault: Path, tmp_path: Path, capsys, place: str, words: list[str], kind: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir() if place.endswith("/") else outside.write_text("secret text\n")
    put(kind, vault / place.rstrip("/"), outside)
    status = run(words)
    told = capsys.readouterr()
    assert status in (0, 1, 2), told.err
    assert "secret text" not in told.out + told.err
    assert list(outside.iterdir()) == [] if outside.is_dir() else outside.read_text() == "secret text\n"
    assert (vault / "b.md").exists() or words[0] in ("delete", "move")
    assert not list(vault.rglob(".vaultkit-*.tmp"))


GIT = [
    pytest.param(".git/hooks/pre-commit", ["hook", "install"], id="a hook"),
    pytest.param(".git/hooks/pre-commit", ["hook", "uninstall"], id="a hook, taken away"),
    pytest.param(".git/hooks/", ["hook", "install"], id="the folder of hooks"),
    pytest.param(".git/MERGE_HEAD", ["hook"], id="a merge"),
    pytest.param(".git/CHERRY_PICK_HEAD", ["hook"], id="a commit that is taken over"),
    pytest.param(".git/SQUASH_MSG", ["hook"], id="a message"),
    pytest.param(".git/index", ["check"], id="the index"),
    pytest.param(".git/index", ["hook"], id="the index, hook"),
    pytest.param(".git/packed-refs", ["hook"], id="names of commits"),
    pytest.param(".git/objects/info/alternates", ["check", "--staged"], id="other stores"),
    pytest.param("sub/.git", ["hook"], id="a submodule"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("place", "words"), GIT)
def test_the_state_of_git(vault: Path, tmp_path: Path, capsys, place: str, words: list[str], kind: str) -> None:
    def git(*arguments: str) -> str:
        names = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        return subprocess.run(["git", *names, *arguments], check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    if place.startswith("sub/"):
        git("update-index", "--add", "--cacheinfo", f"160000,{git('rev-parse', 'HEAD')},sub")
    (vault / "a.md").write_text("# A\n[[b]] [[gone]]\n", "utf-8")
    git("add", "a.md")
    outside = tmp_path / "outside"
    outside.mkdir() if place.endswith("/") else outside.write_text("text of another\n")
    put(kind, vault / place.rstrip("/"), outside)
    assert run(words) in (0, 1, 2), capsys.readouterr().err
    assert list(outside.iterdir()) == [] if outside.is_dir() else outside.read_text() == "text of another\n"


def test_a_merge_of_many_words(vault: Path) -> None:
    """Git is asked of commits only, and not of a thousand."""
    subprocess.run(["git", "init", "-q"], check=True)
    (vault / ".git" / "MERGE_HEAD").write_text("a " * 30_000 + "0" * 40 + "\n" + "1" * 40 + "\n")
    assert run(["hook"]) in (0, 1, 2)


@pytest.mark.parametrize("kind", ["device", "20 GB", "folder", "link to itself", "bytes"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("deck.csv", ["import", "deck.csv", "--to", "D"]),
        ("deck.apkg", ["import", "deck.apkg", "--to", "D"]),
        ("pos.json", ["graph", "export", "svg", "--positions", "pos.json", "-o", "o.svg"]),
    ],
)
def test_a_file_that_the_user_names(
    vault: Path, tmp_path: Path, capsys, monkeypatch, name: str, words: list[str], kind: str
) -> None:
    monkeypatch.setattr("vaultkit.cli.commands.import_._MOST_PACKAGE", 20_000_000)
    monkeypatch.setattr("vaultkit.cli.commands.import_._MOST_TEXT", 20_000_000)
    monkeypatch.setattr("vaultkit.cli.graph.export._MOST_POSITIONS", 20_000_000)
    put(kind, vault / name, tmp_path)
    assert run(words) == 2
    assert name in capsys.readouterr().err


def test_a_pipe_that_the_user_names_is_read(vault: Path) -> None:
    """As the shell makes one of `<(…)`."""
    os.mkfifo(vault / "cards.csv")
    if os.fork() == 0:
        (vault / "cards.csv").write_text("one,first\ntwo,second\n")
        os._exit(0)
    assert run(["import", "cards.csv", "--to", "D"]) == 0
    assert "one" in (vault / "D" / "cards.md").read_text("utf-8")
