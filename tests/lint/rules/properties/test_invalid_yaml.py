"""PR001: property blocks that do not parse."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "---\ntitle: x\n---\n"}, id="plain"),
        pytest.param({"a.md": "---\n---\n"}, id="empty"),
        pytest.param({"a.md": "text"}, id="none"),
        pytest.param({"a.md": '---\ntitle: "a\x7fb"\n---\n'}, id="a control character, which JavaScript reads"),
        pytest.param({"a.md": '---\ntitle: "a\x08b"\nsub: c\x85d\x9f\n---\n'}, id="other control characters"),
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
                "a.md:2:10: PR001 invalid-yaml: invalid YAML in the properties: unclosed `[`, or a missing comma; Obsidian ignores all properties of this note"
            ],
            id="open bracket",
        ),
        pytest.param(
            {"a.md": "---\n- x\n- y\n---\n"},
            [
                "a.md:2:1: PR001 invalid-yaml: invalid YAML in the properties: the block is a list, not name: value pairs; Obsidian ignores all properties of this note"
            ],
            id="a list",
        ),
        pytest.param(
            {"a.md": "---\ntitle: one: two\n---\n"},
            [
                "a.md:2:11: PR001 invalid-yaml: invalid YAML in the properties: unquoted `: ` inside a value; Obsidian ignores all properties of this note"
            ],
            id="a colon too many",
        ),
        pytest.param(
            {"a.md": "---\na:\n\t- x\n---\n"},
            [
                "a.md:3:1: PR001 invalid-yaml: invalid YAML in the properties: a tab, or an unquoted character such as `@` or a backtick; Obsidian ignores all properties of this note"
            ],
            id="a tab",
        ),
    ],
)
def test_invalid_yaml_is_found(lint, files, expected):
    assert lint(files, "PR001") == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("---\na: b\n\n___\n\n---\n", 4, id="noticed in the blank line below"),
        pytest.param("---\na: b\r\n___\r\n\r\n---\r\n", 3, id="Windows line ends"),
        pytest.param("---\na: [x\n\n---\n", 2, id="noticed at the end of the block"),
    ],
)
def test_the_line_with_the_fault_is_shown(findings, text, line):
    assert [finding.line for finding in findings({"a.md": text}, "PR001")] == [line]
