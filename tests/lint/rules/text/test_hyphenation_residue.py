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
        pytest.param({"a.md": "on the left- hand side, a six- character name, insecure- does it"}, id="two words"),
        pytest.param({"a.md": "the styles- conference folder of the conference"}, id="two words of the note"),
        pytest.param(
            {
                "a.md": "työpöytä- ja mobiilialustoille, skrivebords- og mobil, asztali- és mobil, bureaublad- en mobiel, "
                "ljud- samt bild, аудио- или видео, аудио- та відео, Raster- als auch, Ein- oder Aus, heli- või pilt"
            },
            id="suspended hyphens of other languages",
        ),
    ],
)
def test_hyphenation_residue_is_silent(lint, files):
    assert lint(files, "TX005") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "exist- ing questions"},
            ["a.md:1:1: TX005 hyphenation-residue: word split by a hyphen: `exist- ing`"],
            id="one",
        ),
        pytest.param(
            {"a.md": "unan- swerable and an- swerable"},
            [
                "a.md:1:1: TX005 hyphenation-residue: word split by a hyphen: `unan- swerable`",
                "a.md:1:20: TX005 hyphenation-residue: word split by a hyphen: `an- swerable`",
            ],
            id="two",
        ),
        pytest.param(
            {"a.md": "the per- form and perform"},
            ["a.md:1:5: TX005 hyphenation-residue: word split by a hyphen: `per- form`"],
            id="the joined word occurs",
        ),
        pytest.param(
            {"a.md": "eine Über- raschung"},
            ["a.md:1:6: TX005 hyphenation-residue: word split by a hyphen: `Über- raschung`"],
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
        pytest.param(
            {"a.md": "Über- raschung! Eine Überraschung"}, {"a.md": "Überraschung! Eine Überraschung"}, id="in the note"
        ),
    ],
)
def test_hyphenation_residue_is_mended(fixed, lint, files, expected):
    once = fixed(files, "TX005")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "TX005") == []
    assert fixed({**files, **once}, "TX005") == once


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("eine Über- raschung", id="a word of another language"),
        pytest.param("a Kubelet- spezifikation", id="a compound that occurs nowhere else"),
        pytest.param("the wun- derkammer", id="a rare word"),
    ],
)
def test_a_word_that_occurs_nowhere_else_is_not_joined(findings, text):
    assert [finding.fix for finding in findings({"a.md": text}, "TX005")] == [None]
