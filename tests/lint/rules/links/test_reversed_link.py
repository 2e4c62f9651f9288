"""LK013: links with their brackets reversed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "[a](https://example.org) and (see [1]) (a)[1] (b)[c] (x)[^1]\n"},
            id="links, citations and remarks",
        ),
        pytest.param({"a.md": "`(a)[https://example.org]`\n"}, id="code"),
        pytest.param(
            {"a.md": "f(x)[https://example.org] [a](b)[https://example.org] [](https://a.org)[https://a.org]\n"},
            id="behind a word or a link",
        ),
    ],
)
def test_reversed_link_is_silent(lint, files):
    assert lint(files, "LK013") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "See (the paper)[https://example.org]."},
            [
                "a.md:1:5: LK013 reversed-link: reversed link `(the paper)[https://example.org]`, shown as text; write `[the paper](https://example.org)`"
            ],
            id="an address",
        ),
        pytest.param(
            {"a.md": "!(a)[https://example.org/p.png]"},
            [
                "a.md:1:1: LK013 reversed-link: reversed link `!(a)[https://example.org/p.png]`, shown as text; write `![a](https://example.org/p.png)`"
            ],
            id="a picture",
        ),
        pytest.param(
            {"a.md": "one\n(x)[My Note.md]", "My Note.md": ""},
            [
                "a.md:2:1: LK013 reversed-link: reversed link `(x)[My Note.md]`, shown as text; write `[x](<My Note.md>)`"
            ],
            id="a file",
        ),
    ],
)
def test_reversed_link_is_found(lint, files, expected):
    assert lint(files, "LK013") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("(x)[https://example.org] (y)[a b.md]", "[x](https://example.org) [y](<a b.md>)", id="swapped"),
    ],
)
def test_reversed_link_is_fixed(fixed, lint, text, expected):
    assert fixed({"a.md": text}, "LK013") == {"a.md": expected}
    assert lint({"a.md": expected}, "LK013") == []
