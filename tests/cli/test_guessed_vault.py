"""Which folder is taken for the vault, and what is said when that is a guess."""

from __future__ import annotations

import os

import pytest

from vaultkit.cli.entry_point import run


@pytest.fixture
def notes(tmp_path, monkeypatch):
    """A repository with notes in a folder, no ``.obsidian`` anywhere; the working directory is the folder."""
    folder = tmp_path / "repository" / "en"
    folder.mkdir(parents=True)
    (folder.parent / ".git").mkdir()
    (folder / "a.md").write_text("text\n")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("VAULTKIT_VAULT", raising=False)
    return folder


def told(capsys, *arguments):
    run(list(arguments))
    return capsys.readouterr().err.splitlines()


def test_the_top_of_a_work_tree_is_a_guess(notes, capsys):
    assert told(capsys, "check") == [
        f"note: no .obsidian found; the vault is {notes.parent} (the top of the git work tree); "
        "--vault . takes this folder"
    ]


def test_the_working_directory_is_a_guess(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.md").write_text("text\n")
    monkeypatch.chdir(tmp_path)
    expected = f"note: no .obsidian found; the vault is {tmp_path} (the working directory); --vault DIR names another"
    assert told(capsys, "check") == [expected]


def test_a_path_in_another_folder(notes, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    expected = f"note: no .obsidian found; the vault is {notes.parent} (the top of the git work tree); --vault {notes} takes this folder"
    assert told(capsys, "check", str(notes / "a.md")) == [expected]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["stats"],
        ["links", "a"],
        ["outline", "a"],
        ["graph", "stats"],
        ["files"],
        ["config", "show"],
        ["cards", "list"],
    ],
    ids=" ".join,
)
def test_every_command_says_it_once(notes, capsys, arguments):
    assert sum("no .obsidian found" in line for line in told(capsys, *arguments)) == 1


@pytest.mark.parametrize("how", ["named", "by a variable", "marked", "configured"])
def test_nothing_is_said_of_a_vault_that_is_known(notes, monkeypatch, capsys, how):
    arguments = ["check"]
    if how == "named":
        arguments += ["--vault", "."]
    elif how == "by a variable":
        monkeypatch.setenv("VAULTKIT_VAULT", str(notes))
    elif how == "marked":
        (notes / ".obsidian").mkdir()
    else:
        (notes.parent / ".vaultkit.toml").write_text("")
    assert told(capsys, *arguments) == []


def test_quiet_says_nothing(notes, capsys):
    assert told(capsys, "check", "--quiet") == []


def test_the_report_stays_clean(notes, capsys):
    run(["check", "--output-format", "json"])
    assert capsys.readouterr().out.startswith("{")


@pytest.mark.parametrize("arguments", [["check"], ["stats"], ["map", "-o", "x.html"], ["init"]], ids=lambda a: a[0])
@pytest.mark.parametrize("place", ["home", "root", "below a home that is a work tree"])
def test_home_and_the_whole_disk_are_refused(tmp_path, monkeypatch, capsys, arguments, place):
    home = tmp_path / "home"
    (home / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    if place == "below a home that is a work tree":
        (home / ".git").mkdir()
    monkeypatch.chdir({"home": home, "root": "/"}.get(place, home / "Documents"))
    assert run(arguments) == 2
    what = "the whole disk" if place == "root" else f"your home folder {home}"
    expected = f"error: no .obsidian found, so the vault would be {what}; name a vault with --vault DIR\n"
    assert capsys.readouterr().err == expected
    assert os.listdir(home / "Documents") == []


def test_home_can_be_named_or_marked(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("text\n")
    assert run(["check", "--vault", "."]) == 0
    (tmp_path / ".obsidian").mkdir()
    assert run(["check"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("file", "tool"),
    [
        ("logseq/config.edn", "a Logseq graph"),
        ("dendron.yml", "a Dendron workspace"),
        (".zk/config.toml", "a zk notebook"),
        ("tiddlywiki.info", "a TiddlyWiki"),
        (".vimwiki_tags", "a Vimwiki"),
        (".silverbullet.db.json", "a SilverBullet space"),
    ],
)
def test_notes_of_another_tool_are_named(tmp_path, monkeypatch, capsys, file, tool):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("")
    (tmp_path / "a.md").write_text("text\n")
    monkeypatch.chdir(tmp_path)
    lines = told(capsys, "check")
    assert lines[1].startswith(f"note: this looks like {tool}; vaultkit reads links as Obsidian does")
    (tmp_path / ".obsidian").mkdir()
    assert told(capsys, "check") == []
