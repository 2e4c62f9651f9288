"""Whatever a command rewrites and somebody else changes meanwhile stays as that other one wrote it."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultkit.base import atomic_write as write
from vaultkit.base.atomic_write import FileChange, write_together, write_whole
from vaultkit.cli.entry_point import run
from vaultkit.query import obsidian_files

DECK = "one\tfirst\ntwo\tsecond\n"
NEWER = "one\tfirst, corrected\ntwo\tsecond\nthree\tthird\n"
CARD = "#flashcards\n\nq::a\n"
FINDING = "[[gone]]\n"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def while_it_writes(monkeypatch: pytest.MonkeyPatch, edit: Callable[[], None]) -> None:
    """Have ``edit`` run once, at the moment when the first new text is put on the disk."""
    real = os.fsync
    todo = [edit]

    def fsync(handle: int) -> None:
        real(handle)
        while todo:
            todo.pop()()

    monkeypatch.setattr(os, "fsync", fsync)


def append(path: Path, text: str = "EDITED BY THE USER\n") -> Callable[[], None]:
    def edit() -> None:
        path.parent.mkdir(exist_ok=True)
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)

    return edit


def litter(vault: Path) -> list[str]:
    return [path.name for path in vault.rglob("*") if path.name.endswith(".tmp")]


@pytest.mark.parametrize(
    ("deck", "edited"),
    [
        pytest.param(NEWER, "D/c.md", id="the note of an earlier import"),
        pytest.param(NEWER, ".vaultkit/imports.json", id="the list of imports"),
    ],
)
def test_import_leaves_an_edit(vault, monkeypatch, capsys, deck, edited):
    (vault / "c.tsv").write_text(DECK, encoding="utf-8")
    assert run(["import", "c.tsv", "--to", "D"]) == 0
    before = {path: path.read_text("utf-8") for path in vault.rglob("*.*") if path.is_file()}
    (vault / "c.tsv").write_text(deck, encoding="utf-8")
    while_it_writes(monkeypatch, append(vault / edited))
    assert run(["import", "c.tsv", "--to", "D"]) == 2
    assert f"{edited} changed since it was read; nothing was changed" in capsys.readouterr().err
    before[vault / edited] += "EDITED BY THE USER\n"
    before[vault / "c.tsv"] = deck
    assert {path: path.read_text("utf-8") for path in vault.rglob("*.*") if path.is_file()} == before


@pytest.mark.parametrize("path", ["D/c.md", ".vaultkit/imports.json"])
def test_import_leaves_a_new_file(vault, monkeypatch, capsys, path):
    """A name that was free when the import was planned and is taken when it is written."""
    (vault / "c.tsv").write_text(DECK, encoding="utf-8")
    while_it_writes(monkeypatch, append(vault / path))
    assert run(["import", "c.tsv", "--to", "D"]) == 2
    assert f"{path} exists already; nothing was changed" in capsys.readouterr().err
    assert (vault / path).read_text("utf-8") == "EDITED BY THE USER\n"
    other = "D/c.md" if path.startswith(".") else ".vaultkit/imports.json"
    assert not (vault / other).exists() and litter(vault) == []


def test_import_into_a_hidden_folder_replaces_no_note_there(vault, capsys):
    """Files of hidden folders are no part of the vault, so their names look free."""
    (vault / ".drafts").mkdir()
    (vault / ".drafts" / "c.md").write_text("mine\n", encoding="utf-8")
    (vault / "c.tsv").write_text(DECK, encoding="utf-8")
    assert run(["import", "c.tsv", "--to", ".drafts"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert (vault / ".drafts" / "c.md").read_text("utf-8") == "mine\n"


def test_quiz_adds_to_a_log_that_grew_meanwhile(vault, monkeypatch):
    """Two sessions at once: both are in the log."""
    (vault / "a.md").write_text(CARD, encoding="utf-8")

    class Answers(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            log = vault / ".vaultkit" / "quiz.json"
            if not log.exists():
                log.parent.mkdir()
                log.write_text('{"version": 1, "sessions": [{"at": "other", "results": []}]}', encoding="utf-8")
            return super().readline(-1 if size is None else size)

    monkeypatch.setattr("sys.stdin", Answers("\n3\n"))
    assert run(["quiz"]) == 0
    sessions = json.loads((vault / ".vaultkit" / "quiz.json").read_text("utf-8"))["sessions"]
    assert len(sessions) == 2 and sessions[0]["at"] == "other"


def test_anki_state_that_changed_is_kept(vault, monkeypatch, capsys):
    (vault / "a.md").write_text(CARD, encoding="utf-8")
    assert run(["cards", "export", "anki", "-o", "d.apkg"]) == 0
    (vault / "a.md").write_text(CARD + "\nq2::a2\n", encoding="utf-8")
    state = vault / ".vaultkit" / "anki.json"
    before = state.read_text("utf-8")
    while_it_writes(monkeypatch, append(state, " "))
    assert run(["cards", "export", "anki", "-o", "d.apkg"]) == 2
    assert "anki.json changed since it was read" in capsys.readouterr().err
    assert state.read_text("utf-8") == before + " "


@pytest.mark.parametrize("command", [["baseline", "update"], ["baseline", "prune"]], ids=" ".join)
def test_baseline_that_changed_is_kept(vault, monkeypatch, capsys, command):
    (vault / "a.md").write_text(FINDING, encoding="utf-8")
    assert run(["baseline", "create"]) == 0
    (vault / "a.md").write_text("[[gone too]]\n", encoding="utf-8")
    baseline = vault / ".vaultkit-baseline.json"
    before = baseline.read_text("utf-8")
    while_it_writes(monkeypatch, append(baseline, "\n"))
    assert run(command) == 2
    assert "changed since it was read" in capsys.readouterr().err
    assert baseline.read_text("utf-8") == before + "\n" and litter(vault) == []


@pytest.mark.parametrize(
    ("command", "name"),
    [
        pytest.param(["baseline", "create"], ".vaultkit-baseline.json", id="baseline create"),
        pytest.param(["init"], ".vaultkit.toml", id="init"),
        pytest.param(["init", "--pyproject"], "pyproject.toml", id="init --pyproject"),
    ],
)
def test_a_file_that_came_meanwhile_is_kept(vault, monkeypatch, capsys, command, name):
    (vault / "a.md").write_text(FINDING, encoding="utf-8")
    while_it_writes(monkeypatch, append(vault / name))
    assert run(command) == 2
    assert "exists already" in capsys.readouterr().err
    assert (vault / name).read_text("utf-8") == "EDITED BY THE USER\n" and litter(vault) == []


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["check", "--fix", "--unsafe-fixes"], id="check --fix"),
        pytest.param(["check", "--add-suppressions"], id="check --add-suppressions"),
        pytest.param(["move", "b.md", "c.md"], id="move"),
        pytest.param(["suggest", "--fix", "--min-score", "0"], id="suggest --fix"),
        pytest.param(["cards", "export", "anki", "-o", "d.apkg", "--write-ids"], id="--write-ids"),
    ],
)
def test_no_command_overwrites_a_note_that_changed(vault, monkeypatch, command):
    (vault / "a.md").write_text("#flashcards\n\nq::a\n\n[[b|]] [[gone]] ![[b|30|30]]\n\nMilvus is fast.\n", "utf-8")
    (vault / "b.md").write_text("# b\n", encoding="utf-8")
    (vault / "Milvus.md").write_text("# Milvus\n", encoding="utf-8")
    while_it_writes(monkeypatch, append(vault / "a.md"))
    run(command)
    assert (vault / "a.md").read_text("utf-8").endswith("EDITED BY THE USER\n")


WORDS = "---\nstate: new\ntags: [old]\n---\n# Words\n\nText #old ^b1\n\n- [ ] a task\n\n## Part\n"
ONE_FILE = [
    (["append", "file=words", "content=more"], "words.md"),
    (["prepend", "file=words", "content=first"], "words.md"),
    (["create", "path=words.md", "content=text", "overwrite"], "words.md"),
    (["create", "path=new.md", "content=text"], "new.md"),
    (["daily:append", "content=x"], "today.md"),
    (["property:set", "file=words", "name=state", "value=done"], "words.md"),
    (["property:remove", "file=words", "name=state"], "words.md"),
    (["task", "file=words", "line=9", "done"], "words.md"),
    (["template:insert", "file=words", "name=form"], "words.md"),
    (["bookmark", "file=words"], ".obsidian/bookmarks.json"),
    (["rename", "heading", "words#Part", "Other"], "words.md"),
    (["rename", "heading", "words#Part", "Other"], "a.md"),
    (["rename", "block", "words#^b1", "b2"], "a.md"),
    (["rename", "tag", "old", "new"], "a.md"),
    (["rename", "property", "state", "status"], ".obsidian/types.json"),
    (["rename", "file=words", "name=other"], "a.md"),
    (["pictures", "edit", "p.png", "--text", "x"], ".vaultkit/pictures.jsonl"),
    (["skill", "install"], ".claude/skills/vaultkit/SKILL.md"),
]


@pytest.mark.parametrize(
    ("command", "path"), ONE_FILE, ids=lambda value: " ".join(value) if isinstance(value, list) else value
)
def test_a_command_for_one_file_is_refused(vault, monkeypatch, capsys, command, path):
    texts = {
        "words.md": WORDS, "a.md": "[[words#Part]] [[words#^b1]] #old\n", "T/form.md": "form\n", "p.png": "x",
        ".obsidian/templates.json": '{"folder": "T"}', ".obsidian/daily-notes.json": '{"format": "[today]"}',
        ".obsidian/bookmarks.json": '{"items": []}', ".obsidian/types.json": '{"types": {"state": "text"}}',
    }  # fmt: skip
    for name, text in texts.items():
        (vault / name).parent.mkdir(exist_ok=True)
        (vault / name).write_text(text, encoding="utf-8")
    place = vault / path

    def edit() -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        append(place)()

    while_it_writes(monkeypatch, edit)
    assert run(command) == 2
    err = capsys.readouterr().err
    assert f"{path} changed since it was read" in err or f"{path} exists already" in err
    assert place.read_text("utf-8") == texts.get(path, "") + "EDITED BY THE USER\n"
    others = {name: (vault / name).read_text("utf-8") for name in texts if name != path}
    assert others == {name: text for name, text in texts.items() if name != path}
    assert litter(vault) == []


def test_bookmarks_are_written_as_they_were_read(vault, monkeypatch):
    """An edit between two looks at the file is not lost."""
    (vault / "a.md").write_text("", encoding="utf-8")
    file = vault / ".obsidian" / "bookmarks.json"
    file.write_text('{"items": []}', encoding="utf-8")
    real = obsidian_files.decode

    def decode(data: bytes) -> object:
        file.write_text('{"items": [], "mine": 1}', encoding="utf-8")
        return real(data)

    monkeypatch.setattr(obsidian_files, "decode", decode)
    assert run(["bookmark", "file=a"]) == 2
    assert json.loads(file.read_text("utf-8")) == {"items": [], "mine": 1}


def test_a_write_that_fails_takes_new_files_and_folders_away(tmp_path, monkeypatch):
    """All files or none, where some of them are new."""
    (tmp_path / "old.md").write_bytes(b"old")
    changes = [
        FileChange("x/y/new.md", None, b"new"),
        FileChange("old.md", b"old", b"newer"),
        FileChange("z.md", None, b"z"),
    ]
    real = write.rename_new

    def failing(hidden: str, target: str) -> None:
        if target.endswith("z.md"):
            raise OSError(28, "No space left on device", target)
        real(hidden, target)

    with monkeypatch.context() as patch:
        patch.setattr(write, "rename_new", failing)
        with pytest.raises(OSError, match="No space"):
            write_together(str(tmp_path), changes)
    assert [path.name for path in tmp_path.rglob("*")] == ["old.md"]
    assert (tmp_path / "old.md").read_bytes() == b"old"
    write_together(str(tmp_path), changes)
    assert (tmp_path / "x/y/new.md").read_bytes() == b"new" and (tmp_path / "old.md").read_bytes() == b"newer"
    assert litter(tmp_path) == []


def test_new_files_get_the_usual_permissions(tmp_path):
    mask = os.umask(0o022)
    try:
        write_together(str(tmp_path), [FileChange("a.md", None, b"a")])
        write_whole(str(tmp_path / "b"), b"b")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o644


def test_new_files_without_hard_links(tmp_path, monkeypatch):
    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refused)
    write_together(str(tmp_path), [FileChange("a.md", None, b"a")])
    assert (tmp_path / "a.md").read_bytes() == b"a" and litter(tmp_path) == []
