"""LK006: double brackets that are not closed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[b]]", "b.md": ""}, id="closed"),
        pytest.param({"a.md": "a = [[1, 2], [3, 4]"}, id="an array"),
        pytest.param({"a.md": "`[[b`"}, id="code"),
        pytest.param({"a.md": "if [[ -f $x ]; then"}, id="a shell test"),
    ],
)
def test_unclosed_wikilink_is_silent(lint, files):
    assert lint(files, "LK006") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "See [[b] for more.", "b.md": ""},
            ["a.md:1:5: LK006 unclosed-wikilink: [[b is not closed, so Obsidian shows the brackets as text"],
            id="one bracket",
        ),
        pytest.param(
            {"a.md": "See [[b", "b.md": ""},
            ["a.md:1:5: LK006 unclosed-wikilink: [[b is not closed, so Obsidian shows the brackets as text"],
            id="none",
        ),
        pytest.param(
            {"a.md": "See [[Nowhere] now"},
            ["a.md:1:5: LK006 unclosed-wikilink: [[Nowhere is not closed, so Obsidian shows the brackets as text"],
            id="no such note",
        ),
    ],
)
def test_unclosed_wikilink_is_found(lint, files, expected):
    assert lint(files, "LK006") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "See [[b] for more.", "b.md": ""}, {"a.md": "See [[b]] for more."}, id="one bracket"),
        pytest.param({"a.md": "[[b", "b.md": ""}, {"a.md": "[[b]]"}, id="none"),
        pytest.param(
            {"a.md": "| a |\n|---|\n| [[b |\n", "b.md": ""},
            {"a.md": "| a |\n|---|\n| [[b]] |\n"},
            id="the cell of a table ends it",
        ),
    ],
)
def test_unclosed_wikilink_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK006")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK006") == []
    assert fixed({**files, **once}, "LK006") == once
