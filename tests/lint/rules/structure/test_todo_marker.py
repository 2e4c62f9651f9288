"""ST011: notes to self."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "todo el mundo"}, id="Spanish"),
        pytest.param({"a.md": "`TODO`"}, id="code"),
        pytest.param({"a.md": "#TODO"}, id="a tag"),
        pytest.param({"a.md": "[[TODO]]"}, id="a link"),
        pytest.param({"a.md": "TODOS and notebook"}, id="a word"),
        pytest.param({"a.md": "https://example.org/TODO x"}, id="an address"),
        pytest.param({"a.md": "%% TODO %%"}, id="a comment"),
        pytest.param({"a.md": "see TODO.md; we need to move on"}, id="a file name, and a way to say it"),
    ],
)
def test_todo_marker_is_silent(lint, files):
    assert lint(files, "ST011") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "one\nTODO: two"}, ['a.md:2:1: ST011 todo-marker: "TODO": something is left to do here'], id="TODO"
        ),
        pytest.param({"a.md": "- tbd"}, ['a.md:1:3: ST011 todo-marker: "tbd": something is left to do here'], id="tbd"),
        pytest.param(
            {"a.md": "[need to move this]"},
            ['a.md:1:2: ST011 todo-marker: "need to move": something is left to do here'],
            id="need to move",
        ),
        pytest.param(
            {"a.md": "später", "vaultkit.toml": '[rules.ST011]\nwords = ["Später"]\n'},
            ['a.md:1:1: ST011 todo-marker: "später": something is left to do here'],
            id="own word",
        ),
    ],
)
def test_todo_marker_is_found(lint, files, expected):
    assert lint(files, "ST011") == expected
