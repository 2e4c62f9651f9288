"""Whole sessions with the server, as an editor has them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from editor import Editor


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("# Heading\n[[b]] [[Nobody]]\n", "utf-8")
    (tmp_path / "b.md").write_text("# Old\n[[a#Heading]]\n", "utf-8")
    return tmp_path


@pytest.fixture
def editor(vault: Path) -> Iterator[Editor]:
    session = Editor(vault)
    yield session
    session.process.kill()


def test_a_session(editor: Editor) -> None:
    uri = editor.open("a.md")
    editor.settle()
    assert editor.codes("a.md") == ["LK001"]
    assert editor.codes("b.md") == []
    # The heading gets another name by hand: the other note's link is broken now.
    editor.type("a.md", 2, [{"range": span(0, 2, 0, 9), "text": "Title"}])
    editor.settle()
    assert editor.codes("b.md") == ["LK002"] or editor.codes("b.md")[0].startswith("LK")
    # And back.
    editor.type("a.md", 3, [{"range": span(0, 2, 0, 7), "text": "Heading"}])
    editor.settle()
    assert editor.codes("b.md") == []
    # The editor's own rename takes the link along.
    edit = editor.request(
        "textDocument/rename", {"textDocument": {"uri": uri}, "position": at(0, 3), "newName": "Title"}
    )
    changed = {change["textDocument"]["uri"]: change["edits"] for change in edit["documentChanges"]}
    assert changed[uri][0]["newText"] == "Title"
    assert [one["newText"] for one in changed[editor.uri("b.md")]] == ["Title"]
    assert editor.close() == 0


def test_nothing_is_said_of_a_link_that_is_typed(editor: Editor) -> None:
    editor.open("b.md", "[[gone]] [[]]\n")
    editor.settle()
    editor.type("b.md", 2, [{"range": span(0, 11, 0, 11), "text": "Nob"}])
    shown = editor.wait_published(editor.uri("b.md"))
    assert [one["range"]["start"] for one in shown] == [at(0, 0)]
    editor.settle(quiet=3.0)  # the cursor has rested
    assert [one["range"]["start"] for one in editor.diagnostics[editor.uri("b.md")]] == [at(0, 0), at(0, 9)]


def test_files_on_disk_come_and_go(editor: Editor, vault: Path) -> None:
    editor.open("a.md")
    editor.settle()
    (vault / "Nobody.md").write_text("", "utf-8")
    editor.notify("workspace/didChangeWatchedFiles", {"changes": []})
    editor.settle()
    assert "LK001" not in editor.codes("a.md")
    (vault / "Nobody.md").unlink()
    editor.notify("workspace/didChangeWatchedFiles", {"changes": []})
    editor.settle()
    assert "LK001" in editor.codes("a.md")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_are_counted_as_the_editor_asks(vault: Path, encoding: str) -> None:
    (vault / "c.md").write_text("\U0001f600é x [[Nobody]]\n", "utf-8")
    session = Editor(vault, encodings=[encoding])
    assert session.capabilities["positionEncoding"] == encoding
    session.open("c.md")
    session.settle()
    found = session.diagnostics[session.uri("c.md")]
    line = "\U0001f600é x "
    units = {"utf-8": len(line.encode()), "utf-16": len(line.encode("utf-16-le")) // 2, "utf-32": len(line)}
    assert found[0]["range"]["start"] == at(0, units[encoding])
    assert session.close() == 0


def test_two_vaults_in_one_session(editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / ".obsidian").mkdir()
    (other / "z.md").write_text("[[a]] [[gone]]", "utf-8")
    uri = other.joinpath("z.md").as_uri()
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": "[[a]] [[gone]]"}
    editor.notify("textDocument/didOpen", {"textDocument": document})
    editor.settle()
    assert len(editor.diagnostics[uri]) == 2  # a note of another vault is no target


def test_what_is_wrong_is_answered_and_does_not_end_the_session(editor: Editor) -> None:
    answer = editor.wait_answer(editor.begin("textDocument/hover", {"textDocument": {}}))
    assert answer["error"]["code"] == -32602
    uri = editor.open("a.md")
    for line in ("1", "\u202e", float("inf"), 0.5, True, None, [0]):
        params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 0}}
        answer = editor.wait_answer(editor.begin("textDocument/completion", params))
        assert answer["error"]["code"] == -32602, line
    answer = editor.wait_answer(editor.begin("no/such", {}))
    assert answer["error"]["code"] == -32601
    with pytest.raises(RuntimeError, match="cannot be the text of this heading"):
        uri = editor.open("a.md")
        params = {"textDocument": {"uri": uri}, "position": at(0, 3), "newName": "two\nlines"}
        editor.request("textDocument/rename", params)
    assert editor.close() == 0


def test_a_cancelled_request_is_not_answered(editor: Editor) -> None:
    editor.settle()
    numbers = [editor.begin("workspace/symbol", {"query": "a"}) for _ in range(20)]
    editor.notify("$/cancelRequest", {"id": numbers[-1]})
    answer = editor.wait_answer(numbers[-1])
    assert "result" in answer or answer["error"]["code"] == -32800


def test_the_server_ends_with_the_editor(vault: Path) -> None:
    session = Editor(vault)
    session.process.stdin.close()
    assert session.process.wait(timeout=30) == 1


def test_a_broken_message_is_reported(editor: Editor) -> None:
    editor.process.stdin.write(b"Content-Length: 3\r\n\r\nnop")
    editor.process.stdin.flush()
    assert json.dumps(editor.request("workspace/symbol", {"query": "b"})) != "null"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"[]", id="a list"),
        pytest.param(b"[" * 50_000, id="nested too deeply"),
        pytest.param(b'{"id": [], "method": "shutdown"}', id="an id that is a list"),
        pytest.param(b'{"id": 1, "method": ["shutdown"]}', id="a method that is a list"),
        pytest.param(b'{"method": "$/cancelRequest", "params": {"id": {}}}', id="cancelled: an object"),
        pytest.param(b'{"method": "$/cancelRequest", "params": [1]}', id="cancelled: parameters in a list"),
        pytest.param(b'{"method": "$/cancelRequest"}', id="cancelled: no parameters"),
        pytest.param(b'{"method": "textDocument/didOpen", "params": [1]}', id="parameters in a list"),
        pytest.param(b'{"method": "textDocument/didChange", "params": {"textDocument": 7}}', id="a document that is a number"),
        pytest.param(b'{"id": 5, "method": "textDocument/hover", "params": "x"}', id="parameters that are a text"),
    ],
)  # fmt: skip
def test_an_odd_message_does_not_end_the_session(editor: Editor, body: bytes) -> None:
    editor.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    editor.process.stdin.flush()
    assert json.dumps(editor.request("workspace/symbol", {"query": "b"})) != "null"
    assert editor.close() == 0


def at(line: int, character: int) -> dict[str, int]:
    return {"line": line, "character": character}


def span(line: int, start: int, end_line: int, end: int) -> dict[str, dict[str, int]]:
    return {"start": at(line, start), "end": at(end_line, end)}
