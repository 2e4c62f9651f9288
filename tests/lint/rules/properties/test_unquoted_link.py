"""PR006: links in properties without quotes."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": '---\nup: "[[b]]"\n---\n'}, id="quoted"),
        pytest.param({"a.md": "---\nm: [[1, 2], [3, 4]]\n---\n"}, id="a list of lists"),
        pytest.param({"a.md": "up: [[b]]\n"}, id="in the text"),
        pytest.param({"a.md": "---\nm: [[1, 2.5]]\n---\n"}, id="one row of numbers"),
        pytest.param(
            {"a.md": "---\nd: |\n  up: [[b]]\n\n  - [[c]]\nl:\n  - >\n    up: [[d]]\n---\n"},
            id="in a text of several lines",
        ),
    ],
)
def test_unquoted_link_is_silent(lint, files):
    assert lint(files, "PR006") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "---\nup: [[b]]\n---\n"},
            [
                'a.md:2:5: PR006 unquoted-link: unquoted link `[[b]]` in the properties: Obsidian shows it as text; write `"[[b]]"`'
            ],
            id="value",
        ),
        pytest.param(
            {"a.md": "---\nup:\n  - [[b]]\n  - [[c]]\n---\n"},
            [
                'a.md:3:5: PR006 unquoted-link: unquoted link `[[b]]` in the properties: Obsidian shows it as text; write `"[[b]]"`',
                'a.md:4:5: PR006 unquoted-link: unquoted link `[[c]]` in the properties: Obsidian shows it as text; write `"[[c]]"`',
            ],
            id="member",
        ),
        pytest.param(
            {"a.md": "---\nup: [[b|c]]\n---\n"},
            [
                'a.md:2:5: PR006 unquoted-link: unquoted link `[[b|c]]` in the properties: Obsidian shows it as text; write `"[[b|c]]"`'
            ],
            id="with a label",
        ),
    ],
)
def test_unquoted_link_is_found(lint, files, expected):
    assert lint(files, "PR006") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "---\nup: [[b]]\nsee:\n  - [[c]]\n---\n"},
            {"a.md": '---\nup: "[[b]]"\nsee:\n  - "[[c]]"\n---\n'},
            id="quotes",
        ),
        pytest.param(
            {"a.md": '---\n"up 2": [[b]]\nd: |\n  text\nüp: [[b|it\'s "x"]]\r\n---\n'},
            {"a.md": '---\n"up 2": "[[b]]"\nd: |\n  text\nüp: \'[[b|it\'\'s "x"]]\'\r\n---\n'},
            id="quotes that the link holds, names in quotes, below a text",
        ),
    ],
)
def test_unquoted_link_is_mended(fixed, lint, files, expected):
    once = fixed(files, "PR006")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "PR006") == []
    assert fixed({**files, **once}, "PR006") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "---\nup: [[[A]], [[B]]]\nto: [ [[C]] ]\n---\n"},
            [
                'a.md:2:6: PR006 unquoted-link: unquoted link `[[A]]` in the properties: Obsidian shows it as text; write `"[[A]]"`',
                'a.md:2:13: PR006 unquoted-link: unquoted link `[[B]]` in the properties: Obsidian shows it as text; write `"[[B]]"`',
                'a.md:3:7: PR006 unquoted-link: unquoted link `[[C]]` in the properties: Obsidian shows it as text; write `"[[C]]"`',
            ],
            id="links in a list",
        ),
    ],
)
def test_unquoted_link_elsewhere(lint, files, expected):
    assert lint(files, "PR006") == expected


def test_no_quotes_make_a_tag_of_a_link(findings):
    found = findings({"a.md": "---\ntags: [[b]]\nup: [[b]]\n---\n", "b.md": ""}, "PR006")
    assert [(finding.line, finding.fix is None) for finding in found] == [(2, True), (3, False)]
