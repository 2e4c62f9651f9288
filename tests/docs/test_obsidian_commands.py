"""The page about Obsidian's own commands: it is complete, and every example on it runs."""

from __future__ import annotations

import json
import re
import shlex
from datetime import datetime
from pathlib import Path

import pytest

from vaultkit.cli.app import group
from vaultkit.cli.command_names import OBSIDIAN_ONLY
from vaultkit.cli.doc_pages import page
from vaultkit.cli.entry_point import run

PAGE = page("obsidian-commands")
ANSWERED = dict(re.findall(r"^\| `([a-z:]+)` \| `(.+)` \|$", PAGE, re.MULTILINE))
NOT_ANSWERED = set(re.findall(r"`([a-z:]+)`", PAGE.partition("| command | reason |")[2]))

# Source: Obsidian Help, "Obsidian CLI", all headings of commands (version 1.12), and `daily:path`, `rename`,
# `search:context` of later versions.
DOCUMENTED = """
aliases append backlinks base:create base:query base:views bases bookmark bookmarks command commands create daily
daily:append daily:path daily:prepend daily:read deadends delete dev:cdp dev:console dev:css dev:debug dev:dom dev:errors
dev:mobile dev:screenshot devtools diff eval file files folder folders help history history:list history:open
history:read history:restore hotkey hotkeys links move open orphans outline plugin plugin:disable plugin:enable
plugin:install plugin:reload plugin:uninstall plugins plugins:enabled plugins:restrict prepend properties property:read
property:remove property:set publish:add publish:list publish:open publish:remove publish:site publish:status random
random:read read recents reload rename restart search search:context search:open snippet:disable snippet:enable snippets
snippets:enabled sync sync:deleted sync:history sync:open sync:read sync:restore sync:status tab:open tabs tag tags task
tasks template:insert template:read templates theme theme:install theme:set theme:uninstall themes unique unresolved
vault vault:open vaults version web wordcount workspace workspace:delete workspace:load workspace:save workspaces
""".split()

RECIPE = "---\ntags: [food]\naliases: [Dish]\nstatus: draft\n---\n# Recipe\n[[Other]] meeting notes\n\n- [ ] salt\n- [x] oil\n"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "vault"
    files = {
        ".obsidian/templates.json": '{"folder": "Templates"}',
        ".obsidian/core-plugins.json": '{"graph": true}',
        ".obsidian/bookmarks.json": '{"items": [{"type": "file", "path": "Old.md"}]}',
        ".obsidian/hotkeys.json": '{"app:go-back": [{"modifiers": ["Mod"], "key": "B"}]}',
        ".obsidian/snippets/wide.css": "",
        ".obsidian/appearance.json": '{"enabledCssSnippets": ["wide"]}',
        ".obsidian/workspaces.json": '{"workspaces": {"Writing": {}}}',
        ".obsidian/plugins/dataview/manifest.json": '{"id": "dataview", "version": "1"}',
        ".obsidian/themes/Minimal/manifest.json": '{"name": "Minimal", "version": "1"}',
        ".trash/x.md": "",
        "Archive/Kept.md": "",
        "Books.base": 'filters: file.inFolder("Books")\nviews: [{type: table, name: All}]\n',
        "Old.md": "",
        "Other.md": "[[Recipe]] [[Missing]]",
        "Recipe.md": RECIPE,
        "Templates/Travel.md": "# {{title}}\n",
        f"{datetime.now():%Y-%m-%d}.md": "Today\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "obsidian").mkdir(parents=True)
    registered = {"vaults": {"1": {"path": str(root)}}}
    (tmp_path / "config" / "obsidian" / "obsidian.json").write_text(json.dumps(registered), encoding="utf-8")
    return root


def test_every_documented_command_is_in_one_of_the_tables() -> None:
    assert sorted([*ANSWERED, *NOT_ANSWERED]) == sorted(DOCUMENTED)
    assert len(ANSWERED) >= 50
    assert NOT_ANSWERED == OBSIDIAN_ONLY
    assert not NOT_ANSWERED & set(group.list_commands(None))


@pytest.mark.parametrize(("word", "example"), ANSWERED.items(), ids=list(ANSWERED))
def test_every_example_runs(vault: Path, capfd: pytest.CaptureFixture[str], word: str, example: str) -> None:
    call = shlex.split(example)
    assert call[0] == word
    assert run(call) == 0
    shown = capfd.readouterr()
    assert shown.out.strip() or shown.err.strip()
    assert "error" not in shown.err


@pytest.mark.parametrize("word", sorted(NOT_ANSWERED))
def test_what_is_not_answered_is_said(vault: Path, capfd: pytest.CaptureFixture[str], word: str) -> None:
    assert run([word]) == 2
    assert f"run `obsidian {word}`" in capfd.readouterr().err
