"""FC010: notes to self inside cards."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nWhat must you do::List HOW TO DO it\n"}, id="words that mean something"),
        pytest.param({"a.md": "Q COME BACK TO THIS ONE::A\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\nQ::TODO\n"}, id="a stand-in is another rule"),
        pytest.param({"a.md": "#flashcards\n\nCOME BACK TO THIS ONE\n\nQ::A\n"}, id="outside of cards"),
    ],
)
def test_review_marker_is_silent(lint, files):
    assert lint(files, "FC010") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nQ? COME BACK TO THIS ONE::A\n"},
            [
                "a.md:3:4: FC010 review-marker: to-do remark `COME BACK TO THIS ONE` inside the card",
            ],
            id="in the question",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n?\nSalt. noch prüfen\n"},
            [
                "a.md:5:7: FC010 review-marker: to-do remark `noch prüfen` inside the card",
            ],
            id="in the answer, in German",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nOne? MOVE THIS ONE\n\nA\n\na\n\n2\nQ\n\nTwo?\n\nA\n\nb\n"},
            [
                "a.md:6:6: FC010 review-marker: to-do remark `MOVE THIS ONE` inside the card",
            ],
            id="in an export",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::A ask Kim\n", "vaultkit.toml": '[rules.FC010]\npatterns = ["ask Kim"]\n'},
            [
                "a.md:3:6: FC010 review-marker: to-do remark `ask Kim` inside the card",
            ],
            id="own pattern",
        ),
    ],
)
def test_review_marker_is_found(lint, files, expected):
    assert lint(files, "FC010") == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "#flashcards\n\nQ? COME BACK TO THIS ONE::A\n",
            "#flashcards\n\nQ? #todo/come-back-to-this-one::A\n",
            id="before the separator",
        ),
        pytest.param("#flashcards\n\nQ\n?\nA TODO\n", "#flashcards\n\nQ\n?\nA #todo\n", id="at the end of the answer"),
        pytest.param(
            "ML Flashcards\n\n1\nQ\n\nOne? MOVE THIS ONE\n\nA\n\na\n\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            "ML Flashcards\n\n1\nQ\n\nOne? #todo/move-this-one\n\nA\n\na\n\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            id="in an export",
        ),
    ],
)
def test_review_marker_fix(fixed, lint, before, after):
    once = fixed({"a.md": before}, "FC010")
    assert once == {"a.md": after}
    assert fixed(once, "FC010") == once


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#flashcards\n\nQ? (COME BACK TO THIS ONE)::A\n", id="in brackets no tag would be read"),
    ],
)
def test_review_marker_has_no_fix(findings, text):
    found = findings({"a.md": text}, "FC010")
    assert found and all(finding.fix is None for finding in found)
