"""LK012: letters of another case than the file has."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[Softmax]]", "Softmax.md": ""}, id="the same letters"),
        pytest.param({"a.md": "[[Softmax|softmax]]", "Softmax.md": ""}, id="with a label"),
        pytest.param({"x/a.md": "[[../Softmax]]", "Softmax.md": ""}, id="relative"),
        pytest.param({"a.md": "[[softmax]]"}, id="unresolved"),
    ],
)
def test_case_mismatch_is_silent(lint, files):
    assert lint(files, "LK012") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[softmax]]", "Softmax.md": ""},
            [
                "a.md:1:1: LK012 case-mismatch: case differs from the file: `softmax` vs `Softmax`; breaks on case-sensitive systems"
            ],
            id="name",
        ),
        pytest.param(
            {"a.md": "[x](maths/Softmax.md)", "Maths/Softmax.md": ""},
            [
                "a.md:1:1: LK012 case-mismatch: case differs from the file: `maths/Softmax.md` vs `Maths/Softmax.md`; breaks on case-sensitive systems"
            ],
            id="folder",
        ),
        pytest.param(
            {"a.md": "![[p.PNG]]", "p.png": None},
            [
                "a.md:1:1: LK012 case-mismatch: case differs from the file: `p.PNG` vs `p.png`; breaks on case-sensitive systems"
            ],
            id="extension",
        ),
    ],
)
def test_case_mismatch_is_found(lint, files, expected):
    assert lint(files, "LK012") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[softmax]] [[softmax#A|x]] ![[P.png]]", "Softmax.md": "# A", "p.png": None},
            {"a.md": "[[Softmax|softmax]] [[Softmax#A|x]] ![[p.png]]"},
            id="the look stays",
        ),
        pytest.param(
            {"a.md": "[x](maths/soft%20max.md#A)", "Maths/Soft max.md": "# A"},
            {"a.md": "[x](Maths/Soft%20max.md#A)"},
            id="Markdown",
        ),
        pytest.param(
            {"a.md": "| a |\n| - |\n| [[softmax]] |\n", "Softmax.md": ""},
            {"a.md": "| a |\n| - |\n| [[Softmax\\|softmax]] |\n"},
            id="in a table",
        ),
    ],
)
def test_case_mismatch_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK012")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK012") == []
    assert fixed({**files, **once}, "LK012") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": '---\nup: "[[note]]"\n---\n', "Note.md": ""},
            ["a.md:2:6: LK012 case-mismatch: property `up`: case differs from the file: `note` vs `Note`"],
            id="in a property",
        ),
    ],
)
def test_case_mismatch_elsewhere(lint, files, expected):
    assert lint(files, "LK012") == expected
