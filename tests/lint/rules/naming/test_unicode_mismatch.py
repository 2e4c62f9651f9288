"""NM003: links and files that write the same letters otherwise."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[Café]]", "Café.md": ""}, id="both composed"),
        pytest.param({"a.md": "[[Café]]", "Café.md": ""}, id="both taken apart"),
        pytest.param({"a.md": "[[Cafe]]", "Cafe.md": ""}, id="plain letters"),
        pytest.param({"a.md": "[[Café]]"}, id="unresolved"),
        pytest.param({"a.md": "[[ Café |x]]", "Café.md": ""}, id="spaces and a label"),
    ],
)
def test_unicode_mismatch_is_silent(lint, files):
    assert lint(files, "NM003") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "one [[Café|x]]", "Café.md": ""},
            [
                "a.md:1:5: NM003 unicode-mismatch: Unicode form of `Café` differs from the file `Café.md`; breaks outside Obsidian"
            ],
            id="link taken apart",
        ),
        pytest.param(
            {"a.md": "[[Café]]", "Café.md": ""},
            [
                "a.md:1:1: NM003 unicode-mismatch: Unicode form of `Café` differs from the file `Café.md`; breaks outside Obsidian"
            ],
            id="file taken apart",
        ),
        pytest.param(
            {"a.md": "![[Bücher/p.png]]", "Bücher/p.png": None},
            [
                "a.md:1:1: NM003 unicode-mismatch: Unicode form of `Bücher/p.png` differs from the file `Bücher/p.png`; breaks outside Obsidian"
            ],
            id="folder",
        ),
    ],
)
def test_unicode_mismatch_is_found(lint, files, expected):
    assert lint(files, "NM003") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Café#Part|x]] [[Café]]", "Café.md": "# Part"},
            {"a.md": "[[Café#Part|x]] [[Café]]"},
            id="the letters of the file",
        ),
        pytest.param({"a.md": "[[Café]]", "Café.md": ""}, {"a.md": "[[Café]]"}, id="the file is taken apart"),
    ],
)
def test_unicode_mismatch_is_mended(fixed, lint, files, expected):
    once = fixed(files, "NM003")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "NM003") == []
    assert fixed({**files, **once}, "NM003") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x](Cafe%CC%81.md)", "Café.md": ""},
            [
                "a.md:1:1: NM003 unicode-mismatch: Unicode form of `Café.md` differs from the file `Café.md`; breaks outside Obsidian"
            ],
            id="in Markdown",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[Café]]"\n---\n', "Café.md": ""},
            [
                "a.md:2:6: NM003 unicode-mismatch: property `up`: Unicode form of `Café` differs from the file `Café.md`; breaks outside Obsidian"
            ],
            id="in a property",
        ),
    ],
)
def test_unicode_mismatch_elsewhere(lint, files, expected):
    assert lint(files, "NM003") == expected
