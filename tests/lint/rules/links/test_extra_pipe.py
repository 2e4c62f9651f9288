"""LK009: a second bar in a link."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[b|name]]"}, id="one bar"),
        pytest.param({"a.md": "[[b|name|300]]"}, id="a size behind"),
        pytest.param({"a.md": "![[p.png|caption|left]]"}, id="an embed"),
        pytest.param({"a.md": "`[[b|x|y]]`"}, id="code"),
        pytest.param({"a.md": "[[b|P(A|B)]] [[b||x|]] [[b|`a|b`]]"}, id="a bar that is meant"),
    ],
)
def test_extra_pipe_is_silent(lint, files):
    assert lint(files, "LK009") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[b|x|y]]"},
            ["a.md:1:1: LK009 extra-pipe: link with two labels: `[[b]]` shows as `x|y`, including the pipe"],
            id="two labels",
        ),
        pytest.param(
            {"a.md": "see [[b|x|y|z]]"},
            ["a.md:1:5: LK009 extra-pipe: link with two labels: `[[b]]` shows as `x|y|z`, including the pipe"],
            id="three",
        ),
        pytest.param(
            {"a.md": "| a |\n| - |\n| [[b\\|x\\|y]] |\n"},
            ["a.md:3:3: LK009 extra-pipe: link with two labels: `[[b]]` shows as `x|y`, including the pipe"],
            id="escaped in a table",
        ),
    ],
)
def test_extra_pipe_is_found(lint, files, expected):
    assert lint(files, "LK009") == expected
