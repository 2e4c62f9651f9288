"""FC007: answers that stop in mid-sentence."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ::It is a thing that people rely on\n"}, id="a preposition may end"),
        pytest.param({"a.md": "#flashcards\n\nQ::no full stop needed\n"}, id="no full stop"),
        pytest.param({"a.md": "#flashcards\n\nQ::the\n"}, id="a short answer"),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::some trait that the simple part doesn't have\n"}, id="an auxiliary may end"
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::this is what it is used for\n"}, id="a preposition of a relative clause"
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::a problem that is hard to deal with\n"}, id="a preposition of an infinitive"
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::Der Staat greift in den Markt ein\n"}, id="a particle of a German verb"
        ),
        pytest.param({"a.md": "#flashcards\n\nQ::it is a function of x and y\n"}, id="a variable"),
        pytest.param({"a.md": "Q::It is used by the people who\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\nQ::It is as it should be\n"}, id="a verb that ends a sentence"),
    ],
)
def test_truncated_answer_is_silent(lint, files):
    assert lint(files, "FC007") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nQ::It is used by the people who\n"},
            [
                "a.md:3:29: FC007 truncated-answer: truncated answer: ends with `who`",
            ],
            id="a word that cannot end",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n?\nOne is so. Two is so. How backprop\n"},
            [
                "a.md:5:23: FC007 truncated-answer: truncated answer: ends with `How backprop`",
            ],
            id="a tail",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\nIt depends on all of your\n\n2\nQ\n\nTwo?\n\nA\n\nb\n"},
            [
                "a.md:10:22: FC007 truncated-answer: truncated answer: ends with `your`",
            ],
            id="in an export",
        ),
        pytest.param(
            {
                "a.md": "#flashcards\n\nQ::It stops here abruptly\n",
                "vaultkit.toml": '[rules.FC007]\nstop-words = ["Abruptly"]\n',
            },
            [
                "a.md:3:18: FC007 truncated-answer: truncated answer: ends with `abruptly`",
            ],
            id="own word",
        ),
    ],
)
def test_truncated_answer_is_found(lint, files, expected):
    assert lint(files, "FC007") == expected
