"""FC003: cards that point to a picture and have none."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ::See image ![[a.png]]\n"}, id="the picture is there"),
        pytest.param({"a.md": "#flashcards\n\nQ::words (see below) are removed\n"}, id="text below"),
        pytest.param({"a.md": "Q::See image\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\nAn image::a grid of numbers\n"}, id="the word alone"),
        pytest.param(
            {"a.md": "#flashcards\n\n- What does the step shown above do? [answer goes here]\n"},
            id="without an answer it has a finding already",
        ),
    ],
)
def test_answer_needs_image_is_silent(lint, files):
    assert lint(files, "FC003") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nQ::See IMage\n"},
            [
                "a.md:3:4: FC003 answer-needs-image: missing picture: the card refers to one with `See IMage`",
            ],
            id="nothing else",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n?\nA block of three layers, see diagram\n"},
            [
                "a.md:5:26: FC003 answer-needs-image: missing picture: the card refers to one with `see diagram`",
            ],
            id="at the end",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nWhat does the attached image show::A cat\n"},
            [
                "a.md:3:11: FC003 answer-needs-image: missing picture: the card refers to one with `the attached image`",
            ],
            id="in the question",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\nsiehe Abbildung\n\n2\nQ\n\nTwo?\n\nA\n\nb\n"},
            [
                "a.md:10:1: FC003 answer-needs-image: missing picture: the card refers to one with `siehe Abbildung`",
            ],
            id="in an export, in German",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::cf. plate 3\n", "vaultkit.toml": '[rules.FC003]\npatterns = ["plate [0-9]"]\n'},
            [
                "a.md:3:8: FC003 answer-needs-image: missing picture: the card refers to one with `plate 3`",
            ],
            id="own pattern",
        ),
    ],
)
def test_answer_needs_image_is_found(lint, files, expected):
    assert lint(files, "FC003") == expected
