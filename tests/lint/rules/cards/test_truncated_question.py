"""FC006: leftover beginnings above a question."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nWhat is it\n(hint: salt)\n?\nA\n"}, id="a hint below"),
        pytest.param({"a.md": "#flashcards\n\nwhat is DPO?::A\n"}, id="one line"),
        pytest.param({"a.md": "#flashcards\n\nName two\nwhat is it\n?\nA\n"}, id="another beginning"),
        pytest.param({"a.md": "wha\nwhat is DPO?\n?\nA\n"}, id="no deck"),
        pytest.param(
            {"a.md": "#flashcards\n\nwhat is\nwhat is DPO?\n?\nA\n", "vaultkit.toml": "[rules.FC006]\nmax-words = 1\n"},
            id="longer than is asked for",
        ),
    ],
)
def test_truncated_question_is_silent(lint, files):
    assert lint(files, "FC006") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nwha\nwhat is DPO?\n?\nA\n"},
            [
                "a.md:3:1: FC006 truncated-question: leftover line `wha` above the question `what is DPO?`",
            ],
            id="half a word",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nwhat is\nWhat is DPO?\n?\nA\n"},
            [
                "a.md:3:1: FC006 truncated-question: leftover line `what is` above the question `What is DPO?`",
            ],
            id="two words",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nwha\n\nwhat is DPO?\n\nA\n\nA\n\n2\nQ\n\nTwo?\n\nA\n\nb\n"},
            [
                "a.md:6:1: FC006 truncated-question: leftover line `wha` above the question `what is DPO?`",
            ],
            id="in an export",
        ),
    ],
)
def test_truncated_question_is_found(lint, files, expected):
    assert lint(files, "FC006") == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "#flashcards\n\nwha\nwhat is DPO?\n?\nA\n", "#flashcards\n\nwhat is DPO?\n?\nA\n", id="the line goes"
        ),
        pytest.param(
            "ML Flashcards\n\n1\nQ\n\nwha\n\nwhat is DPO?\n\nA\n\nA\n\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            "ML Flashcards\n\n1\nQ\n\nwhat is DPO?\n\nA\n\nA\n\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            id="the paragraph goes",
        ),
    ],
)
def test_truncated_question_fix(fixed, lint, before, after):
    once = fixed({"a.md": before}, "FC006")
    assert once == {"a.md": after}
    assert fixed(once, "FC006") == once
