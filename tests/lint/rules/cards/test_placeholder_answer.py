"""FC002: answers that are only a stand-in."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ::A\n"}, id="an answer"),
        pytest.param({"a.md": "#flashcards\n\nQ::\n"}, id="blank is another rule"),
        pytest.param({"a.md": "#flashcards\n\nQ::A TBD list\n"}, id="the word inside an answer"),
        pytest.param({"a.md": "#flashcards\n\nQ::[answer goes here]\n"}, id="a fill-in is told by placeholder-text"),
        pytest.param(
            {"a.md": "- One? [answer goes here]\n- Two? [answer goes here]\n- Three? [answer goes here]\n"},
            id="so is a worksheet",
        ),
        pytest.param({"a.md": "Q::TBD\n"}, id="no deck"),
    ],
)
def test_placeholder_answer_is_silent(lint, files):
    assert lint(files, "FC002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nQ::TBD\n"},
            [
                "a.md:3:1: FC002 placeholder-answer: placeholder `TBD` as the answer to `Q`",
            ],
            id="TBD",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::...\n"},
            [
                "a.md:3:1: FC002 placeholder-answer: placeholder `...` as the answer to `Q`",
            ],
            id="dots",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n?\nà compléter\n"},
            [
                "a.md:5:1: FC002 placeholder-answer: placeholder `à compléter` as the answer to `Q`",
            ],
            id="below the question",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\nTO DO\n\n2\nQ\n\nTwo?\n\nA\n\nb\n"},
            [
                "a.md:10:1: FC002 placeholder-answer: placeholder `TO DO` as the answer to `One?`",
            ],
            id="in an export",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::later\n", "vaultkit.toml": '[rules.FC002]\npatterns = ["later"]\n'},
            [
                "a.md:3:4: FC002 placeholder-answer: placeholder `later` as the answer to `Q`",
            ],
            id="own pattern",
        ),
    ],
)
def test_placeholder_answer_is_found(lint, files, expected):
    assert lint(files, "FC002") == expected
