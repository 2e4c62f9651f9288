"""More kinds of files: other settings of Obsidian, corrections of pictures, messages of editors and agents.

A command that begins with ``@`` is no command line: ``@lsp`` gives the messages to the language server, ``@mcp`` the
calls to the tools of the agent's server, and ``@stdin`` gives the document to the command's standard input.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from pathlib import Path
from typing import Any

AT = {"line": 8, "character": 4}
NOTE_URI = "file://ROOT/a.md"


def _asked(number: int, method: str, **params: Any) -> dict[str, Any]:
    where = {"textDocument": {"uri": NOTE_URI}, "position": AT}
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": {**where, **params}}


def _told(method: str, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "method": method, "params": params}


_RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 5}}
LSP = [
    {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {"general": {"positionEncodings": ["utf-8", "utf-16"]}},
        "workspaceFolders": [{"uri": "file://ROOT", "name": "v"}], "rootUri": "file://ROOT", "processId": None}},
    _told("initialized"),
    _told("textDocument/didOpen", textDocument={"uri": NOTE_URI, "languageId": "markdown", "version": 1, "text": "# Head\n[[b#Part|x]] 😀 [[gone]] #tag\n"}),
    _told("textDocument/didChange", textDocument={"uri": NOTE_URI, "version": 2}, contentChanges=[{"range": _RANGE, "text": "x [["}, {"text": "[[b]]\n[[b#"}]),
    _asked(1, "textDocument/completion", context={"triggerKind": 1}),
    _asked(2, "textDocument/hover"),
    _asked(3, "textDocument/definition"),
    _asked(4, "textDocument/references", context={"includeDeclaration": True}),
    _asked(5, "textDocument/codeAction", range=_RANGE, context={"diagnostics": [], "only": ["quickfix"]}),
    _asked(6, "textDocument/documentSymbol"),
    _asked(7, "textDocument/documentLink"),
    _asked(8, "textDocument/documentHighlight"),
    _asked(9, "textDocument/prepareRename"),
    _asked(10, "textDocument/rename", newName="Other"),
    _asked(11, "workspace/symbol", query="h"),
    _asked(12, "workspace/willRenameFiles", files=[{"oldUri": "file://ROOT/b.md", "newUri": "file://ROOT/c.md"}]),
    _told("workspace/didChangeWatchedFiles", changes=[{"uri": "file://ROOT/b.md", "type": 2}]),
    _told("workspace/didChangeWorkspaceFolders", event={"added": [{"uri": "file://ROOT/x", "name": "x"}], "removed": []}),
    _told("textDocument/didSave", textDocument={"uri": NOTE_URI}),
    _told("textDocument/didClose", textDocument={"uri": NOTE_URI}),
    _told("$/cancelRequest", id=3),
    {"jsonrpc": "2.0", "id": 13, "method": "shutdown"},
    {"jsonrpc": "2.0", "method": "exit"},
]  # fmt: skip
MCP = [
    ["backlinks", {"note": "b"}], ["cards", {"note": "a"}], ["check", {"path": "a.md"}], ["explain", {"rule": "LK001"}], ["neighbours", {"note": "a", "depth": 1}],
    ["outline", {"note": "a"}], ["path", {"from": "a", "to": "b"}], ["read", {"note": "a", "heading": "Head"}], ["resolve", {"link": "b#Part"}],
    ["search", {"query": "a -(b c)", "limit": 3}], ["suggest", {"note": "a"}], ["fix", {"path": "a.md", "plan": "x"}], ["move", {"from": "b.md", "to": "c.md"}],
    ["rename", {"kind": "tag", "old": "a", "new": "z"}], ["edit", {"path": "a.md", "old": "Head", "new": "x"}],
]  # fmt: skip
RENAMES = (
    ["rename", "heading", "a#Head", "New"], ["rename", "tag", "a", "z/y"], ["rename", "property", "n", "m"], ["rename", "block", "a#^id1", "id2"],
    ["rename", "file=b", "name=c"], ["relink", "a.md#Old", "a.md#Head"],
)  # fmt: skip
WORDS = (
    ["append", "file=a", "content=x"], ["prepend", "file=a", "content=x"], ["property:set", "file=a", "name=n", "value=1,2"], ["property:remove", "file=a", "name=tags"],
    ["task", "file=a", "line=12", "toggle"], ["outline", "a"], ["aliases"], ["tags", "counts"], ["properties", "counts"], ["wordcount", "a"],
    ["template:insert", "file=b", "name=a"], ["links", "a"], ["backlinks", "b"], ["unresolved"], ["property:read", "file=a", "name=n"],
)  # fmt: skip
GRAPHS = (
    ["graph", "order", "a"], ["graph", "gaps"], ["graph", "growth"], ["graph", "stale"], ["graph", "communities"], ["graph", "bridges"], ["graph", "related", "a"],
    ["graph", "neighbours", "a"], ["graph", "path", "a", "b"], ["graph", "reach"], ["graph", "suggest"], ["wanted", "--by-topic"], ["graph", "build", "--json"],
    *(["graph", "export", form] for form in ("graphml", "gexf", "dot", "svg", "mermaid", "canvas", "cypher", "json")),
)  # fmt: skip
PAGES = (
    *(["check", "--output-format", form] for form in ("azure", "checkstyle", "full", "github", "gitlab", "grouped", "json", "junit", "markdown", "rdjson", "sarif")),
    ["report", "-o", "r.html"], ["report", "--format", "json"], ["cards", "export", "quizlet"], ["cards", "export", "anki-text"], ["cards", "export", "json"],
    ["check", "--add-suppressions"], ["check", "--fix", "--diff"], ["pictures", "alt"], ["suggest", "--fix", "--all-matches", "--min-score", "0"],
)  # fmt: skip


def more() -> dict[str, tuple[str, str, object, tuple[list[str], ...]]]:
    """Name -> path, kind of change, document, commands."""
    from targets import BASE, CONFIG, NOTE

    check = ["check", "--select", "ALL", "--show-info"]
    obsidian = ".obsidian"
    pyproject = "[tool.vaultkit]\n" + CONFIG.replace("[", "[tool.vaultkit.").replace('[tool.vaultkit."', '["')
    correction = {"sha256": "0" * 64, "path": "p.png", "text": "x", "version": 1}
    return {
        "note renamed": ("a.md", "text", NOTE, RENAMES),
        "note by words": ("a.md", "text", NOTE, WORDS),
        "note in graphs": ("a.md", "text", NOTE, GRAPHS),
        "note in pages": ("a.md", "text", NOTE, PAGES),
        "base renamed": ("t.base", "text", BASE, (*RENAMES, ["base:create", "file=t", "name=n"])),
        "canvas renamed": ("c.canvas", "json", {"nodes": [{"id": "1", "type": "text", "text": "[[b]] [[a#Head]] #a"}, {"id": "2", "type": "file", "file": "a.md", "subpath": "#Head"}]}, RENAMES),
        "template": ("T.md", "text", "---\nx: {{date:YYYY-[a]}}\n---\n{{title}} {{time:HH:mm}} {{date}}\n", (["template:insert", "file=b", "name=T"], ["create", "name=n", "template=T"])),
        "templates.json": (f"{obsidian}/templates.json", "json", {"folder": "T", "dateFormat": "YYYY", "timeFormat": "HH"}, (["templates"], ["template:insert", "file=b", "name=a"])),
        "zk-prefixer.json": (f"{obsidian}/zk-prefixer.json", "json", {"format": "YYYYMMDD", "folder": "z", "template": "a"}, (["unique", "name=x"],)),
        "daily notes": (f"{obsidian}/daily-notes.json", "json", {"folder": "D", "template": "a", "format": "YYYY/[x]MM"}, (["daily"], ["daily:append", "content=x"], ["daily:path"])),
        "workspace.json": (f"{obsidian}/workspace.json", "json", {"lastOpenFiles": ["a.md"], "main": {"type": "leaf"}}, (["recents"], check)),
        "workspaces.json": (f"{obsidian}/workspaces.json", "json", {"workspaces": {"w": {"main": {}}}, "active": "w"}, (["workspaces"],)),
        "hotkeys.json": (f"{obsidian}/hotkeys.json", "json", {"a:b": [{"modifiers": ["Mod"], "key": "K"}]}, (["hotkeys"],)),
        "appearance.json": (f"{obsidian}/appearance.json", "json", {"cssTheme": "T", "enabledCssSnippets": ["s"]}, (["theme"], ["themes"], ["snippets"], ["snippets:enabled"])),
        "community-plugins.json": (f"{obsidian}/community-plugins.json", "json", ["obsidian-spaced-repetition"], (["plugins"], ["plugins:enabled"], check)),
        "manifest.json": (f"{obsidian}/plugins/obsidian-spaced-repetition/manifest.json", "json", {"id": "obsidian-spaced-repetition", "name": "S", "version": "1"}, (["plugins"], ["plugin", "id=obsidian-spaced-repetition"])),
        "bookmarks shown": (f"{obsidian}/bookmarks.json", "json", {"items": [{"type": "group", "title": "g", "items": [{"type": "file", "path": "a.md", "subpath": "#Head"}]}]}, (["bookmarks"], ["bookmark", "file=a"], ["rename", "heading", "a#Head", "x"])),
        "types renamed": (f"{obsidian}/types.json", "json", {"types": {"due": "date", "n": "number"}}, (["rename", "property", "n", "m"], ["property:set", "file=a", "name=n", "value=1"])),
        "pyproject.toml": ("pyproject.toml", "text", pyproject, (check, ["config", "show"], ["init", "--pyproject"])),
        "pictures.jsonl": (".vaultkit/pictures.jsonl", "text", json.dumps(correction) + "\n", (["pictures", "list"], ["pictures", "edit", "p.png", "--text", "y"], ["pictures", "edit", "p.png", "--undo"])),
        "agent's hook": ("agent.json", "json", {"tool_name": "Edit", "tool_input": {"file_path": "a.md"}, "cwd": "."}, (["@stdin", "hook", "edited"], ["@stdin", "hook", "edited", "--agent", "gemini"], ["@stdin", "hook", "edited", "--agent", "cursor"])),
        "note from stdin": ("x.txt", "text", NOTE, (["@stdin", "check", "-", "--stdin-filename", "a.md"], ["@stdin", "check", "--fix", "-", "--stdin-filename", "n.md"])),
        "search:context": ("query.txt", "text", 'a "b c" OR -(line:(x y) tag:#t) [due:>2024] /x.*/ task-todo:x section:(a) content:b', (["search:context", "query=@"], ["search", "query=@", "format=json"])),
        "editor": ("session.json", "json", LSP, (["@lsp"],)),
        "agent": ("calls.json", "json", MCP, (["@mcp"],)),
    }  # fmt: skip


def served(words: list[str], data: bytes) -> tuple[int, str] | None:
    """What a server did with the messages, as an exit status and its complaints; None for a command line."""
    if words[0] not in ("@lsp", "@mcp"):
        return None
    try:
        messages = json.loads(data.decode("utf-8", "replace").replace("ROOT", str(Path.cwd())))
    except (ValueError, RecursionError):
        return 0, ""  # no client sends this
    errors = io.StringIO()
    handler = logging.StreamHandler(errors)
    handler.setLevel(logging.ERROR)
    logging.getLogger().addHandler(handler)
    try:
        (_agent if words[0] == "@mcp" else _editor)(messages if isinstance(messages, list) else [messages])
    finally:
        logging.getLogger().removeHandler(handler)
    return 0, errors.getvalue()


def _editor(messages: list[Any]) -> None:
    from vaultkit import __version__
    from vaultkit.cli.serving import root_of, setup_for
    from vaultkit.lsp.jsonrpc import Connection
    from vaultkit.lsp.server import EditorServer

    raw = b""
    for message in messages:
        body = json.dumps(message).encode()
        raw += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    connection = Connection(io.BytesIO(raw), io.BytesIO())
    EditorServer(connection, lambda root: setup_for(root, has_store=False), root_of, __version__).run()


def _agent(messages: list[Any]) -> None:
    from vaultkit.base.errors import VaultkitError
    from vaultkit.cli.serving import setup_for
    from vaultkit.mcp.server import Toolbox
    from vaultkit.mcp.session import AgentSession

    setup = setup_for(str(Path.cwd()), has_store=False)
    toolbox = Toolbox(AgentSession(setup.workspace, setup.plan, writes=True))
    for message in messages:
        match message:
            case [str() as name, dict() as arguments]:
                try:
                    toolbox.call(name, arguments)
                except VaultkitError as error:
                    assert str(error), "an error without words"
            case _:
                pass  # the protocol's own package refuses it


def stdin_of(words: list[str], data: bytes) -> tuple[list[str], Any]:
    """The command line without ``@stdin``, and what it reads."""
    if words[0] == "@stdin":
        return words[1:], io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="surrogateescape")
    return words, io.StringIO("\n3\n" * 30)


def quiet_logging() -> None:
    """Forget the handlers of the last command, which write to its closed streams."""
    for handler in list(logging.getLogger().handlers):
        if getattr(handler, "stream", None) not in (sys.stderr, sys.__stderr__):
            logging.getLogger().removeHandler(handler)
