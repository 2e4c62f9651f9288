"""EM002: an embed that is not closed on its line."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[p.png]]", "p.png": None}, id="closed"),
        pytest.param({"a.md": "`![[p.png`"}, id="code"),
        pytest.param({"a.md": "\\!\\[[p.png"}, id="escaped"),
        pytest.param({"a.md": "![[a plot] of p.png](p.png)", "p.png": None}, id="brackets in the text of a picture"),
        pytest.param({"a.md": "![[p.png](p.png)", "p.png": None}, id="a picture after a stray bracket"),
    ],
)
def test_unclosed_embed_is_silent(lint, files):
    assert lint(files, "EM002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png]"},
            ["a.md:1:1: EM002 unclosed-embed: unclosed embed `![[p.png`: Obsidian shows the brackets as text"],
            id="one bracket",
        ),
        pytest.param(
            {"a.md": "![[p.png"},
            ["a.md:1:1: EM002 unclosed-embed: unclosed embed `![[p.png`: Obsidian shows the brackets as text"],
            id="none",
        ),
        pytest.param(
            {"a.md": "![[p.png]] ![[q.png]\n\n![[r.png]]"},
            ["a.md:1:12: EM002 unclosed-embed: unclosed embed `![[q.png`: Obsidian shows the brackets as text"],
            id="the second on its line",
        ),
        pytest.param(
            {"a.md": "![[Some note]"},
            ["a.md:1:1: EM002 unclosed-embed: unclosed embed `![[Some note`: Obsidian shows the brackets as text"],
            id="a note",
        ),
    ],
)
def test_unclosed_embed_is_found(lint, files, expected):
    assert lint(files, "EM002") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "![[p.png]"}, {"a.md": "![[p.png]]"}, id="one bracket"),
        pytest.param({"a.md": "![[p.png|300"}, {"a.md": "![[p.png|300]]"}, id="size"),
        pytest.param(
            {"a.md": "![[p.png]] ![[q.png]\n\n![[r.png]]"},
            {"a.md": "![[p.png]] ![[q.png]]\n\n![[r.png]]"},
            id="the next line stays",
        ),
        pytest.param(
            {"a.md": "| a |\n|---|\n| ![[p.png\\|30 |\n", "p.png": None},
            {"a.md": "| a |\n|---|\n| ![[p.png\\|30]] |\n"},
            id="the cell of a table ends it",
        ),
    ],
)
def test_unclosed_embed_is_mended(fixed, lint, files, expected):
    once = fixed(files, "EM002")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "EM002") == []
    assert fixed({**files, **once}, "EM002") == once
