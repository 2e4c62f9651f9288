"""NM002: names that differ by case only."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "", "b.md": ""}, id="other names"),
        pytest.param({"x/a.md": "", "y/A.md": ""}, id="other folders"),
        pytest.param({"a.md": "", "A.png": None}, id="other extensions"),
    ],
)
def test_case_collision_is_silent(lint, files):
    assert lint(files, "NM002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"Softmax.md": "", "softmax.md": ""},
            [
                "softmax.md:1:1: NM002 case-collision: `softmax.md` and `Softmax.md` are the same file on Windows and macOS: one of them is lost there"
            ],
            id="notes",
        ),
        pytest.param(
            {"x/P.png": None, "x/p.PNG": None},
            [
                "x/p.PNG:1:1: NM002 case-collision: `x/p.PNG` and `x/P.png` are the same file on Windows and macOS: one of them is lost there"
            ],
            id="pictures",
        ),
        pytest.param(
            {"Café.md": "", "Café.md": ""},
            [
                "Café.md:1:1: NM002 case-collision: `Café.md` and `Café.md` are the same file on macOS: one of them is lost there"
            ],
            id="Unicode form",
        ),
        pytest.param(
            {"X/a.md": "", "x/a.md": ""},
            [
                "x/a.md:1:1: NM002 case-collision: `x/a.md` and `X/a.md` are the same file on Windows and macOS: one of them is lost there"
            ],
            id="folders",
        ),
    ],
)
def test_case_collision_is_found(lint, files, expected):
    assert lint(files, "NM002") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"X/a.md": "", "x/b.md": ""},
            ["x/b.md:1:1: NM002 case-collision: folders `x` and `X` are the same folder on case-insensitive systems"],
            id="folders",
        ),
    ],
)
def test_case_collision_elsewhere(lint, files, expected):
    assert lint(files, "NM002") == expected
