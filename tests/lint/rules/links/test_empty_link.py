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
            ["a.md:1:5: LK007 empty-link: empty link `[[]]`, shown as text"],
            id="empty brackets",
        ),
        pytest.param(
            {"a.md": "[[|x]]"},
            ["a.md:1:1: LK007 empty-link: link without a target: `[[|x]]` has no name before the pipe"],
            id="no name before the bar",
        ),
        pytest.param(
            {"a.md": "[x]()"},
            ["a.md:1:1: LK007 empty-link: link without a target: `[x]()`"],
            id="no destination",
        ),
        pytest.param(
            {"a.md": "[](b.md)", "b.md": ""},
            ["a.md:1:1: LK007 empty-link: link without text: not clickable"],
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
            ["a.md:1:5: LK007 empty-link: link without text: not clickable"],
            id="nothing to click before a URL",
        ),
        pytest.param(
            {"a.md": "[](https://a.io#b) One\n\n[](https://a.io#c) Two\n\n[x](https://a.io)"},
            ["a.md:1:1: LK007 empty-link: 2 web links without text: not clickable"],
            id="the anchors of a clipped page are one finding",
        ),
        pytest.param(
            {"a.md": "![Uploading file...gxvwy]()"},
            ["a.md:1:1: LK007 empty-link: embed without a target: `![Uploading file...gxvwy]()`"],
            id="a picture that was never uploaded",
        ),
    ],
)
def test_empty_link_elsewhere(lint, files, expected):
    assert lint(files, "LK007") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("type [[]] to link", "info", id="brackets that are only shown"),
        pytest.param("[x]()", "error", id="no target"),
        pytest.param("[[|x]]", "error", id="no name"),
        pytest.param("[](b.md)", "warning", id="no text"),
        pytest.param("[](https://b.io)", "info", id="no text, on the web"),
    ],
)
def test_how_bad_it_is(findings, text, expected):
    [found] = findings({"a.md": text, "b.md": ""}, "LK007")
    assert found.severity == expected
    assert found.fix is None  # to delete a link could lose its address
