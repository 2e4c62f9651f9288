"""FC017: cards in notes without a deck."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#flashcards\n\na::b\n", id="a deck"),
        pytest.param("status:: done\nstd::vector\n12::30\n", id="fields, code and times"),
        pytest.param("Just text with a ==mark==.\n", id="a highlight"),
        pytest.param(
            "- One? [answer goes here]\n- Two? [answer goes here]\n- Three? [answer goes here]\n", id="a worksheet"
        ),
    ],
)
def test_card_without_deck_is_silent(lint, text):
    assert lint({"a.md": text}, "FC017") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "What is RAG?::Retrieval\n",
            ["a.md:1:1: FC017 card-without-deck: the card “What is RAG?” in a note without a deck"],
            id="one",
        ),
        pytest.param(
            "What is RAG?\n?\nRetrieval\n\nQ: what\nA: that\n",
            ["a.md:1:1: FC017 card-without-deck: the card “What is RAG?” and 1 more in a note without a deck"],
            id="more",
        ),
        pytest.param(
            "text\n\n## Why #card\nBecause\n",
            ["a.md:3:4: FC017 card-without-deck: the card “Why” in a note without a deck"],
            id="a heading",
        ),
    ],
)
def test_card_without_deck_is_found(lint, text, expected):
    assert lint({"a.md": text}, "FC017") == expected
