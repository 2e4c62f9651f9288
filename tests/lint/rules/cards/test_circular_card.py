"""FC016: answers that repeat their question."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#flashcards\n\nWhich is bigger, cats or dogs?::dogs\n", id="a choice"),
        pytest.param("#flashcards\n\nWhat does `x` do::x\n", id="code"),
        pytest.param("#flashcards\n\nWhat is RAG?::Retrieval first\n", id="an answer of its own"),
        pytest.param(
            "#flashcards\n\nWhich operation adds new knowledge?::The tell operation\n", id="a verb that is the answer"
        ),
        pytest.param("#flashcards\n\nWhat kind of list is it?::a name list\n", id="a common noun that is the answer"),
        pytest.param("#flashcards\n\nIs softmax a function?::yes\n", id="yes"),
        pytest.param("What is the softmax function::Softmax\n", id="no deck"),
        pytest.param("#flashcards\n\nsun:::Sonne\n", id="a word and its translation"),
    ],
)
def test_circular_card_is_silent(lint, text):
    assert lint({"a.md": text}, "FC016") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "#flashcards\n\nSoftmax?::softmax\n",
            ["a.md:3:11: FC016 circular-card: answer `softmax` only repeats the question"],
            id="the same",
        ),
        pytest.param(
            "#flashcards\n\nWhat is the softmax function\n?\nThe function softmax\n",
            ["a.md:5:1: FC016 circular-card: answer `The function softmax` only repeats the question"],
            id="its words in another order",
        ),
        pytest.param(
            "#flashcards\n\nsun:::the bright sun of noon\n",
            ["a.md:3:7: FC016 circular-card: answer `the bright sun of noon` only repeats the question"],
            id="a reversed card in which one side holds the other",
        ),
    ],
)
def test_circular_card_is_found(lint, text, expected):
    assert lint({"a.md": text}, "FC016") == expected
