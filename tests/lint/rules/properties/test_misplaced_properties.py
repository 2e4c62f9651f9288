"""PR002: property blocks that Obsidian does not see."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "---\ntags: [x]\n---\n"}, id="at the top"),
        pytest.param({"a.md": "---\n\nText\n---\n"}, id="a rule and a heading"),
        pytest.param({"a.md": "Text\n\n---\n\nmore\n\n---\n"}, id="two rules in the text"),
        pytest.param({"a.md": b"\xef\xbb\xbfText\n"}, id="a BOM before no properties"),
        pytest.param({"a.md": "Intro\n\n---\nNote: this matters\n---\n"}, id="a remark between rules"),
    ],
)
def test_misplaced_properties_is_silent(lint, files):
    assert lint(files, "PR002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "\n---\ntags: [x]\n---\n"},
            [
                "a.md:2:1: PR002 misplaced-properties: blank lines above the properties: Obsidian ignores all properties of this note"
            ],
            id="blank line above",
        ),
        pytest.param(
            {"a.md": "---\ntags: [x]\n\nText\n"},
            [
                "a.md:1:1: PR002 misplaced-properties: unclosed property block: Obsidian ignores all properties of this note; add a line `---`"
            ],
            id="never closed",
        ),
        pytest.param(
            {"a.md": "Text\n---\ntags: [x]\naliases: [y]\n---\n"},
            [
                "a.md:2:1: PR002 misplaced-properties: text above the properties: Obsidian ignores all properties of this note"
            ],
            id="text above",
        ),
        pytest.param(
            {"a.md": b"\xef\xbb\xbf---\ntags: [x]\n---\n"},
            [
                "a.md:1:1: PR002 misplaced-properties: byte order mark before the properties: many tools ignore the properties"
            ],
            id="a byte order mark above",
        ),
        pytest.param(
            {"a.md": "Some words\n---\ntitle: x\nstatus: done\n---\n"},
            [
                "a.md:2:1: PR002 misplaced-properties: text above the properties: Obsidian ignores all properties of this note"
            ],
            id="text above a title",
        ),
    ],
)
def test_misplaced_properties_is_found(lint, files, expected):
    assert lint(files, "PR002") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "\n\n---\ntags: [x]\n---\nText\n"}, {"a.md": "---\ntags: [x]\n---\nText\n"}, id="blank lines go"
        ),
    ],
)
def test_misplaced_properties_is_mended(fixed, lint, files, expected):
    once = fixed(files, "PR002")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "PR002") == []
    assert fixed({**files, **once}, "PR002") == once
