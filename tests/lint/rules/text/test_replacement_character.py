"""TX007: lost characters."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "No Más"}, id="whole"),
        pytest.param({"a.md": "`�`\n\n```\n�\n```\n"}, id="code"),
        pytest.param({"a.md": "U+FFFD looks like �."}, id="a note about it"),
    ],
)
def test_replacement_character_is_silent(lint, files):
    assert lint(files, "TX007") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "one\nNo M�s"},
            ["a.md:2:4: TX007 replacement-character: replacement character U+FFFD in `M�s`"],
            id="a word",
        ),
        pytest.param(
            {"a.md": "caf� M�s ��"},
            ["a.md:1:1: TX007 replacement-character: replacement character U+FFFD in `caf�`, and in 2 more places"],
            id="once a note",
        ),
    ],
)
def test_replacement_character_is_found(lint, files, expected):
    assert lint(files, "TX007") == expected
