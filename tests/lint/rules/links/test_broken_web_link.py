"""LK014: web links that are none."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": '[a](https://example.org) ![a](https://example.org/a.png "title") [a](<https://example.org/a b>)'},
            id="links",
        ),
        pytest.param(
            {
                "a.md": "[a](https://example.org 'title') [b](https://example.org/x_(y)) [c](https://example.org (title))"
            },
            id="titles and parentheses",
        ),
        pytest.param(
            {
                "a.md": "[1] (https://example.org) [^2] (https://example.org)\n- [x] (https://example.org)\n- [ ] (https://example.org)\n"
            },
            id="citations and tasks",
        ),
        pytest.param(
            {"a.md": "[Smith] (https://example.org)\n\n[smith]: https://example.org\n"},
            id="a reference with a definition",
        ),
        pytest.param({"a.md": "`[a] (https://example.org)`\n\n    [a](https://example.org/a b)\n"}, id="code"),
        pytest.param(
            {"a.md": "[[a]] (https://example.org) \\[a] (https://example.org)\n", "a.md ": ""},
            id="a wikilink, an escape",
        ),
    ],
)
def test_broken_web_link_is_silent(lint, files):
    assert lint(files, "LK014") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[the paper] (https://example.org)"},
            [
                "a.md:1:1: LK014 broken-web-link: space between `]` and `(` of a link; shown as text; write `[the paper](https://example.org)`"
            ],
            id="a space between",
        ),
        pytest.param(
            {"a.md": "[t](<https://example.org and more"},
            ["a.md:1:1: LK014 broken-web-link: unclosed `<` in a link: `[t](<https://example.org`; shown as text"],
            id="an open angle bracket",
        ),
        pytest.param(
            {"a.md": "[t](https://example.org/x\n\nmore"},
            ["a.md:1:1: LK014 broken-web-link: unclosed `(` in a link: `[t](https://example.org/x`; shown as text"],
            id="an open parenthesis",
        ),
        pytest.param(
            {"a.md": "![a](https://x.org/a b.png)"},
            [
                "a.md:1:1: LK014 broken-web-link: unescaped space in the URL `https://x.org/a b.png`; shown as text; write `<URL>`"
            ],
            id="a space in the address",
        ),
        pytest.param(
            {"a.md": "![a](https://x.org/a b.png) [b](https://x.org/#c d)\n[e](https://x.org/f g)"},
            [
                "a.md:1:1: LK014 broken-web-link: unescaped space in the URL `https://x.org/a b.png`; shown as text; the same in 2 more links of this note; write `<URL>`"
            ],
            id="spaces once a note",
        ),
        pytest.param(
            {"a.md": "[a](https:// x.org)"},
            [
                "a.md:1:1: LK014 broken-web-link: unescaped space in the URL `https:// x.org`; shown as text; write `<URL>`"
            ],
            id="a space behind the scheme",
        ),
        pytest.param(
            {"a.md": "![a](https://x.org/a.png =100x20)"},
            [
                "a.md:1:1: LK014 broken-web-link: unescaped space in the URL `https://x.org/a.png =100x20`; shown as text; write `<URL>`"
            ],
            id="a size of another program",
        ),
    ],
)
def test_broken_web_link_is_found(lint, files, expected):
    assert lint(files, "LK014") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[the paper] (https://example.org)", "[the paper](https://example.org)", id="a space between"),
        pytest.param("[t](<https://example.org\n", "[t](<https://example.org>)\n", id="an open angle bracket"),
        pytest.param("[t](<https://example.org) x\n", "[t](<https://example.org>) x\n", id="a parenthesis only"),
        pytest.param("[t](https://example.org/x\n", "[t](https://example.org/x)\n", id="an open parenthesis"),
        pytest.param("![a](https://x.org/a b c.png)", "![a](<https://x.org/a b c.png>)", id="spaces"),
        pytest.param(
            "[a](https://x.org/a b) [c](https://x.org/c d)",
            "[a](<https://x.org/a b>) [c](<https://x.org/c d>)",
            id="spaces in two",
        ),
    ],
)
def test_broken_web_link_is_fixed(fixed, lint, text, expected):
    assert fixed({"a.md": text}, "LK014") == {"a.md": expected}
    assert lint({"a.md": expected}, "LK014") == []
