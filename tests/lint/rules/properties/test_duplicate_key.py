"""PR003: properties that stand twice."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "---\na: 1\nb: 2\n---\n"}, id="two keys"),
        pytest.param({"a.md": "---\na: {x: 1}\nb: {x: 2}\n---\n"}, id="inside a value"),
        pytest.param({"a.md": "a: 1\na: 2\n"}, id="in the text"),
    ],
)
def test_duplicate_key_is_silent(lint, files):
    assert lint(files, "PR003") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "---\na: 1\na: 2\n---\n"},
            ["a.md:3:1: PR003 duplicate-key: duplicate property `a`: Obsidian ignores all properties of this note"],
            id="plain",
        ),
        pytest.param(
            {"a.md": "---\ntags:\n  - x\nb: 1\ntags:\n  - y\n---\n"},
            ["a.md:5:1: PR003 duplicate-key: duplicate property `tags`: Obsidian ignores all properties of this note"],
            id="a list between",
        ),
        pytest.param(
            {"a.md": '---\na: 1\n"a": 2\n---\n'},
            ["a.md:3:1: PR003 duplicate-key: duplicate property `a`: Obsidian ignores all properties of this note"],
            id="quoted",
        ),
    ],
)
def test_duplicate_key_is_found(lint, files, expected):
    assert lint(files, "PR003") == expected
