"""EM004: a size that Obsidian takes for a caption."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[p.png|300]]"}, id="width"),
        pytest.param({"a.md": "![[p.png|300x200]]"}, id="both"),
        pytest.param({"a.md": "![[p.png|see page 3]]"}, id="a caption"),
        pytest.param({"a.md": "[[b|300px]]"}, id="a link"),
        pytest.param({"a.md": "![[b|300px]]", "b.md": ""}, id="a note"),
    ],
)
def test_invalid_size_is_silent(lint, files):
    assert lint(files, "EM004") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png|300px]]"},
            ["a.md:1:1: EM004 invalid-size: invalid size `300px`: Obsidian shows it as a caption"],
            id="pixels",
        ),
        pytest.param(
            {"a.md": "![[p.png|50%]]"},
            [
                "a.md:1:1: EM004 invalid-size: invalid size `50%`: Obsidian shows it as a caption; write a width or `WIDTHxHEIGHT`"
            ],
            id="percent",
        ),
        pytest.param(
            {"a.md": "![[p.png|x200]]"},
            [
                "a.md:1:1: EM004 invalid-size: invalid size `x200`: Obsidian shows it as a caption; write a width or `WIDTHxHEIGHT`"
            ],
            id="height only",
        ),
        pytest.param(
            {"a.md": "![[p.png|0]]"},
            [
                "a.md:1:1: EM004 invalid-size: invalid size `0`: Obsidian shows it as a caption; write a width or `WIDTHxHEIGHT`"
            ],
            id="zero",
        ),
        pytest.param(
            {"a.md": "![[p.png|300 x 200]]"},
            [
                "a.md:1:1: EM004 invalid-size: invalid size `300 x 200`: Obsidian shows it as a caption; write a width or `WIDTHxHEIGHT`"
            ],
            id="spaces",
        ),
    ],
)
def test_invalid_size_is_found(lint, files, expected):
    assert lint(files, "EM004") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png|300px]] ![[p.png|growth|300 px]]"},
            {"a.md": "![[p.png|300]] ![[p.png|growth|300]]"},
            id="pixels",
        ),
        pytest.param({"a.md": "![[p.png|300px x 200px]]"}, {"a.md": "![[p.png|300x200]]"}, id="both in pixels"),
        pytest.param(
            {"a.md": "![[p.png|300x200px]] ![[p.png|300 px x 200 px]]"},
            {"a.md": "![[p.png|300x200]] ![[p.png|300x200]]"},
            id="both sides, with px behind the last or both",
        ),
    ],
)
def test_invalid_size_is_mended(fixed, lint, files, expected):
    once = fixed(files, "EM004")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "EM004") == []
    assert fixed({**files, **once}, "EM004") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png|-300]] ![[p.png|300.5]] ![[p.png|width=300]]"},
            [
                "a.md:1:1: EM004 invalid-size: invalid size `-300`: Obsidian shows it as a caption; write a width or `WIDTHxHEIGHT`",
                "a.md:1:17: EM004 invalid-size: invalid size `300.5`: Obsidian shows it as a caption; write a width or `WIDTHxHEIGHT`",
                "a.md:1:34: EM004 invalid-size: invalid size `width=300`: Obsidian shows it as a caption; write a width or `WIDTHxHEIGHT`",
            ],
            id="numbers that are none",
        ),
    ],
)
def test_invalid_size_elsewhere(lint, files, expected):
    assert lint(files, "EM004") == expected
