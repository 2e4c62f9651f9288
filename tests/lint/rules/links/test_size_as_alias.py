"""LK008: a label that is an image width."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "![[p.png|300]] [[Louis XIV|14]]", "p.png": None, "Louis XIV.md": ""}, id="a number that is a name"
        ),
        pytest.param({"a.md": "[[b|300]]", "b.md": ""}, id="no evidence"),
        pytest.param({"a.md": "![[p.png|300]] [[Model 300|300]]", "p.png": None}, id="the name holds the number"),
        pytest.param({"a.md": "![[p.png|300]] [[b|name]]", "p.png": None}, id="a real label"),
    ],
)
def test_size_as_alias_is_silent(lint, files):
    assert lint(files, "LK008") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png|300]]\n[[b|300]]", "p.png": None},
            ["a.md:2:1: LK008 size-as-alias: link label is a picture width: `[[b]]` shows as `300`"],
            id="an embed has the width",
        ),
        pytest.param(
            {"a.md": "[[a|400]] [[b|400]] [[c|400]]"},
            [
                "a.md:1:1: LK008 size-as-alias: link label is a picture width: `[[a]]` shows as `400`",
                "a.md:1:11: LK008 size-as-alias: link label is a picture width: `[[b]]` shows as `400`",
                "a.md:1:21: LK008 size-as-alias: link label is a picture width: `[[c]]` shows as `400`",
            ],
            id="three links share it",
        ),
        pytest.param(
            {"a.md": "![[p.png|300]] [[Corpus|ARC|300]]", "p.png": None},
            ["a.md:1:16: LK008 size-as-alias: link label is a picture width: `[[Corpus]]` shows as `ARC|300`"],
            id="behind a real label",
        ),
        pytest.param(
            {"a.md": "![[p.png|300]] [[#x|300]]\n# x"},
            ["a.md:1:16: LK008 size-as-alias: link label is a picture width: `[[#x]]` shows as `300`"],
            id="a heading of this note",
        ),
    ],
)
def test_size_as_alias_is_found(lint, files, expected):
    assert lint(files, "LK008") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png|300]] [[b|300]] [[Corpus|ARC|300]]", "p.png": None},
            {"a.md": "![[p.png|300]] [[b]] [[Corpus|ARC]]"},
            id="the number goes",
        ),
        pytest.param(
            {"a.md": "![[p.png|300]]\n\n| x |\n| - |\n| [[b\\|300]] |\n", "p.png": None},
            {"a.md": "![[p.png|300]]\n\n| x |\n| - |\n| [[b]] |\n"},
            id="in a table",
        ),
    ],
)
def test_size_as_alias_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK008")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK008") == []
    assert fixed({**files, **once}, "LK008") == once
