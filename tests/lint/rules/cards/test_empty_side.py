"""FC001: cards with a blank side."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ::A\n"}, id="both sides"),
        pytest.param({"a.md": "Q::\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\n`Q::`\n"}, id="code"),
        pytest.param(
            {"a.md": "#flashcards\n\n[Q:: ]\n\n| a:: |\n|---|\n| b:: |\n"}, id="a field and a table row are no cards"
        ),
        pytest.param({"a.md": "#flashcards\n\nQ::![[a.png]]\n"}, id="a picture is an answer"),
        pytest.param({"a.md": "#flashcards\n\nWhat\n?\n\nText.\n"}, id="cut off by a blank line is another rule"),
        pytest.param({"a.md": "#flashcards\n\n- What? [answer goes here]\n"}, id="a worksheet is another rule"),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::\n", "vaultkit.toml": '[rules.FC001]\nformats = ["quizwiz"]\n'},
            id="a format that is not asked for",
        ),
        pytest.param(
            {
                "a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\na\n\nHow well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n2\nQ\n\nTwo?\n\nA\n\nb\n"
            },
            id="an export with answers",
        ),
    ],
)
def test_empty_side_is_silent(lint, files):
    assert lint(files, "FC001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nWhat is softmax::\n"},
            [
                "a.md:3:1: FC001 empty-side: no answer to `What is softmax`",
            ],
            id="no answer",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nWhat is softmax\n?\n"},
            [
                "a.md:3:1: FC001 empty-side: no answer to `What is softmax`",
            ],
            id="no answer below the mark",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\n- Q::A\n- R::\n"},
            [
                "a.md:4:3: FC001 empty-side: no answer to `R`",
            ],
            id="in a list",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::<br> <!--SR:!2026-01-01,3,250-->\n"},
            [
                "a.md:3:1: FC001 empty-side: no answer to `Q`",
            ],
            id="nothing to see",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n2\nQ\n\nTwo?\n\nA\n\nb\n"},
            [
                "a.md:8:1: FC001 empty-side: no answer to `One?`",
            ],
            id="the next card number is no answer",
        ),
        pytest.param(
            {
                "a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\nHow well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n2\nQ\n\nTwo?\n\nA\n\nb\n"
            },
            [
                "a.md:8:1: FC001 empty-side: no answer to `One?`",
            ],
            id="nor is the rating below it",
        ),
    ],
)
def test_empty_side_is_found(lint, files, expected):
    assert lint(files, "FC001") == expected
