"""LK007: a link without target or text."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[x](b.md)", "b.md": ""}, id="both are there"),
        pytest.param({"a.md": "![](p.png)", "p.png": None}, id="a picture without caption"),
        pytest.param({"a.md": "`[[]]` and `[x]()`"}, id="code"),
        pytest.param({"a.md": "- [ ] x"}, id="a task box"),
    ],
)
def test_empty_link_is_silent(lint, files):
    assert lint(files, "LK007") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "see [[]]"},
            ["a.md:1:5: LK007 empty-link: [[]] leads nowhere: it has no target"],
            id="empty brackets",
        ),
        pytest.param(
            {"a.md": "[[|x]]"},
            ["a.md:1:1: LK007 empty-link: [[|x]] leads nowhere: no name stands before the bar"],
            id="no name before the bar",
        ),
        pytest.param(
            {"a.md": "[x]()"},
            ["a.md:1:1: LK007 empty-link: [x]() leads nowhere: it has no target"],
            id="no destination",
        ),
        pytest.param(
            {"a.md": "[](b.md)", "b.md": ""},
            ["a.md:1:1: LK007 empty-link: [](b.md) cannot be clicked: it has no text"],
            id="no text",
        ),
    ],
)
def test_empty_link_is_found(lint, files, expected):
    assert lint(files, "LK007") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "see [](https://example.org)"},
            ["a.md:1:5: LK007 empty-link: [](https://example.org) cannot be clicked: it has no text"],
            id="nothing to click before a URL",
        ),
    ],
)
def test_empty_link_elsewhere(lint, files, expected):
    assert lint(files, "LK007") == expected
