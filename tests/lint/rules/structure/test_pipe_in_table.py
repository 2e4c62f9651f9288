"""ST007: bare bars in table cells."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "| a | b |\n| - | - |\n| [[b\\|c]] | x |\n"}, id="escaped"),
        pytest.param({"a.md": "| a | b |\n| - | - |\n| [[b]] | x |\n"}, id="no bar"),
        pytest.param({"a.md": "[[b|c]]\n"}, id="outside of a table"),
        pytest.param({"a.md": "| a | b |\n| - | - |\n| `x` | [[b]] |\n\n`[[b|c]]`\n"}, id="code"),
        pytest.param({"a.md": "- x\n  | [[b|c]] |\n", "b.md": ""}, id="bars in a list, no table"),
    ],
)
def test_pipe_in_table_is_silent(lint, files):
    assert lint(files, "ST007") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| [[b|c]] | x |\n"},
            ["a.md:3:3: ST007 pipe-in-table: the bar of [[b|c]] splits the row of the table; write \\|"],
            id="label",
        ),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| x | ![[p.png|300]] |\n"},
            ["a.md:3:7: ST007 pipe-in-table: the bar of ![[p.png|300]] splits the row of the table; write \\|"],
            id="size",
        ),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| ![[p.png|x|300]] | y |\n"},
            ["a.md:3:3: ST007 pipe-in-table: the bar of ![[p.png|x|300]] splits the row of the table; write \\|"],
            id="caption and size",
        ),
        pytest.param(
            {"a.md": "- | a |\n  |---|\n  | [[b|c]] |\n", "b.md": ""},
            ["a.md:3:5: ST007 pipe-in-table: the bar of [[b|c]] splits the row of the table; write \\|"],
            id="in a list",
        ),
    ],
)
def test_pipe_in_table_is_found(lint, files, expected):
    assert lint(files, "ST007") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| ![[p.png|x|300]] | [[b|c]] |\n"},
            {"a.md": "| a | b |\n| - | - |\n| ![[p.png\\|x\\|300]] | [[b\\|c]] |\n"},
            id="all bars",
        ),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| ![[p.png\\|x|300]] | y |\n"},
            {"a.md": "| a | b |\n| - | - |\n| ![[p.png\\|x\\|300]] | y |\n"},
            id="half escaped",
        ),
    ],
)
def test_pipe_in_table_is_mended(fixed, lint, files, expected):
    once = fixed(files, "ST007")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "ST007") == []
    assert fixed({**files, **once}, "ST007") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "| [[x|y]] | b |\n|--|--|\n| 1 | 2 |"},
            ["a.md:1:3: ST007 pipe-in-table: the bar of [[x|y]] splits the row of the table; write \\|"],
            id="in the head",
        ),
        pytest.param(
            {"a.md": "> | a |\n> |--|\n> | 1 |\n> | [[x|y]] |"},
            ["a.md:4:5: ST007 pipe-in-table: the bar of [[x|y]] splits the row of the table; write \\|"],
            id="in a quote",
        ),
        pytest.param(
            {"a.md": "| a |\n|--|\n| ![c|100](p.png) |"},
            ["a.md:3:3: ST007 pipe-in-table: the bar of ![c|100](p.png) splits the row of the table; write \\|"],
            id="a picture in Markdown",
        ),
    ],
)
def test_pipe_in_table_elsewhere(lint, files, expected):
    assert lint(files, "ST007") == expected
