"""ST016: pictures that are shown as code."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "x\n\n![[p.png]]\n", "p.png": None}, id="no indent"),
        pytest.param({"a.md": "- x\n\n\t![[p.png]]\n\n- y\n", "p.png": None}, id="in a list"),
        pytest.param({"a.md": "x\n\t![[p.png]]\n", "p.png": None}, id="no blank line above"),
        pytest.param({"a.md": 'x\n\n\tprint("![[p.png]]")\n\t![[p.png]]\n', "p.png": None}, id="real code"),
        pytest.param({"a.md": "```\n\t![[p.png]]\n```\n", "p.png": None}, id="a fence"),
    ],
)
def test_picture_as_code_is_silent(lint, files):
    assert lint(files, "ST016") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "x\n\n\t![[p.png]]\n", "p.png": None},
            [
                "a.md:3:2: ST016 picture-as-code: picture `![[p.png]]` is shown as code: its line is indented below a blank line"
            ],
            id="a tab",
        ),
        pytest.param(
            {"a.md": "x\n\n    ![a](p.png)\n    ![b](q.png)\n", "p.png": None, "q.png": None},
            [
                "a.md:3:5: ST016 picture-as-code: picture `![a](p.png)` is shown as code: its line is indented below a blank line"
            ],
            id="four spaces, two lines",
        ),
    ],
)
def test_picture_as_code_is_found(lint, files, expected):
    assert lint(files, "ST016") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("x\n\n\t![[p.png]]\n\t![[q.png|50]]\n\ny\n", "x\n\n![[p.png]]\n![[q.png|50]]\n\ny\n", id="tabs"),
    ],
)
def test_picture_as_code_is_fixed(fixed, lint, text, expected):
    assert fixed({"a.md": text}, "ST016") == {"a.md": expected}
    assert lint({"a.md": expected}, "ST016") == []
