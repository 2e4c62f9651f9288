"""EM003: two sizes behind one embed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[p.png|300]]"}, id="one size"),
        pytest.param({"a.md": "![[p.png|growth|300]]"}, id="caption and size"),
        pytest.param({"a.md": "[[b|300|300]]"}, id="a link"),
        pytest.param({"a.md": "![[p.png|300x200]]"}, id="width and height"),
    ],
)
def test_doubled_size_is_silent(lint, files):
    assert lint(files, "EM003") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png|300|300]]"},
            ["a.md:1:1: EM003 doubled-size: two sizes in the embed `p.png`: Obsidian uses `300`"],
            id="equal",
        ),
        pytest.param(
            {"a.md": "![[p.png|200|300]]"},
            ["a.md:1:1: EM003 doubled-size: two sizes in the embed `p.png`: Obsidian uses `300` and ignores `200`"],
            id="different",
        ),
        pytest.param(
            {"a.md": "![[p.png|growth|200|300]]"},
            ["a.md:1:1: EM003 doubled-size: two sizes in the embed `p.png`: Obsidian uses `300` and ignores `200`"],
            id="behind a caption",
        ),
    ],
)
def test_doubled_size_is_found(lint, files, expected):
    assert lint(files, "EM003") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "![[p.png|300|300]]"}, {"a.md": "![[p.png|300]]"}, id="equal"),
        pytest.param({"a.md": "![[p.png|200|300]]"}, {"a.md": "![[p.png|300]]"}, id="the last is what shows"),
        pytest.param(
            {"a.md": "![[p.png|200|300]]", "vaultkit.toml": '[rules.EM003]\nprefer = "first"\n'},
            {"a.md": "![[p.png|200]]"},
            id="the first is wanted",
        ),
        pytest.param(
            {"a.md": "| a |\n| - |\n| ![[p.png\\|300\\|300]] |\n"},
            {"a.md": "| a |\n| - |\n| ![[p.png\\|300]] |\n"},
            id="in a table",
        ),
    ],
)
def test_doubled_size_is_mended(fixed, lint, files, expected):
    once = fixed(files, "EM003")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "EM003") == []
    assert fixed({**files, **once}, "EM003") == once
