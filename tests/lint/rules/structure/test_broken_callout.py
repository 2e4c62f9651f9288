"""ST014: callouts that are none."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "> [!note] Title\n> x\n\n> [!TIP]-\n> x\n\n> [!warning|wide] T\n"}, id="right"),
        pytest.param({"a.md": "> [!note] A\n> > [!tip] B\n> > x\n\n- item\n  > [!tip] C\n"}, id="nested, in a list"),
        pytest.param(
            {"a.md": "> [!custom] A\n> [! Custom] B\n> [see note]\n> [note]\n"}, id="other types and brackets"
        ),
        pytest.param({"a.md": "`> [! Note]`\n\n```\n> [! Note]\n```\n\n    [!note]\n"}, id="code"),
        pytest.param({"a.md": "- [!] important\n[!note](x.md) [!tip]: x\n", "x.md": ""}, id="a task and links"),
        pytest.param({"a.md": "> ![note](note.png)\n", "note.png": None}, id="a picture"),
    ],
)
def test_broken_callout_is_silent(lint, files):
    assert lint(files, "ST014") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "> [! Note]\n> x\n"},
            ["a.md:1:3: ST014 broken-callout: invalid callout `[! Note]`, shown as text; write `[!note]`"],
            id="a space inside",
        ),
        pytest.param(
            {"a.md": "> [ !warning] x\n\n> ［！tip］\n\n> [note!] x\n\n> ![info] x\n"},
            [
                "a.md:1:3: ST014 broken-callout: invalid callout `[ !warning]`, shown as text; write `[!warning]`",
                "a.md:3:3: ST014 broken-callout: invalid callout `［！tip］`, shown as text; write `[!tip]`",
                "a.md:5:3: ST014 broken-callout: invalid callout `[note!]`, shown as text; write `[!note]`",
            ],
            id="other slips",
        ),
        pytest.param(
            {"a.md": "[!note] Read this\n"},
            ["a.md:1:1: ST014 broken-callout: callout `[!note]` without `>` before it, shown as text"],
            id="no quote",
        ),
        pytest.param(
            {"a.md": "> [!note] A\n> x\n> [!tip] B\n>\n> [!info] C\n"},
            [
                "a.md:3:3: ST014 broken-callout: callout `[!tip]` in the middle of a quote, shown as text; add a blank line above it",
                "a.md:5:3: ST014 broken-callout: callout `[!info]` in the middle of a quote, shown as text; add a blank line above it",
            ],
            id="in the middle of a quote",
        ),
        pytest.param(
            {"a.md": "> [!note Title\n> x\n"},
            ["a.md:1:3: ST014 broken-callout: unclosed callout `[!note`, shown as text"],
            id="no closing bracket",
        ),
    ],
)
def test_broken_callout_is_found(lint, files, expected):
    assert lint(files, "ST014") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("> [!note Title\n> x\n", "> [!note] Title\n> x\n", id="no closing bracket"),
        pytest.param("> [! Note]\n> x\n", "> [!note]\n> x\n", id="a space inside"),
        pytest.param("[!note] Read this\n", "> [!note] Read this\n", id="no quote"),
        pytest.param(
            "> [!note] A\n> x\n> [!tip] B\n", "> [!note] A\n> x\n\n> [!tip] B\n", id="in the middle of a quote"
        ),
    ],
)
def test_broken_callout_is_fixed(fixed, lint, text, expected):
    assert fixed({"a.md": text}, "ST014") == {"a.md": expected}
    assert lint({"a.md": expected}, "ST014") == []
