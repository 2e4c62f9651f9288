"""TX005: words that are cut by a hyphen and a space."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "pre- and post-training, Haupt- und Nebensatz"}, id="compounds"),
        pytest.param({"a.md": "one - two, Loops- why"}, id="a dash"),
        pytest.param({"a.md": "- one\n- two"}, id="a list"),
        pytest.param({"a.md": "word- Word"}, id="a capital behind"),
        pytest.param({"a.md": "`exist- ing`"}, id="code"),
    ],
)
def test_hyphenation_residue_is_silent(lint, files):
    assert lint(files, "TX005") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "exist- ing questions"},
            ['a.md:1:1: TX005 hyphenation-residue: "exist- ing" is one word, cut at the end of a line'],
            id="one",
        ),
        pytest.param(
            {"a.md": "unan- swerable and an- swerable"},
            [
                'a.md:1:1: TX005 hyphenation-residue: "unan- swerable" is one word, cut at the end of a line',
                'a.md:1:20: TX005 hyphenation-residue: "an- swerable" is one word, cut at the end of a line',
            ],
            id="two",
        ),
        pytest.param(
            {"a.md": "eine Über- raschung"},
            ['a.md:1:6: TX005 hyphenation-residue: "Über- raschung" is one word, cut at the end of a line'],
            id="another language",
        ),
    ],
)
def test_hyphenation_residue_is_found(lint, files, expected):
    assert lint(files, "TX005") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "exist- ing and unan- swerable"}, {"a.md": "existing and unanswerable"}, id="joined"),
    ],
)
def test_hyphenation_residue_is_mended(fixed, lint, files, expected):
    once = fixed(files, "TX005")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "TX005") == []
    assert fixed({**files, **once}, "TX005") == once
