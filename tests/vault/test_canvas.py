"""Canvas files (rules R115 and R116; JSON Canvas 1.0)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vaultkit.vault.canvas import read_canvas
from vaultkit.vault.load import snapshot_of_texts as vault_of


def canvas_of(nodes: list[dict[str, Any]], edges: list[dict[str, Any]] | None = None) -> bytes:
    return json.dumps({"nodes": nodes, "edges": edges or []}).encode()


def test_nodes_that_show_files() -> None:
    data = canvas_of(
        [
            {"id": "1", "type": "file", "file": "Bio/Zellé.md", "subpath": "#Part"},
            {"id": "2", "type": "group", "background": "pics/a.png"},
            {"id": "3", "type": "link", "url": "https://a.org"},
            {"id": "4", "type": "text", "text": "see [[Cell]] and ![[b.png]]"},
        ]
    )
    canvas = read_canvas(data)
    assert [(node.id, node.path, node.subpath, node.is_background) for node in canvas.nodes] == [
        ("1", "Bio/Zellé.md", "#Part", False),
        ("2", "pics/a.png", "", True),
    ]
    assert [link.linkpath for link in canvas.card_links] == ["Cell", "b.png"]
    text = data.decode()
    assert [json.loads(f'"{text[node.start : node.end]}"') for node in canvas.nodes] == ["Bio/Zellé.md", "pics/a.png"]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param('a [[Cell#H|x]] b', id="plain"),
        pytest.param('one\\n\\"é\\" \\u00e9 \\ud83d\\ude00 😀 [[Cell#H|x]]', id="behind escapes"),
        pytest.param('[[Ce\\u006cl#H|x]]', id="escapes within"),
        pytest.param('| [[Cell#H\\\\|x]] |\\n|---|', id="in a table"),
    ],
)  # fmt: skip
def test_links_in_cards_stand_where_they_are_written(written: str) -> None:
    text = '{"nodes":[1, {"type":"text","text":"[[Cell#H|x]]!"},\n {"type":"text","text":"' + written + '"}]}'
    link = read_canvas(text.encode()).card_links[1]
    assert json.loads(f'"{text[link.start : link.end]}"').replace("\\", "") == "[[Cell#H|x]]"
    assert json.loads(f'"{text[link.target_start : link.target_end]}"') == "Cell#H"
    assert text.count("\n", 0, link.start) == 1


def test_half_a_character_in_a_card_makes_the_card_the_place() -> None:
    text = '{"nodes":[{"type":"text","text":"\\ud83d\\ude00\\ud83d [[Cell]]"}]}'
    (link,) = read_canvas(text.encode()).card_links
    assert text[link.start : link.end] in ("[[Cell]]", text[33:-4])


def test_a_file_that_two_cards_show_stands_in_each() -> None:
    text = '{"nodes":[{"type":"text","text":"a.md"},{"type":"file","file":"a.md"},{"type":"file","file":"d\\/a.md"}]}'
    first, second = read_canvas(text.encode()).nodes
    assert text[: first.start].endswith('"file","file":"')
    assert (text[first.start : first.end], text[second.start : second.end]) == ("a.md", "d\\/a.md")


def test_links_in_cards_are_in_no_table() -> None:
    """R116: Obsidian rewrites them and counts them neither as links nor as backlinks."""
    vault = vault_of({"Cell.md": "", "m.canvas": canvas_of([{"id": "1", "type": "text", "text": "[[Cell]] [[Gone]]"}])})
    assert (vault.resolved["m.canvas"], vault.unresolved["m.canvas"]) == ({}, {})
    assert vault.backlinks == {}
    assert [(path, bound.target) for path, bound in vault.card_links()] == [("m.canvas", "Cell.md"), ("m.canvas", None)]


def test_edges_between_cards_that_are_not_there() -> None:
    canvas = read_canvas(
        canvas_of(
            [{"id": "1", "type": "text", "text": ""}],
            [{"id": "ok", "fromNode": "1", "toNode": "1"}, {"id": "bad", "fromNode": "1", "toNode": "2"}],
        )
    )
    assert canvas.dangling_edges == ("bad",)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b"", "", id="an empty file is an empty canvas"),
        pytest.param(b"{}", "", id="both lists are optional"),
        pytest.param(b"\xef\xbb\xbf{}", "", id="a byte order mark"),
        pytest.param(b'{"nodes": 3, "edges": {"a": 1}}', "not a canvas: its nodes are not a list", id="lists that are none"),
        pytest.param(b'{"nodes": [1, null, {"type": "file"}, {"type": "file", "file": 3}]}', "", id="nodes that are none"),
        pytest.param(b"[]", "not a canvas: the top is no object", id="a list"),
        pytest.param(b'{"nodes": [', "not valid JSON", id="cut off"),
        pytest.param(b"[" * 100_000, "not valid JSON", id="nested without end"),
        pytest.param(b"\xff\xfe{\0}\0", "UTF-16, Obsidian reads UTF-8", id="UTF-16"),
    ],
)  # fmt: skip
def test_odd_canvases(data: bytes, fault: str) -> None:
    canvas = read_canvas(data)
    assert canvas.fault.startswith(fault)
    assert bool(canvas.fault) == bool(fault)
    assert canvas.nodes == ()


def test_file_nodes_are_links_of_the_canvas() -> None:
    nodes = [
        {"id": str(n), "type": "file", "file": path} for n, path in enumerate(["bio/cell.md", "Cell.md", "Bio/Cell.md"])
    ]
    vault = vault_of(
        {"Bio/Cell.md": "", "Map.canvas": canvas_of([*nodes, {"id": "t", "type": "text", "text": "[[Cell]]"}])}
    )
    assert vault.resolved["Map.canvas"] == {"Bio/Cell.md": 2}, "by whole path, case apart"
    assert vault.unresolved["Map.canvas"] == {"Cell.md": 1}, "R115 no search by name"
    assert vault.backlinks["Bio/Cell.md"] == {"Map.canvas": 2}
