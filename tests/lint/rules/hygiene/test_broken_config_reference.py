"""HY003: settings that name what is gone."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "a.md": "![[p.png]]",
                ".obsidian/app.json": '{"attachmentFolderPath": "Files"}',
                "Files/p.png": None,
                ".obsidian/templates.json": '{"folder": "T"}',
                "T/d.md": "",
                ".obsidian/daily-notes.json": '{"folder": "T", "template": "T/d"}',
            },
            id="all there",
        ),
        pytest.param({"a.md": "![[p.png]]"}, id="no settings"),
        pytest.param(
            {
                "a.md": "",
                ".obsidian/workspace.json": '{"main": {"type": "split", "children": [{"type": "leaf", "state": {"type": "markdown", "state": {"file": "gone.md"}}}]}}',
            },
            id="a tab of the workspace",
        ),
        pytest.param(
            {"a.md": "![[p.png]]", ".obsidian/app.json": '{"attachmentFolderPath": "./Files"}'}, id="own folder"
        ),
        pytest.param({"a.md": "", ".obsidian/templates.json": "{"}, id="broken settings are told otherwise"),
        pytest.param(
            {
                "a.md": "",
                ".obsidian/bookmarks.json": '{"items": [{"type": "file", "path": "a.md"}, {"type": "search", "query": "x"}]}',
            },
            id="bookmarks",
        ),
    ],
)
def test_broken_config_reference_is_silent(lint, files):
    assert lint(files, "HY003") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png]]", ".obsidian/app.json": '{"attachmentFolderPath": "Files"}'},
            [
                ".obsidian/app.json:1:26: HY003 broken-config-reference: attachment folder `Files` does not exist, and 1 embed has no file"
            ],
            id="attachments",
        ),
        pytest.param(
            {"a.md": "", ".obsidian/templates.json": '{"folder": "T"}'},
            [".obsidian/templates.json:1:12: HY003 broken-config-reference: template folder `T` does not exist"],
            id="templates",
        ),
        pytest.param(
            {"a.md": "", ".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "T"}'},
            [
                ".obsidian/plugins/templater-obsidian/data.json:1:22: HY003 broken-config-reference: Templater's template folder `T` does not exist"
            ],
            id="Templater",
        ),
        pytest.param(
            {"a.md": "", ".obsidian/daily-notes.json": '{\n  "folder": "D",\n  "template": "T/d"\n}'},
            [
                ".obsidian/daily-notes.json:2:13: HY003 broken-config-reference: folder `D` of daily notes does not exist; Obsidian creates it with the next note",
                ".obsidian/daily-notes.json:3:15: HY003 broken-config-reference: template `T/d` of daily notes does not exist",
            ],
            id="daily notes",
        ),
        pytest.param(
            {
                "a.md": "",
                ".obsidian/bookmarks.json": '{"items": [{"type": "group", "items": [{"type": "file", "path": "gone.md"}]}]}',
            },
            [".obsidian/bookmarks.json:1:65: HY003 broken-config-reference: bookmark to a missing file: `gone.md`"],
            id="bookmarks in a group",
        ),
    ],
)
def test_broken_config_reference_is_found(lint, files, expected):
    assert lint(files, "HY003") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "text", ".obsidian/app.json": '{"attachmentFolderPath": "Files"}'},
            [
                ".obsidian/app.json:1:26: HY003 broken-config-reference: attachment folder `Files` does not exist; Obsidian creates it with the next picture"
            ],
            id="no picture misses its folder yet",
        ),
    ],
)
def test_broken_config_reference_elsewhere(lint, files, expected):
    assert lint(files, "HY003") == expected
