"""ST008: canvases and bases that cannot be opened."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"b.canvas": '{"nodes": [{"id": "a", "type": "text", "text": "x"}], "edges": []}'}, id="whole"),
        pytest.param({"b.canvas": "", "c.base": ""}, id="empty"),
        pytest.param(
            {"b.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "gone.md"}]}'},
            id="a card whose file is missing is another rule",
        ),
        pytest.param({"c.base": "views:\n  - type: table\n"}, id="a base"),
    ],
)
def test_broken_canvas_is_silent(lint, files):
    assert lint(files, "ST008") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"b.canvas": '{"nodes": ['},
            [
                "b.canvas:1:1: ST008 broken-canvas: invalid canvas: not valid JSON: Expecting value: line 1 column 12 (char 11); Obsidian cannot open it"
            ],
            id="no JSON",
        ),
        pytest.param(
            {
                "b.canvas": '{"nodes": [{"id": "a", "type": "text", "text": "x"}], "edges": [{"id": "e1", "fromNode": "a", "toNode": "gone"}]}'
            },
            ["b.canvas:1:72: ST008 broken-canvas: canvas arrow `e1` to a missing card: Obsidian removes the arrow"],
            id="a loose arrow",
        ),
        pytest.param(
            {"b.canvas": "[]"},
            [
                "b.canvas:1:1: ST008 broken-canvas: invalid canvas: not a canvas: the top is no object; Obsidian cannot open it"
            ],
            id="a list",
        ),
        pytest.param(
            {"c.base": "views: [\n"},
            [
                "c.base:2:1: ST008 broken-canvas: invalid base: did not find expected node content; Obsidian cannot open it"
            ],
            id="a base that is no YAML",
        ),
        pytest.param(
            {"c.base": "- x\n"},
            [
                "c.base:1:1: ST008 broken-canvas: invalid base: the block is a list, not name: value pairs; Obsidian cannot open it"
            ],
            id="a base that is a list",
        ),
        pytest.param(
            {"x.canvas": '{"nodes": [{"id": "a", "type": "text"}], "edges": [{"fromNode": "a"}]}'},
            ["x.canvas:1:1: ST008 broken-canvas: canvas arrow to a missing card: Obsidian removes the arrow"],
            id="an arrow without a name",
        ),
    ],
)
def test_broken_canvas_is_found(lint, files, expected):
    assert lint(files, "ST008") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"c.canvas": '{"nodes": [{"id": "n1", "type": "file"}]}', "a.md": ""},
            ["c.canvas:1:19: ST008 broken-canvas: canvas card `n1` without a file name"],
            id="a card without file",
        ),
        pytest.param(
            {"c.canvas": '{"nodes": {}}', "a.md": ""},
            [
                "c.canvas:1:1: ST008 broken-canvas: invalid canvas: not a canvas: its nodes are not a list; Obsidian cannot open it"
            ],
            id="no list",
        ),
    ],
)
def test_broken_canvas_elsewhere(lint, files, expected):
    assert lint(files, "ST008") == expected
