"""FC011: signs of a card that make none."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ\n?\nA\n"}, id="a card"),
        pytest.param({"a.md": "?\nAnswer\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\n`==` and `?`\n"}, id="code"),
        pytest.param({"a.md": "#flashcards\n\nQ\n?\n\nR::B\n"}, id="an empty answer before the next card"),
        pytest.param({"a.md": "#flashcards\n\nIt was ==sold== twice\n"}, id="a closed cloze"),
        pytest.param({"a.md": "#flashcards\n\na == b\n\nx==5\n\nnote ==\n"}, id="comparisons"),
    ],
)
def test_broken_card_syntax_is_silent(lint, files):
    assert lint(files, "FC011") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\n?\nAnswer\n"},
            [
                "a.md:3:1: FC011 broken-card-syntax: no question stands above this ?",
            ],
            id="no question",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n?\n\nThe answer.\n"},
            [
                "a.md:4:1: FC011 broken-card-syntax: a blank line cuts the answer “The answer.” off from its question",
            ],
            id="a blank line",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nIt was ==sold twice\n"},
            [
                "a.md:3:1: FC011 broken-card-syntax: a cloze is not closed in “It was ==sold twice”",
            ],
            id="an open cloze",
        ),
    ],
)
def test_broken_card_syntax_is_found(lint, files, expected):
    assert lint(files, "FC011") == expected
