"""PR001: property blocks that do not parse."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "---\ntitle: x\n---\n"}, id="plain"),
        pytest.param({"a.md": "---\n---\n"}, id="empty"),
        pytest.param({"a.md": "text"}, id="none"),
        pytest.param({"a.md": "---\na: 1\na: 2\n---\n"}, id="a repeated key is another rule"),
    ],
)
def test_invalid_yaml_is_silent(lint, files):
    assert lint(files, "PR001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "---\ntitle: [x\n---\n"},
            [
                "a.md:2:10: PR001 invalid-yaml: the properties cannot be read: did not find expected ',' or ']'; Obsidian then has none here"
            ],
            id="open bracket",
        ),
        pytest.param(
            {"a.md": "---\n- x\n- y\n---\n"},
            [
                "a.md:2:1: PR001 invalid-yaml: the properties cannot be read: the block is a list, not name: value pairs; Obsidian then has none here"
            ],
            id="a list",
        ),
        pytest.param(
            {"a.md": "---\ntitle: one: two\n---\n"},
            [
                "a.md:2:11: PR001 invalid-yaml: the properties cannot be read: mapping values are not allowed in this context; Obsidian then has none here"
            ],
            id="a colon too many",
        ),
        pytest.param(
            {"a.md": "---\na:\n\t- x\n---\n"},
            [
                "a.md:3:1: PR001 invalid-yaml: the properties cannot be read: found character that cannot start any token; Obsidian then has none here"
            ],
            id="a tab",
        ),
    ],
)
def test_invalid_yaml_is_found(lint, files, expected):
    assert lint(files, "PR001") == expected
