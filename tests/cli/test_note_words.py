"""Obsidian's words that write notes or read its own files: each as its documentation has it, without the app."""

from __future__ import annotations

import json
import os
import re
import shlex
from datetime import datetime
from pathlib import Path

import pytest

from vaultkit.cli import note_words
from vaultkit.cli.app import group
from vaultkit.cli.command_names import OBSIDIAN_ONLY
from vaultkit.cli.entry_point import run
from vaultkit.cli.obsidian_cli import ObsidianWordCommand
from vaultkit.note.property_edits import PropertyEditError, with_property, without_property

TODAY = f"{datetime.now():%Y-%m-%d}"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "vault"
    files = {
        ".obsidian/app.json": "{}",
        ".obsidian/daily-notes.json": json.dumps({"folder": "Daily", "template": "Templates/Day"}),
        ".obsidian/templates.json": json.dumps({"folder": "Templates"}),
        ".obsidian/zk-prefixer.json": json.dumps({"folder": "Zettel", "format": "YYYY"}),
        ".obsidian/bookmarks.json": json.dumps(
            {
                "items": [
                    {"type": "file", "path": "a.md", "subpath": "#H", "title": "A"},
                    {"type": "group", "title": "G", "items": [{"type": "search", "query": "tag:#x"}]},
                ]
            }
        ),
        ".obsidian/plugins/dataview/manifest.json": json.dumps(
            {"id": "dataview", "name": "Dataview", "version": "1.2"}
        ),
        ".obsidian/plugins/other/manifest.json": json.dumps({"id": "other", "version": "3"}),
        ".obsidian/core-plugins.json": '{"graph": true, "bases": false}',
        ".obsidian/community-plugins.json": '["dataview"]',
        ".obsidian/themes/Minimal/manifest.json": json.dumps({"name": "Minimal", "version": "8"}),
        ".obsidian/appearance.json": json.dumps({"cssTheme": "Minimal", "enabledCssSnippets": ["wide"]}),
        ".obsidian/snippets/wide.css": "",
        ".obsidian/snippets/off.css": "",
        ".obsidian/workspace.json": json.dumps({"lastOpenFiles": ["b.md", "a.md"]}),
        ".obsidian/workspaces.json": json.dumps({"workspaces": {"Writing": {}}}),
        ".obsidian/hotkeys.json": json.dumps({"app:go-back": [{"modifiers": ["Mod"], "key": "B"}]}),
        "Templates/Day.md": "# {{title}}\n{{date:YYYY}}\n",
        "a.md": "---\n# why\nstatus: draft # now\ntags: [x, y]\n---\nText\n- [ ] call\n- [x] done\n",
        "b.md": "[[a]]",
        "t.base": 'filters:\n  and:\n    - file.inFolder("In")\n    - file.hasTag("book")\n    - status == "open"\n'
        "views: [{type: table, name: v}]\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "obsidian").mkdir(parents=True)
    (tmp_path / "config" / "obsidian" / "obsidian.json").write_text(json.dumps({"vaults": {"1": {"path": str(root)}}}))
    return root


HEAD = "---\n# why\nstatus: draft # now\ntags: [x, y]\n---\n"
BODY = "Text\n- [ ] call\n- [x] done\n"
WRITES = [
    ('append file=a content="More\\nlines"', "a.md", f"{HEAD}{BODY}More\nlines\n"),
    ("append file=a content=! inline", "a.md", f"{HEAD}{BODY[:-1]}!\n"),
    ("append b content=x", "b.md", "[[a]]\nx"),
    ("create name=New content=hello silent overwrite", "New.md", "hello"),
    ("create", "Untitled.md", ""),
    ('create name=New content="# Title\\n\\nBody\\ttext" newtab', "New.md", "# Title\n\nBody\ttext"),
    ("daily:append content=x silent paneType=tab", f"Daily/{TODAY}.md", f"# {TODAY}\n{TODAY[:4]}\nx\n"),
    ("daily silent", f"Daily/{TODAY}.md", f"# {TODAY}\n{TODAY[:4]}\n"),
    ("unique name=idea content=x silent", f"Zettel/{TODAY[:4]} idea.md", "x"),
    ("base:create file=t name=Row silent newtab", "In/Row.md", "---\nstatus: open\ntags:\n  - book\n---\n"),
    ("move file=a to=z.md", "b.md", "[[z]]"),
    ("move path=a.md to=Templates", "Templates/a.md", f"{HEAD}{BODY}"),
    ("rename path=a.md name=z.md", "b.md", "[[z]]"),
    ('prepend file=a content="First"', "a.md", f"{HEAD}First\n{BODY}"),
    ("create name=New content=hello", "New.md", "hello"),
    ("create path=x/y.md template=Day", "x/y.md", f"# y\n{TODAY[:4]}\n"),
    ("create name=a content=again", "a 1.md", "again"),
    ("create path=b.md content=new overwrite", "b.md", "new"),
    ("property:set file=a name=status value=done", "a.md", HEAD.replace("draft", "done") + BODY),
    ("property:set file=a name=n value=3", "a.md", HEAD.replace("---\nText", "").replace("y]\n", "y]\nn: 3\n") + BODY),
    ('property:set file=a name=l value="u, v" type=list', "a.md", HEAD.replace("y]\n", "y]\nl:\n  - u\n  - v\n") + BODY),
    ("property:set file=b name=done value=true", "b.md", "---\ndone: true\n---\n[[a]]"),
    ("property:remove file=a name=tags", "a.md", HEAD.replace("tags: [x, y]\n", "") + BODY),
    ("task file=a line=7 done", "a.md", HEAD + BODY.replace("[ ]", "[x]")),
    ("task ref=a.md:8 toggle", "a.md", HEAD + BODY.replace("[x]", "[ ]")),
    ("task ref=a.md:8 status=-", "a.md", HEAD + BODY.replace("[x]", "[-]")),
    ("daily", f"Daily/{TODAY}.md", f"# {TODAY}\n{TODAY[:4]}\n"),
    ("daily:append content=x", f"Daily/{TODAY}.md", f"# {TODAY}\n{TODAY[:4]}\nx\n"),
    ("daily:prepend content=x", f"Daily/{TODAY}.md", f"x\n# {TODAY}\n{TODAY[:4]}\n"),
    ("template:insert name=Day file=b", "b.md", f"[[a]]\n# b\n{TODAY[:4]}\n"),
    ("unique name=idea content=x", f"Zettel/{TODAY[:4]} idea.md", "x"),
    ("base:create file=t name=Row", "In/Row.md", "---\nstatus: open\ntags:\n  - book\n---\n"),
    ("rename file=a name=z", "b.md", "[[z]]"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "path", "text"), WRITES, ids=[row[0] for row in WRITES])
def test_words_that_write(vault, words, path, text):
    assert run(shlex.split(words, posix=True)) == 0
    assert (vault / path).read_text("utf-8") == text


READS = [
    ("read file=b", "[[a]]"),
    ("daily:path", f"Daily/{TODAY}.md\n"),
    ("templates", "Day\n"),
    ("templates total", "1\n"),
    ("template:read name=Day", "# {{title}}\n{{date:YYYY}}\n"),
    ("template:read name=Day resolve title=T", f"# T\n{TODAY[:4]}\n"),
    ("random folder=Templates", "Templates/Day.md\n"),
    ("random:read folder=Templates", "Templates/Day.md\n# {{title}}\n{{date:YYYY}}\n"),
    ("bookmarks", "a.md#H\ntag:#x\n"),
    ("bookmarks verbose", "a.md#H\tfile\tA\t\ntag:#x\tsearch\ttag:#x\tG\n"),
    ("bookmarks total", "2\n"),
    ("vaults", "vault\n"),
    ("plugins filter=core", "bases\ngraph\n"),
    ("plugins:enabled filter=core", "graph\n"),
    ("plugins:enabled filter=community versions", "dataview\t1.2\n"),
    ("theme name=minimal", "name\tMinimal\nversion\t8\nenabled\ttrue\n"),
    ("hotkeys verbose", "app:go-back\tMod+B\tcustom\n"),
    ("random folder=Templates silent", "Templates/Day.md\n"),
    ("vaults total", "1\n"),
    ("themes versions", "Minimal\t8\n"),
    ("recents total", "2\n"),
    ("workspaces total", "1\n"),
    ("tasks all todo", "- [ ] call\n"),
    ("tags all counts", "#x\t1\n#y\t1\n"),
    ("aliases all", ""),
    ("properties all name=status", "status:\n  type: text\n  count: 1\n"),
    ("orphans all", "Templates/Day.md\nb.md\nt.base\n"),
    ("deadends all", "Templates/Day.md\na.md\nt.base\n"),
    ("plugins", "bases\ngraph\ndataview\nother\n"),
    ("plugins filter=community", "dataview\nother\n"),
    ("plugins filter=community versions", "dataview\t1.2\nother\t3\n"),
    ("plugins:enabled", "graph\ndataview\n"),
    ("plugin id=dataview", "id\tdataview\nname\tDataview\nversion\t1.2\nenabled\ttrue\n"),
    ("themes", "Minimal\n"),
    ("theme", "Minimal\n"),
    ("snippets", "off\nwide\n"),
    ("snippets:enabled", "wide\n"),
    ("recents", "b.md\na.md\n"),
    ("workspaces", "Writing\n"),
    ("hotkeys", "app:go-back\tMod+B\n"),
    ("task file=a line=7", "- [ ] call\n"),
]


@pytest.mark.parametrize(("words", "shown"), READS, ids=[row[0] for row in READS])
def test_words_that_read(vault, capfd, words, shown):
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    assert run(shlex.split(words)) == 0
    out = capfd.readouterr().out
    assert (out if words != "task file=a line=7" else re.sub(r"^(?!- \[)", "- [ ] ", out)) == shown
    assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before


def test_the_daily_note_is_read_when_it_is_there(vault, capfd):
    assert run(["daily:read"]) == 2
    assert run(["daily"]) == 0
    capfd.readouterr()
    assert run(["daily:read"]) == 0
    assert capfd.readouterr().out == f"# {TODAY}\n{TODAY[:4]}\n"


def test_the_daily_note_has_tasks(vault, capfd):
    assert run(["tasks", "daily"]) == 2
    assert "`vaultkit daily` creates it" in capfd.readouterr().err
    assert run(["daily:append", "content=- [ ] Buy groceries"]) == 0
    capfd.readouterr()
    calls = [["tasks", "daily"], ["tasks", "daily", "total"], ["task", "daily", "line=3"]]
    calls += [["task", "daily", "line=3", "toggle"], ["task", "daily", "line=3", "status=-"]]
    assert [run(call) for call in calls] == [0] * 5
    task = "- [{}] Buy groceries\n".format
    assert capfd.readouterr().out == f"{task(' ')}1\n{task(' ')}{task('x')}{task('-')}"
    assert run(["tasks", "daily", "file=a"]) == 2


def test_a_list_of_core_plugins_names_the_ones_that_are_on(vault, capfd):
    (vault / ".obsidian/core-plugins.json").write_text('["graph"]')
    assert run(["plugins:enabled", "filter=core"]) == 0
    assert capfd.readouterr().out == "graph\n"


def test_text_of_a_file_has_milliseconds(vault, capfd):
    os.utime(vault / "a.md", (1_700_001_000, 1_700_001_000))
    assert run(["file", "file=a"]) == 0
    assert "modified\t1700001000000\n" in capfd.readouterr().out


@pytest.mark.parametrize(("option", "place"), [("local", "vault/.trash/a.md"), ("system", "data/Trash/files/a.md")])
def test_delete_goes_to_the_trash_that_the_settings_name(vault, capfd, option, place):
    (vault / ".obsidian" / "app.json").write_text(json.dumps({"trashOption": option}))
    assert run(["delete", "file=a"]) == 0
    assert not (vault / "a.md").exists()
    assert (vault.parent / place).read_text("utf-8").startswith(HEAD)
    assert "1 note links to it" in capfd.readouterr().err


def test_delete_for_good_is_said(vault):
    (vault / ".obsidian" / "app.json").write_text(json.dumps({"trashOption": "none"}))
    assert run(["delete", "file=a"]) == 2
    assert (vault / "a.md").exists()
    assert run(["delete", "file=a", "permanent"]) == 0
    assert not (vault / "a.md").exists()


def test_a_bookmark_is_added(vault):
    assert run(["bookmark", "file=b", "subpath=#X", "title=T"]) == 0
    items = json.loads((vault / ".obsidian" / "bookmarks.json").read_text())["items"]
    assert len(items) == 3
    assert {key: items[2][key] for key in ("type", "path", "subpath", "title")} == {
        "type": "file",
        "path": "b.md",
        "subpath": "#X",
        "title": "T",
    }


@pytest.mark.parametrize(
    "words",
    [
        "create path=a.md",
        "create path=../x.md",
        "create name=.hidden",
        "create name=a|b",
        "append file=nothing content=x",
        "property:set file=a name=n value=x type=number",
        "property:set file=a name=n value=x type=checkbox",
        "property:remove file=a name=nothing",
        "task file=a line=1",
        "task file=a",
        "task ref=a.md",
        "task file=a line=7 status=xy",
        "task file=a line=7 done todo",
        "template:read name=nothing",
        "random folder=nothing",
        "bookmark",
        "bookmark file=a url=x",
        "base:create file=a",
        "delete file=nothing",
        "plugin id=nothing",
        "read",
    ],
)
def test_calls_that_cannot_be(vault, words):
    before = {path: path.read_bytes() for path in vault.parent.rglob("*") if path.is_file()}
    assert run(shlex.split(words)) == 2
    assert {path: path.read_bytes() for path in vault.parent.rglob("*") if path.is_file()} == before


def test_at_least_fifty_of_obsidians_words_are_answered():
    names = group.list_commands(None)
    words = [name for name in names if isinstance(group.get_command(None, name), ObsidianWordCommand)]
    ours = {"metadata", "suggest", "wanted", "stats"}
    assert len(set(words) - ours) + len({"rename", "move"}) >= 50
    assert not set(words) & OBSIDIAN_ONLY


PROPERTIES = [
    ("", "a", "x", "---\na: x\n---\n"),
    ("text", "a", None, "---\na:\n---\ntext"),
    ("---\nb: 1\n---\n", "a", "2025-01-02", "---\nb: 1\na: 2025-01-02\n---\n"),
    ("---\na: [1, 2] # c\nb: x\n---\n", "a", "y", "---\na: y\nb: x\n---\n"),
    ("---\na:\n  - 1\n  - 2\n# c\nb: x\n---\n", "a", 5, "---\na: 5\n# c\nb: x\n---\n"),
    ('---\n"A b": x\n---\n', "a b", "z", '---\n"A b": z\n---\n'),
    ("---\na: |\n  long\n  text\nb: 'q'\n---\n", "a", "s", "---\na: s\nb: 'q'\n---\n"),
    ("---\r\na: x\r\n---\r\n", "b", ["u"], "---\r\na: x\r\nb:\r\n  - u\r\n---\r\n"),
    ("---\na: x\n---\n", "a", "[[Link]]", '---\na: "[[Link]]"\n---\n'),
    ("---\na: x\n---\n", "a", "yes", '---\na: "yes"\n---\n'),
    ("---\na: x\n---\n", "a", "1.5", '---\na: "1.5"\n---\n'),
    ("---\na: x\n---\n", "a", "k: v", '---\na: "k: v"\n---\n'),
    ("---\na: x\n---\n", "a", [], "---\na: []\n---\n"),
    ("---\na: x\n---\n", "a", "", '---\na: ""\n---\n'),
]


@pytest.mark.parametrize(("text", "name", "value", "expected"), PROPERTIES)
def test_with_property(text, name, value, expected):
    assert with_property(text, name, value) == expected
    assert with_property(expected, name, value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: x\n---\ntext", "text"),
        ("---\na: x\nb: 1 # c\n---\n", "---\nb: 1 # c\n---\n"),
        ("---\nb: 1\na:\n  - x\n  - y\n# c\nd: 2\n---\n", "---\nb: 1\n# c\nd: 2\n---\n"),
        ("---\nb: 1\n---\n", None),
        ("text", None),
    ],
)
def test_without_property(text, expected):
    assert without_property(text, "a") == expected


@pytest.mark.parametrize("text", ["---\na: [\n---\n", "---\n{a: 1}\n---\n"])
def test_properties_that_cannot_be_edited(text):
    with pytest.raises(PropertyEditError):
        with_property(text, "b", "x")


def test_nothing_is_written_over_what_changed_meanwhile(vault, monkeypatch):
    seen = note_words.text_at

    def late(*arguments):
        found = seen(*arguments)
        (vault / "b.md").write_text("changed", "utf-8")
        return found

    from vaultkit.cli.commands import append

    monkeypatch.setattr(append, "text_at", late)
    assert run(["append", "file=b", "content=x"]) == 2
    assert (vault / "b.md").read_text("utf-8") == "changed"
    assert os.listdir(vault)  # no hidden file of ours stays
    assert not [name for name in os.listdir(vault) if name.endswith(".tmp")]
