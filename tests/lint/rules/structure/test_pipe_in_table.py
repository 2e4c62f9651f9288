"""ST007: unescaped pipes in table cells."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "| a | b |\n| - | - |\n| [[b\\|c]] | x |\n"}, id="escaped"),
        pytest.param({"a.md": "| a | b |\n| - | - |\n| [[b]] | x |\n"}, id="no pipe"),
        pytest.param({"a.md": "[[b|c]]\n"}, id="outside of a table"),
        pytest.param({"a.md": "| a | b |\n| - | - |\n| `x` | [[b]] |\n\n`[[b|c]]`\n"}, id="code"),
        pytest.param({"a.md": "- x\n  | [[b|c]] |\n", "b.md": ""}, id="pipes in a list, no table"),
        pytest.param({"a.md": "$$\n\n| a | b |\n| - | - |\n| [[b|c]] | $|x|$ |\n"}, id="in a formula"),
        pytest.param({"a.md": "<div>\n| a | b |\n| - | - |\n| [[b|c]] | x |\n</div>\n"}, id="in HTML"),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| $a | b$ | \n| `c | d` |\n"}, id="as many cells as the table has"
        ),
        pytest.param({"a.md": "| a | b | c |\n| - | - | - |\n|$5|$6|$7|\n| $5 | costs $6 | x | y |\n"}, id="prices"),
        pytest.param(
            {"a.md": "| a |\n| - |\n| $\\|x\\|$ |\n| `a\\|b` |\n| $\\vert x \\vert$ |\n"}, id="escaped in math"
        ),
        pytest.param(
            {"a.md": "```\n| a | $|x|$ |\n| - | - |\n```\n\n    | `a|b` |\n    | - |\n"}, id="a table in code"
        ),
        pytest.param(
            {"a.md": "| a |\n| - |\n| b |\n- [[b|c]] and [[d|e]]\nor [[b|c]] and [[d|e]]\n"}, id="text below a table"
        ),
        pytest.param({"a.md": "text\n| a | b |\n| - | - |\n| [[b|c]] | $|x|$ |\n"}, id="text right above, so no table"),
        pytest.param({"a.md": "$|x|$ and `a|b`\n\n---\n"}, id="no table"),
    ],
)
def test_pipe_in_table_is_silent(lint, files):
    assert lint(files, "ST007") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| [[b|c]] | x |\n"},
            ["a.md:3:3: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `[[b\\|c]]`"],
            id="label",
        ),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| x | ![[p.png|300]] |\n"},
            [
                "a.md:3:7: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `![[p.png\\|300]]`"
            ],
            id="size",
        ),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| ![[p.png|x|300]] | y |\n"},
            [
                "a.md:3:3: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `![[p.png\\|x\\|300]]`"
            ],
            id="caption and size",
        ),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| $|x_1-x_2|$ | `a|b` |\n"},
            [
                "a.md:3:3: ST007 pipe-in-table: unescaped `|` in math splits the table row: `$|x_1-x_2|$`; write `\\vert`",
                "a.md:3:17: ST007 pipe-in-table: unescaped `|` in code splits the table row; write `a\\|b`",
            ],
            id="math and code",
        ),
        pytest.param(
            {"a.md": "| $P(a|b)$ | b |\n| - | - |\n| 1 | 2 |\n"},
            ["a.md:1:3: ST007 pipe-in-table: unescaped `|` in math splits the table row: `$P(a|b)$`; write `\\vert`"],
            id="math in the head, so no table at all",
        ),
        pytest.param(
            {"a.md": "a | b\n--|--\n`x || y` | 2\n"},
            ["a.md:3:1: ST007 pipe-in-table: unescaped `|` in code splits the table row; write `x \\|\\| y`"],
            id="a table without outer pipes",
        ),
        pytest.param(
            {"a.md": "- | a |\n  |---|\n  | [[b|c]] |\n", "b.md": ""},
            ["a.md:3:5: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `[[b\\|c]]`"],
            id="in a list",
        ),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| [[b|c]] | x |\n| --- | --- |\n| y | z |\n"},
            ["a.md:3:3: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `[[b\\|c]]`"],
            id="above a row of dashes",
        ),
        pytest.param(
            {"a.md": "> [!note] T\n> | a |\n> |--|\n> | [[x|y]] |\n\n# H\n| a |\n|--|\n| [[x|y]] |\n"},
            [
                "a.md:4:5: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `[[x\\|y]]`",
                "a.md:9:3: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `[[x\\|y]]`",
            ],
            id="below the title of a callout and a heading",
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
            id="all pipes",
        ),
        pytest.param(
            {"a.md": "| a | b |\n| - | - |\n| $|x|$ | `a|b` |\n"},
            {"a.md": "| a | b |\n| - | - |\n| $\\vert x\\vert$ | `a\\|b` |\n"},
            id="math and code",
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
            ["a.md:1:3: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `[[x\\|y]]`"],
            id="in the head",
        ),
        pytest.param(
            {"a.md": "> | a |\n> |--|\n> | 1 |\n> | [[x|y]] |"},
            ["a.md:4:5: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `[[x\\|y]]`"],
            id="in a quote",
        ),
        pytest.param(
            {"a.md": "| a |\n|--|\n| ![c|100](p.png) |"},
            [
                "a.md:3:3: ST007 pipe-in-table: unescaped `|` in a table cell splits the table row; write `![c\\|100](p.png)`"
            ],
            id="a picture in Markdown",
        ),
    ],
)
def test_pipe_in_table_elsewhere(lint, files, expected):
    assert lint(files, "ST007") == expected
