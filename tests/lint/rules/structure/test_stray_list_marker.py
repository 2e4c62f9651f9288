"""ST010: lone markers and glyphs."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "- a\n* b\n+ c\n"}, id="a list"),
        pytest.param({"a.md": "a\n\n---\n\n***\n"}, id="a rule"),
        pytest.param({"a.md": "```\n•\n-\n```\n"}, id="code"),
        pytest.param({"a.md": "a • b\n"}, id="a glyph in the line"),
        pytest.param({"a.md": "-\n  - a\n"}, id="a marker with children"),
        pytest.param({"a.md": "- [ ] \n"}, id="a task"),
    ],
)
def test_stray_list_marker_is_silent(lint, files):
    assert lint(files, "ST010") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "* a\n*\n* b\n"},
            ["a.md:2:1: ST010 stray-list-marker: empty list item: a lone `*`"],
            id="lone star",
        ),
        pytest.param(
            {"a.md": "  • a\n  • b\n"},
            [
                "a.md:1:3: ST010 stray-list-marker: bullet character `•` is not a list marker, shown as text; write `-`",
                "a.md:2:3: ST010 stray-list-marker: bullet character `•` is not a list marker, shown as text; write `-`",
            ],
            id="glyphs",
        ),
        pytest.param(
            {"a.md": "Text\n-\n"},
            ["a.md:2:1: ST010 stray-list-marker: a lone `-` turns the text above into a heading"],
            id="a dash that makes a heading",
        ),
    ],
)
def test_stray_list_marker_is_found(lint, files, expected):
    assert lint(files, "ST010") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "* a\n*\n* b\n"}, {"a.md": "* a\n* b\n"}, id="lone star"),
        pytest.param({"a.md": "  • a\n  •\xa0b\n"}, {"a.md": "  - a\n  - b\n"}, id="glyphs"),
        pytest.param({"a.md": "* a\n*"}, {"a.md": "* a\n"}, id="at the end"),
    ],
)
def test_stray_list_marker_is_mended(fixed, lint, files, expected):
    once = fixed(files, "ST010")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "ST010") == []
    assert fixed({**files, **once}, "ST010") == once


@pytest.mark.parametrize(
    ("text", "is_safe"),
    [
        pytest.param("## Sources\n\n-\n\n## Tools\n", False, id="a place to fill in"),
        pytest.param("*\n", False, id="nothing else in the note"),
        pytest.param("- a\n-\n", True, id="an item of a list"),
        pytest.param("- a\n\n-\n\n- b\n", True, id="an item of a list with blank lines"),
        pytest.param("> - a\n\u2022 b\n> - c\n", False, id="a line that continues a quote"),
        pytest.param("> [!note] a\n> b\n\u2022 c\n", False, id="a line that continues a callout"),
        pytest.param("1. a\n\u2022 b\n2. c\n", False, id="a line that continues a numbered list"),
        pytest.param("- a\n\u2022 b\n", True, id="a line below an item"),
        pytest.param("Text:\n\u2022 b\n", True, id="a line of a paragraph"),
    ],
)
def test_a_fix_is_safe_where_it_leaves_the_rest_as_it_is(findings, text, is_safe):
    assert [one.fix and one.fix.is_safe for one in findings({"a.md": text}, "ST010")] == [is_safe]
