"""FC001: cards with a blank side."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ::A\n"}, id="both sides"),
        pytest.param({"a.md": "Q::\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\n`Q::`\n"}, id="code"),
    ],
)
def test_empty_side_is_silent(lint, files):
    assert lint(files, "FC001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nWhat is softmax::\n"},
            ['a.md:3:1: FC001 empty-side: the card "What is softmax" has no answer'],
            id="no answer",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nWhat is softmax\n?\n\nText\n"},
            ['a.md:3:1: FC001 empty-side: the card "What is softmax" has no answer'],
            id="no answer below the mark",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\n- Q::A\n- R::\n"},
            ['a.md:4:3: FC001 empty-side: the card "R" has no answer'],
            id="in a list",
        ),
    ],
)
def test_empty_side_is_found(lint, files, expected):
    assert lint(files, "FC001") == expected
