"""PR004: property names and comma texts that Obsidian no longer reads."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "---\ntags: [x, y]\naliases: [z]\ncssclasses: [w]\n---\n"}, id="lists"),
        pytest.param({"a.md": "---\ntags: x\n---\n"}, id="one tag"),
        pytest.param({"a.md": "---\naliases: Washington, George\n---\n"}, id="an alias with a comma"),
        pytest.param({"a.md": "tag: x\n"}, id="in the text"),
    ],
)
def test_legacy_property_is_silent(lint, files):
    assert lint(files, "PR004") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "---\ntag: x\n---\n"},
            ["a.md:2:1: PR004 legacy-property: deprecated property `tag`: Obsidian ignores it; rename it to `tags`"],
            id="tag",
        ),
        pytest.param(
            {"a.md": "---\nalias: [x]\ncssclass: wide\n---\n"},
            [
                "a.md:2:1: PR004 legacy-property: deprecated property `alias`: Obsidian ignores it; rename it to `aliases`",
                "a.md:3:1: PR004 legacy-property: deprecated property `cssclass`: Obsidian ignores it; rename it to `cssclasses`",
            ],
            id="alias and style",
        ),
        pytest.param(
            {"a.md": "---\ntags: x, y\n---\n"},
            [
                "a.md:2:7: PR004 legacy-property: property `tags` is a text with commas: Obsidian does not split it; write a list"
            ],
            id="commas",
        ),
        pytest.param(
            {"a.md": "---\ntag: x\ntags: [y]\n---\n"},
            ["a.md:2:1: PR004 legacy-property: deprecated property `tag`: Obsidian ignores it; rename it to `tags`"],
            id="both names",
        ),
    ],
)
def test_legacy_property_is_found(lint, files, expected):
    assert lint(files, "PR004") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": '---\ntag: "#x, y"\n---\nText\n'}, {"a.md": "---\ntags: [x, y]\n---\nText\n"}, id="tag"),
        pytest.param(
            {"a.md": "---\nalias: Other name\ncssclass:\n  - wide\n---\n"},
            {"a.md": "---\naliases: [Other name]\ncssclasses:\n  - wide\n---\n"},
            id="alias",
        ),
        pytest.param({"a.md": "---\ntag: one two\n---\n"}, {"a.md": "---\ntags: [one, two]\n---\n"}, id="words"),
        pytest.param(
            {"a.md": "---\ntags: one, two\nb: 1\n---\n"},
            {"a.md": "---\ntags: [one, two]\nb: 1\n---\n"},
            id="commas under the new name",
        ),
        pytest.param(
            {"a.md": '---\nalias: x # why\ntags: "a, #b" # c\n---\n'},
            {"a.md": "---\naliases: [x] # why\ntags: [a, b] # c\n---\n"},
            id="a comment stays",
        ),
    ],
)
def test_legacy_property_is_mended(fixed, lint, files, expected):
    once = fixed(files, "PR004")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "PR004") == []
    assert fixed({**files, **once}, "PR004") == once
