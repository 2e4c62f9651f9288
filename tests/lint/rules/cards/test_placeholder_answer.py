"""FC002: answers that are only a stand-in."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ::A\n"}, id="an answer"),
        pytest.param({"a.md": "#flashcards\n\nQ::\n"}, id="blank is another rule"),
        pytest.param({"a.md": "#flashcards\n\nQ::A TBD list\n"}, id="the word inside an answer"),
    ],
)
def test_placeholder_answer_is_silent(lint, files):
    assert lint(files, "FC002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nQ::TBD\n"},
            ['a.md:3:1: FC002 placeholder-answer: the answer of "Q" is only a stand-in: TBD'],
            id="TBD",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::...\n"},
            ['a.md:3:1: FC002 placeholder-answer: the answer of "Q" is only a stand-in: ...'],
            id="dots",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::later\n", "vaultkit.toml": '[rules.FC002]\npatterns = ["later"]\n'},
            ['a.md:3:1: FC002 placeholder-answer: the answer of "Q" is only a stand-in: later'],
            id="own pattern",
        ),
    ],
)
def test_placeholder_answer_is_found(lint, files, expected):
    assert lint(files, "FC002") == expected
