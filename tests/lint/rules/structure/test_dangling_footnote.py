"""ST013: footnotes without a partner."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "x[^1] y[^Note]\n\n[^1]: One.\n[^note]: Two.\n"}, id="defined"),
        pytest.param(
            {"a.md": 'The regexp [^abc] or [^0-9]+ or ([^1]) and "[^/]*", \\[^1], x[^2]* and [^\\s].'},
            id="character classes",
        ),
        pytest.param({"a.md": "`[^1]` $x[^2]$\n\n```\n[^3]\n```\n"}, id="code and math"),
        pytest.param({"a.md": "An inline note.^[It is here.]\n"}, id="an inline footnote"),
        pytest.param({"a.md": "[[a#[^1]]] [^1](https://example.org)\n\n[^1]: x\n"}, id="a link"),
        pytest.param({"a.md": "x[^1]\n\n> [^1]: in a quote\n"}, id="defined in a quote"),
        pytest.param({"a.md": "x[^1]\n\n- [^1]: in a list\n"}, id="defined in a list"),
        pytest.param({"a.md": "x[^1]\n\n```\ncode\n\n[^1]: x\n"}, id="hidden by an unclosed block"),
    ],
)
def test_dangling_footnote_is_silent(lint, files):
    assert lint(files, "ST013") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "one\nx[^5] and again[^5]"},
            ["a.md:2:2: ST013 dangling-footnote: footnote `[^5]` has no definition, shown as text"],
            id="no definition, once a name",
        ),
        pytest.param(
            {"a.md": "x[^1] y[^smith]\n\n[^1]: One.\n"},
            ["a.md:1:8: ST013 dangling-footnote: footnote `[^smith]` has no definition, shown as text"],
            id="a word in a note with definitions",
        ),
        pytest.param(
            {"a.md": "x\n\n[^1]: One.\n"},
            ["a.md:3:1: ST013 dangling-footnote: footnote `[^1]` has no reference, so it is not shown"],
            id="no reference",
        ),
        pytest.param(
            {"a.md": "x[^1]\n\n[^1] Smith 2000.\n"},
            [
                "a.md:3:1: ST013 dangling-footnote: missing colon after `[^1]`: Obsidian does not read a footnote definition here"
            ],
            id="no colon",
        ),
    ],
)
def test_dangling_footnote_is_found(lint, files, expected):
    assert lint(files, "ST013") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("x[^1]\n\n[^1] Smith 2000.\n", "x[^1]\n\n[^1]: Smith 2000.\n", id="no colon"),
    ],
)
def test_dangling_footnote_is_fixed(fixed, lint, text, expected):
    assert fixed({"a.md": text}, "ST013") == {"a.md": expected}
    assert lint({"a.md": expected}, "ST013") == []


def test_a_definition_that_nothing_refers_to_is_info(findings):
    found = findings({"a.md": "x[^2]\n\n[^1]: One.\n"}, "ST013")
    assert [(one.line, one.severity) for one in found] == [(1, "warning"), (3, "info")]
