"""LK002: a path, a Markdown link, a property or a canvas card without its file."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[x](b.md) [[Sub/c.pdf]]", "b.md": "", "Sub/c.pdf": None}, id="the file is there"),
        pytest.param({"a.md": "[[Nowhere]]"}, id="a bare name is another rule"),
        pytest.param({"a.md": "[x](https://example.org/a.md)"}, id="a web address"),
        pytest.param({"a.md": "[x](oracle_rollable:a/b)"}, id="a plugin's own scheme"),
        pytest.param({"a.md": "[x](data.csv)", "data.csv": None}, id="a file that Obsidian does not show"),
        pytest.param({"a.md": "[x](../../b.md)"}, id="out of the vault is another rule"),
    ],
)
def test_missing_file_is_silent(lint, files):
    assert lint(files, "LK002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x](Old%20summary.md)"},
            ["a.md:1:1: LK002 missing-file: Old summary.md is no file of the vault"],
            id="Markdown link",
        ),
        pytest.param(
            {"a.md": "[[Papers/Summary]]", "Archive/Summary.md": ""},
            [
                "a.md:1:1: LK002 missing-file: Papers/Summary is no file of the vault; Archive/Summary.md has the same name"
            ],
            id="same name elsewhere",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[Nowhere]]"\n---\n'},
            ["a.md:2:6: LK002 missing-file: property up: [[Nowhere]] names no file"],
            id="property",
        ),
        pytest.param(
            {"b.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "gone.md"}]}'},
            ["b.canvas:1:49: LK002 missing-file: a card shows gone.md, which is no file"],
            id="canvas card",
        ),
        pytest.param(
            {"a.md": "[x](www.example.com/y) [me](me@example.com)"},
            [
                "a.md:1:1: LK002 missing-file: www.example.com/y is no file of the vault; for the address write https://www.example.com/y",
                "a.md:1:24: LK002 missing-file: me@example.com is no file of the vault; for the address write mailto:me@example.com",
            ],
            id="addresses without their scheme",
        ),
    ],
)
def test_missing_file_is_found(lint, files, expected):
    assert lint(files, "LK002") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Papers/Summary]] [s](Papers/Summary.md)", "Archive/Summary.md": ""},
            {"a.md": "[[Summary]] [s](Archive/Summary.md)"},
            id="same name elsewhere",
        ),
    ],
)
def test_missing_file_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK002")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK002") == []
    assert fixed({**files, **once}, "LK002") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x]\n\n[x]: Papers/gone.md\n"},
            ["a.md:3:1: LK002 missing-file: Papers/gone.md is no file of the vault"],
            id="a reference",
        ),
    ],
)
def test_missing_file_elsewhere(lint, files, expected):
    assert lint(files, "LK002") == expected
