"""FC013: blanks in answers."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ::a __ b\n"}, id="two underscores"),
        pytest.param({"a.md": "#flashcards\n\nQ ____ b::A\n"}, id="in the question, where it is meant"),
        pytest.param({"a.md": "Q::a ____ b\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\nQ::____\n"}, id="nothing else: a stand-in"),
    ],
)
def test_unfilled_blank_is_silent(lint, files):
    assert lint(files, "FC013") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nQ::a ___ b\n"},
            [
                "a.md:3:6: FC013 unfilled-blank: unfilled blank `___` in the answer",
            ],
            id="three",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n?\na ____ b _____\n"},
            [
                "a.md:5:3: FC013 unfilled-blank: unfilled blank `____` in the answer",
                "a.md:5:10: FC013 unfilled-blank: unfilled blank `_____` in the answer",
            ],
            id="each blank",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\na ____ b\n\n2\nQ\n\nTwo?\n\nA\n\nb\n"},
            [
                "a.md:10:3: FC013 unfilled-blank: unfilled blank `____` in the answer",
            ],
            id="in an export",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::a __ b\n", "vaultkit.toml": "[rules.FC013]\nmin-length = 2\n"},
            [
                "a.md:3:6: FC013 unfilled-blank: unfilled blank `__` in the answer",
            ],
            id="as short as is asked for",
        ),
    ],
)
def test_unfilled_blank_is_found(lint, files, expected):
    assert lint(files, "FC013") == expected
