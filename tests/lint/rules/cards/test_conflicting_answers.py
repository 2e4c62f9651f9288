"""FC005: one question, two answers."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "#flashcards\n\nWhat is RAG?::A\n\nWhat is RAG?::a.\n"}, id="the same answer but for case"
        ),
        pytest.param({"a.md": "#flashcards\n\nQ?::A\n\nQ?::TBD\n"}, id="a stand-in is no answer"),
        pytest.param({"a.md": "#flashcards\n\nQ?::A\n\nQ?::\n"}, id="nor is a blank"),
        pytest.param({"a.md": "Q?::A\n\nQ?::B\n"}, id="no deck"),
        pytest.param(
            {
                "a.md": "#flashcards/a\n\nQ?::A\n",
                "b.md": "#flashcards/b\n\nQ?::B\n",
                "vaultkit.toml": '[rules.FC005]\nscope = "deck"\n',
            },
            id="another deck",
        ),
    ],
)
def test_conflicting_answers_is_silent(lint, files):
    assert lint(files, "FC005") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nWhat is RAG?::A\n\nwhat is rag::B\n"},
            [
                "a.md:5:1: FC005 conflicting-answers: conflicting answers: `what is rag` has a different answer on line 3",
            ],
            id="in one note",
        ),
        pytest.param(
            {"Z.md": "#flashcards/b\n\nQ?::A\n", "a.md": "#flashcards/a\n\nQ?\n?\nB\n"},
            [
                "a.md:3:1: FC005 conflicting-answers: conflicting answers: `Q?` has a different answer in `Z.md`, line 3",
            ],
            id="in two decks",
        ),
        pytest.param(
            {
                "Z.md": "#flashcards/b\n\nQ?::B\n",
                "a.md": "ML Flashcards\n\n1\nQ\n\nQ?\n\nA\n\nA\n\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            },
            [
                "a.md:6:1: FC005 conflicting-answers: conflicting answers: `Q?` has a different answer in `Z.md`, line 3",
            ],
            id="in an export and a deck",
        ),
    ],
)
def test_conflicting_answers_is_found(lint, files, expected):
    assert lint(files, "FC005") == expected
