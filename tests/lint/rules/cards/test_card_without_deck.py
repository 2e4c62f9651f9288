"""FC017: cards in notes without a deck."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#flashcards\n\na::b\n", id="a deck"),
        pytest.param("status:: done\nstd::vector\n12::30\n", id="fields, code and times"),
        pytest.param("A proportion is A:B :: C:? or a:b::c:d\n", id="a proportion"),
        pytest.param("king:queen :: man:woman\n\nA:B :: C:?\n", id="proportions as lines"),
        pytest.param("```\nQuestion: {question}\nAnswer: {answer}\n```\n", id="a prompt in a code block"),
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
            ["a.md:1:1: FC017 card-without-deck: card in a note without a deck: `What is RAG?`"],
            id="one",
        ),
        pytest.param(
            "What is RAG?\n?\nRetrieval\n\nQ: what\nA: that\n",
            ["a.md:1:1: FC017 card-without-deck: card in a note without a deck: `What is RAG?` and 1 more"],
            id="more",
        ),
        pytest.param(
            "text\n\n## Why #card\nBecause\n",
            ["a.md:3:4: FC017 card-without-deck: card in a note without a deck: `Why`"],
            id="a heading",
        ),
    ],
)
def test_card_without_deck_is_found(lint, text, expected):
    assert lint({"a.md": text}, "FC017") == expected
