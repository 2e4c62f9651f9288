"""What each tool answers, and what it refuses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.serving import setup_for
from vaultkit.mcp.model import MAX_CHARS
from vaultkit.mcp.server import Toolbox, tool_modules
from vaultkit.mcp.session import AgentSession

FILES = {
    "Cell.md": "---\naliases: [Zelle]\ntags: [bio]\nstatus: draft\n---\n# Cell\n\nIt lives. ^b1\n\n## Membrane\n\nThin.\n",
    "Note.md": "[[Cell]] [[Cell#Membrane]] [[Cell#^b1]] #bio\n[[Self-atention]]\n",
    "Self-attention.md": "Cell division is not here.\n",
    "sub/Old.md": "Q::A\n",
    "p.png": "",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    (root / "sub").mkdir()
    for path, text in FILES.items():
        (root / path).write_text(text, "utf-8")
    (tmp_path / "secret.md").write_text("secret")
    return root


Call = Callable[..., Any]


@pytest.fixture
def tools(vault: Path) -> Toolbox:
    setup = setup_for(str(vault), has_store=False)
    return Toolbox(AgentSession(setup.workspace, setup.plan, writes=True))


@pytest.fixture
def call(tools: Toolbox) -> Call:
    return lambda name, **arguments: tools.call(name, arguments)


def test_there_are_at_most_fifteen_tools_and_few_that_write() -> None:
    assert len(tool_modules(writes=True)) <= 15
    assert set(tool_modules(writes=True)) - set(tool_modules(writes=False)) == {"fix", "move", "rename", "edit"}
    for name, module in tool_modules(writes=True).items():
        assert name == module.TOOL.name
        assert len(module.TOOL.description) < 400
        assert set(module.TOOL.required) <= set(module.TOOL.inputs)


def test_check_names_the_call_that_fixes(call: Call) -> None:
    found = call("check").data["findings"]
    assert found[0]["fix"] == "fix(path='Note.md', rules=['LK001'], unsafe=true)"
    assert call("check", path="sub").data["total"] == 0
    assert call("check", path="Note", severity="error").data["total"] <= 1


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("Cell", "opens Cell.md"),
        ("[[Cell#Membrane|x]]", "opens Cell.md"),
        ("Cell#None", "no heading `None`"),
        ("Zelle", "write [[Cell|Zelle]]"),
        ("Nobody", "opens nothing"),
    ],
)
def test_resolve(call: Call, link: str, says: str) -> None:
    assert says in call("resolve", link=link).text


def test_read_gives_a_hash_and_pages(call: Call, vault: Path) -> None:
    assert "Thin." in call("read", path="Cell").data["text"]
    assert call("read", path="Cell#Membrane").data["text"].startswith("## Membrane")
    assert call("read", path="Cell#^b1").data["text"] == "It lives. ^b1"
    (vault / "Long.md").write_text("".join(f"line {number}\n" for number in range(5000)), "utf-8")
    first = call("read", path="Long.md", lines=2000)
    assert len(first.text) < MAX_CHARS + 500
    again = call("read", path="Long.md", line=first.data["last_line"] + 1)
    assert again.data["first_line"] == first.data["last_line"] + 1


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("search", {"query": "thin"}, "Cell.md"),
        ("search", {"query": "nowhere-at-all"}, "no notes"),
        ("backlinks", {"path": "Cell"}, "Note.md:1"),
        ("outline", {"path": "Cell"}, "## Membrane (line 10)"),
        ("neighbours", {"path": "Note"}, "1 Cell.md"),
        ("path", {"start": "Note", "end": "Cell"}, "Note.md - Cell.md"),
        ("suggest", {"path": "Cell"}, "suggestions"),
        ("explain", {"rule": "LK001"}, "missing-note"),
        ("explain", {}, "LK001"),
        ("cards", {}, "Q :: A"),
    ],
)
def test_the_tools_that_read(call: Call, name: str, arguments: dict[str, Any], says: str) -> None:
    assert says in call(name, **arguments).text


def test_answers_come_in_pages(call: Call, vault: Path) -> None:
    (vault / "Many.md").write_text("[[Cell]]\n" * 120, "utf-8")
    first = call("backlinks", path="Cell", limit=50)
    assert first.data["total"] == 123
    assert "offset=50 continues" in first.text
    assert len(call("backlinks", path="Cell", limit=50, offset=100).data["links"]) == 23


WRITES = [
    ("fix", {"path": "Note.md", "unsafe": True}, "Note.md", "Self-attention"),
    ("move", {"source": "Cell", "target": "sub/Zell"}, "Note.md", "[[Zell]] [[Zell#Membrane]]"),
    ("rename", {"kind": "heading", "old": "Cell#Membrane", "new": "Wall"}, "Note.md", "[[Cell#Wall]]"),
    ("rename", {"kind": "block", "old": "Cell#^b1", "new": "c"}, "Note.md", "[[Cell#^c]]"),
    ("rename", {"kind": "tag", "old": "bio", "new": "life"}, "Note.md", "#life"),
    ("rename", {"kind": "property", "old": "status", "new": "state"}, "Cell.md", "state: draft"),
]


@pytest.mark.parametrize(("name", "arguments", "path", "text"), WRITES)
def test_a_write_is_a_dry_run_first(call: Call, vault: Path, name: str, arguments: Any, path: str, text: str) -> None:
    before = {file: file.read_bytes() for file in vault.rglob("*") if file.is_file()}
    shown = call(name, **arguments)
    assert "dry run" in shown.text
    assert "+++" in shown.text or "rename to" in shown.text
    assert {file: file.read_bytes() for file in vault.rglob("*") if file.is_file()} == before
    with pytest.raises(VaultkitError, match="dry run"):
        call(name, **arguments, apply="0" * 12)
    done = call(name, **arguments, apply=shown.data["plan"])
    assert text in (vault / path).read_text("utf-8")
    assert done.data["broken"] == []


def test_edit_wants_the_hash_of_what_was_read(call: Call, vault: Path) -> None:
    known = call("read", path="Note.md").data["hash"]
    edit = {"path": "Note.md", "hash": known, "old_text": "[[Cell]]", "new_text": "[[Cel]]"}
    shown = call("edit", **edit)
    assert [one["code"] for one in shown.data["broken"]] == ["LK001"]
    assert "would be broken by this" in shown.text
    call("edit", **edit, apply=shown.data["plan"])
    assert (vault / "Note.md").read_text("utf-8").startswith("[[Cel]] ")
    with pytest.raises(VaultkitError, match="changed since it was read"):
        call("edit", **edit)


def test_edit_makes_a_new_note(call: Call, vault: Path) -> None:
    edit = {"path": "new/Self-atention.md", "hash": "new", "new_text": "text\n"}
    shown = call("edit", **edit)
    assert next(one["code"] for one in shown.data["fixed"]) == "LK001"
    call("edit", **edit, apply=shown.data["plan"])
    assert (vault / "new" / "Self-atention.md").read_text() == "text\n"
    with pytest.raises(VaultkitError, match="already"):
        call("edit", **edit)


@pytest.mark.parametrize("old", ["nowhere", "[[Cell"])
def test_edit_wants_a_passage_that_is_there_once(call: Call, old: str) -> None:
    known = call("read", path="Note.md").data["hash"]
    with pytest.raises(VaultkitError, match="exactly once"):
        call("edit", path="Note.md", hash=known, old_text=old, new_text="x")


OUTSIDE = [
    "../secret.md",
    "a\ud800.md",
    "a\0.md",
    "/etc/passwd",
    "sub/../../secret.md",
    "..",
    "C:\\x.md",
    ".obsidian/app.json",
    "out/secret.md",
    "",
]
WITH_PATHS = [
    ("read", {}, "path"),
    ("check", {}, "path"),
    ("backlinks", {}, "path"),
    ("outline", {}, "path"),
    ("neighbours", {}, "path"),
    ("path", {"end": "Cell"}, "start"),
    ("suggest", {}, "path"),
    ("cards", {}, "path"),
    ("search", {"query": "x"}, "folder"),
    ("resolve", {"link": "Cell"}, "source"),
    ("fix", {}, "path"),
    ("move", {"target": "x"}, "source"),
    ("move", {"source": "Cell"}, "target"),
    ("edit", {"hash": "new", "new_text": "x"}, "path"),
    ("rename", {"kind": "heading", "new": "x"}, "old"),
]


@pytest.mark.parametrize(("name", "arguments", "argument"), WITH_PATHS)
def test_no_path_leads_out_of_the_vault(
    call: Call, vault: Path, tmp_path: Path, name: str, arguments: Any, argument: str
) -> None:
    os.symlink(tmp_path, vault / "out")
    for path in OUTSIDE:
        if not path and argument in ("path", "folder", "source") and name not in ("read", "backlinks", "edit", "move"):
            continue  # an empty path is the whole vault
        value = f"{path}#x" if name == "rename" else path
        with pytest.raises(VaultkitError):
            call(name, **arguments, **{argument: value})
    assert (tmp_path / "secret.md").read_text() == "secret"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["secret.md", "vault"]


READING = [
    ("check", {}),
    ("explain", {"rule": "LK001"}),
    ("resolve", {"link": "Cell"}),
    ("read", {"path": "Cell"}),
    ("search", {"query": "thin"}),
    ("backlinks", {"path": "Cell"}),
    ("outline", {"path": "Cell"}),
    ("neighbours", {"path": "Note"}),
    ("path", {"start": "Note", "end": "Cell"}),
    ("suggest", {"path": "Cell"}),
    ("cards", {}),
]


def test_without_write_nothing_can_be_written(vault: Path) -> None:
    setup = setup_for(str(vault), has_store=False)
    tools = Toolbox(AgentSession(setup.workspace, setup.plan, writes=False))
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    for name, arguments in (
        ("edit", {"path": "x.md", "hash": "new", "new_text": "x"}),
        ("move", {"source": "Cell", "target": "Zelle"}),
        ("rename", {"kind": "tag", "old": "bio", "new": "biology"}),
        ("fix", {}),
    ):
        with pytest.raises(VaultkitError, match="--write"):
            tools.call(name, arguments)
    for name, arguments in READING:
        tools.call(name, arguments)
    assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before
    assert {name for name, _ in READING} == set(tool_modules(writes=False))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("read", {}),
        ("read", {"path": 1}),
        ("read", {"path": "Cell", "nope": 1}),
        ("check", {"limit": -1}),
        ("check", {"limit": 10**9}),
        ("check", {"rules": "LK001"}),
        ("check", {"rules": ["NOPE1"]}),
        ("nope", {}),
        ("rename", {"kind": "file", "old": "a", "new": "b"}),
    ],
)
def test_wrong_calls_say_what_to_do(call: Call, name: str, arguments: Any) -> None:
    with pytest.raises(VaultkitError):
        call(name, **arguments)


def test_what_changes_on_disk_is_seen(call: Call, vault: Path) -> None:
    assert call("check").data["total"] > 0
    (vault / "Self-atention.md").write_text("", "utf-8")
    assert "LK001" not in [one["code"] for one in call("check").data["findings"]]
