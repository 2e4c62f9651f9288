"""Bookmarks, open tabs and the folders of Obsidian's settings follow a move; all else in those files stays."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from vaultkit.cli.entry_point import run

BOOKMARKS = """{
  "items": [
    {
      "type": "group",
      "ctime": 1,
      "title": "T/Day.md",
      "items": [
        {
          "type": "file",
          "ctime": 2,
          "path": "T/Day.md",
          "subpath": "#Head",
          "unknown": {"path": "T/Day.md"}
        },
        {"type":"folder", "path":"T"}
      ]
    },
    {"type": "search", "query": "T/Day.md", "path": "T/Day.md"},
    {"type": "file", "path": "t\\/D\\u00e4y.md"}
  ]
}"""
GRAPH = '{"search": "path:T", "path": "T/Day.md"}'


@pytest.fixture
def vault(tmp_path, monkeypatch):
    files = {"T/Day.md": "# Head\n", "T/Däy.md": "", "Files/p.png": "", "a.md": "[[Day]]\n"}
    files[".obsidian/bookmarks.json"] = BOOKMARKS
    files[".obsidian/graph.json"] = GRAPH
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def config(root: Path, name: str) -> str:
    return (root / ".obsidian" / name).read_text(encoding="utf-8")


def test_bookmarks_follow_a_folder(vault, capsys):
    assert run(["move", "T", "Vorlagen", "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        ".obsidian/bookmarks.json:11:20: T/Day.md -> Vorlagen/Day.md",
        ".obsidian/bookmarks.json:15:35: T -> Vorlagen",
        ".obsidian/bookmarks.json:19:31: t\\/D\\u00e4y.md -> Vorlagen\\/D\\u00e4y.md",
    ]
    assert config(vault, "bookmarks.json") == BOOKMARKS
    assert run(["move", "T", "Vorlagen"]) == 0
    expected = BOOKMARKS.replace('"path": "T/Day.md",\n          "sub', '"path": "Vorlagen/Day.md",\n          "sub')
    expected = expected.replace('"path":"T"', '"path":"Vorlagen"').replace("t\\/D", "Vorlagen\\/D")
    assert config(vault, "bookmarks.json") == expected
    assert config(vault, "graph.json") == GRAPH
    assert ".obsidian/bookmarks.json: T/Day.md is Vorlagen/Day.md and 2 more now" in capsys.readouterr().err


def test_bookmarks_follow_a_note_and_keep_the_heading(vault):
    assert run(["move", "Day", "x/New"]) == 0
    bookmark = json.loads(config(vault, "bookmarks.json"))["items"][0]["items"]
    assert (bookmark[0]["path"], bookmark[0]["subpath"], bookmark[1]["path"]) == ("x/New.md", "#Head", "T")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        pytest.param("app.json", '{"attachmentFolderPath":"T"}', '{"attachmentFolderPath":"x/V"}', id="attachments"),
        pytest.param("app.json", '{"attachmentFolderPath":"t/A"}', '{"attachmentFolderPath":"x/V/A"}', id="below it"),
        pytest.param("app.json", '{"attachmentFolderPath":"./T"}', None, id="below each note's folder"),
        pytest.param("app.json", '{"attachmentFolderPath":"/"}', None, id="the root"),
        pytest.param("app.json", '{"attachmentFolderPath":"Tt"}', None, id="a longer name"),
        pytest.param("app.json", '{\n  "x": 1,\n  "newFileFolderPath": "T"\n}', '{\n  "x": 1,\n  "newFileFolderPath": "x/V"\n}', id="new notes"),
        pytest.param("app.json", '{"userIgnoreFilters":["T/","/T/","U"]}', '{"userIgnoreFilters":["x/V/","/T/","U"]}', id="excluded files"),
        pytest.param("app.json", '{"userIgnoreFilters":null}', None, id="nothing excluded"),
        pytest.param("templates.json", '{"folder":"T/"}', '{"folder":"x/V/"}', id="templates"),
        pytest.param("daily-notes.json", '{"folder":"T","template":"T/Day"}', '{"folder":"x/V","template":"x/V/Day"}', id="daily notes"),
        pytest.param("daily-notes.json", '{"template":"/T/Day.md"}', '{"template":"x/V/Day.md"}', id="template with extension"),
        pytest.param("daily-notes.json", '{"template":"Day"}', None, id="a template by its name"),
        pytest.param("plugins/templater-obsidian/data.json", '{"templates_folder":"T"}', '{"templates_folder":"x/V"}', id="Templater"),
        pytest.param("workspace.json", '{"main":{"type":"leaf","state":{"state":{"file":"T/Day.md"}}},"lastOpenFiles":["T/Day.md"]}',
                     '{"main":{"type":"leaf","state":{"state":{"file":"x/V/Day.md"}}},"lastOpenFiles":["x/V/Day.md"]}', id="tabs"),
        pytest.param("app.json", '\ufeff{"newFileFolderPath":"T"}', '\ufeff{"newFileFolderPath":"x/V"}', id="byte order mark"),
    ],
)  # fmt: skip
def test_settings_follow_a_folder(vault, name, before, after):
    file = vault / ".obsidian" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(before, encoding="utf-8")
    assert run(["move", "T", "x/V"]) == 0
    assert file.read_text(encoding="utf-8") == (after or before)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param('{"folder": "T"', "is not valid JSON", id="broken"),
        pytest.param('["T"]', "is not a JSON object", id="a list"),
        pytest.param(b"\xff\xfe{\0", "UTF-16", id="UTF-16"),
    ],
)
def test_a_settings_file_that_cannot_be_understood_is_told(vault, capsys, content, reason):
    file = vault / ".obsidian/templates.json"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    before = file.read_bytes()
    assert run(["move", "T", "V", "-q"]) == 0
    assert file.read_bytes() == before
    err = capsys.readouterr().err
    assert ".obsidian/templates.json" in err
    assert reason in err


def test_settings_shared_with_other_vaults_are_told_and_left(vault, capsys):
    shared = vault.parent / "shared"
    shared.mkdir()
    os.rename(vault / ".obsidian/bookmarks.json", shared / "bookmarks.json")
    (vault / ".obsidian/bookmarks.json").symlink_to(shared / "bookmarks.json")
    assert run(["move", "T", "V"]) == 0
    assert (vault / "V/Day.md").exists()
    assert (shared / "bookmarks.json").read_text(encoding="utf-8") == BOOKMARKS
    assert ".obsidian/bookmarks.json is outside the vault, so its links stay as they are" in capsys.readouterr().err


def test_relink_mends_bookmarks(vault):
    os.rename(vault / "T", vault / "V")
    assert run(["relink", "T", "V"]) == 0
    assert '"path": "V/Day.md",\n          "subpath"' in config(vault, "bookmarks.json")
    assert '"path":"V"' in config(vault, "bookmarks.json")


def test_a_move_that_fails_leaves_the_settings(vault, monkeypatch):
    real = os.replace

    def failing(old, new, **options):
        if str(new).endswith("bookmarks.json"):
            raise OSError(28, "No space left on device")
        real(old, new, **options)

    monkeypatch.setattr(os, "replace", failing)
    monkeypatch.setattr("vaultkit.base.rename._system_call", lambda: None)
    assert run(["move", "Day", "x/New"]) == 2
    assert config(vault, "bookmarks.json") == BOOKMARKS
    assert (vault / "a.md").read_text() == "[[Day]]\n"
    assert (vault / "T/Day.md").exists()


def test_the_settings_folder_may_have_another_name(vault):
    (vault / "vaultkit.toml").write_text('obsidian-folder = ".mobile"\n')
    os.rename(vault / ".obsidian", vault / ".mobile")
    assert run(["move", "T", "V", "--vault", "."]) == 0
    assert '"path":"V"' in (vault / ".mobile/bookmarks.json").read_text(encoding="utf-8")


def test_renaming_fixes_tell_a_settings_file_that_cannot_be_understood(vault, capsys):
    (vault / "q?.md").write_text("")
    (vault / ".obsidian/bookmarks.json").write_text("{")
    run(["check", "--select", "NM001", "--fix", "--unsafe-fixes"])
    assert (vault / "q.md").exists()
    assert ".obsidian/bookmarks.json is not valid JSON, so its links stay as they are" in capsys.readouterr().err


def test_renaming_fixes_take_the_bookmarks_along(vault):
    (vault / "p.png").write_bytes(b"GIF89a;")
    (vault / "q?.md").write_text("![[p.png]]\n")
    (vault / ".obsidian/bookmarks.json").write_text(
        '{"items":[{"type":"file","path":"p.png"},{"type":"file","path":"q?.md"}]}'
    )
    run(["check", "--select", "NM001,EM006", "--fix", "--unsafe-fixes"])
    assert config(vault, "bookmarks.json") == (
        '{"items":[{"type":"file","path":"p.gif"},{"type":"file","path":"q.md"}]}'
    )
