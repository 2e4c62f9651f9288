"""EM008: circles of embeds."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[b]]", "b.md": "![[c]]", "c.md": ""}, id="a chain"),
        pytest.param({"a.md": "![[b]]", "b.md": "[[a]]"}, id="a link back"),
        pytest.param({"a.md": "# One\n![[#Two]]\n# Two\ntext"}, id="a section shows another"),
        pytest.param(
            {"a.md": "![[b]] ![[c]]", "b.md": "![[d]]", "c.md": "![[d]]", "d.md": ""}, id="two ways to one note"
        ),
        pytest.param({"a.md": "![[b#Safe]]", "b.md": "# Safe\ntext\n# Rest\n![[a]]"}, id="a part without the embed"),
        pytest.param({"a.md": "%% ![[a]] %%"}, id="in a comment"),
    ],
)
def test_embed_loop_is_silent(lint, files):
    assert lint(files, "EM008") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "![[a]]"}, ["a.md:1:1: EM008 embed-loop: embed loop: `a → a`"], id="itself"),
        pytest.param(
            {"a.md": "![[b]]", "b.md": "![[a]]"},
            ["a.md:1:1: EM008 embed-loop: embed loop: `a → b → a`"],
            id="two notes",
        ),
        pytest.param(
            {"a.md": "![[b]]", "b.md": "![[c]]", "c.md": "![[a]]"},
            ["a.md:1:1: EM008 embed-loop: embed loop: `a → b → c → a`"],
            id="three notes",
        ),
        pytest.param(
            {"a.md": "# One\n![[#One]]"},
            ["a.md:2:1: EM008 embed-loop: embed loop: `a → a`"],
            id="a section inside itself",
        ),
        pytest.param(
            {"a.md": "![[b#^x]]", "b.md": "![[a]] ^x"},
            ["a.md:1:1: EM008 embed-loop: embed loop: `a → b → a`"],
            id="a block of a note",
        ),
    ],
)
def test_embed_loop_is_found(lint, files, expected):
    assert lint(files, "EM008") == expected
