"""LK010: a raw space in a destination."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[x](my%20note.md)", "my note.md": ""}, id="encoded"),
        pytest.param({"a.md": "[x](<my note.md>)", "my note.md": ""}, id="angle brackets"),
        pytest.param({"a.md": "[1] (see there now)"}, id="a remark"),
        pytest.param({"a.md": "f[x](if x is set)"}, id="a remark without space before it"),
    ],
)
def test_unencoded_destination_is_silent(lint, files):
    assert lint(files, "LK010") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x](my note.md)", "my note.md": ""},
            [
                "a.md:1:1: LK010 unencoded-destination: unescaped space in link target `my note.md`: Obsidian shows this as plain text"
            ],
            id="a note",
        ),
        pytest.param(
            {"a.md": "![x](my plot.png)", "my plot.png": None},
            [
                "a.md:1:1: LK010 unencoded-destination: unescaped space in link target `my plot.png`: Obsidian shows this as plain text"
            ],
            id="a picture",
        ),
        pytest.param(
            {"a.md": "[x](no such.md)"},
            [
                "a.md:1:1: LK010 unencoded-destination: unescaped space in link target `no such.md`: Obsidian shows this as plain text"
            ],
            id="looks like a file",
        ),
    ],
)
def test_unencoded_destination_is_found(lint, files, expected):
    assert lint(files, "LK010") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "[x](my note.md)", "my note.md": ""}, {"a.md": "[x](<my note.md>)"}, id="angle brackets"),
        pytest.param(
            {"a.md": "[x](foo(bar.md) [y](foo(bar).md)"},
            {"a.md": "[x](<foo(bar.md>) [y](foo(bar).md)"},
            id="a link follows",
        ),
    ],
)
def test_unencoded_destination_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK010")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK010") == []
    assert fixed({**files, **once}, "LK010") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x](my (note.md)", "my (note.md": ""},
            [
                "a.md:1:1: LK010 unencoded-destination: unescaped space in link target `my (note.md`: Obsidian shows this as plain text"
            ],
            id="an open bracket",
        ),
        pytest.param(
            {"a.md": '[x](my note.md "A title")', "my note.md": ""},
            [
                "a.md:1:1: LK010 unencoded-destination: unescaped space in link target `my note.md`: Obsidian shows this as plain text"
            ],
            id="a title behind it",
        ),
    ],
)
def test_unencoded_destination_elsewhere(lint, files, expected):
    assert lint(files, "LK010") == expected
