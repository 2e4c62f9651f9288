"""FC015: cards that only the plugin reads."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#flashcards\n\na::b\n", id="a card"),
        pytest.param("[[A::B]]\n", id="no deck"),
        pytest.param("#flashcards\n\nStatus:: done\n", id="a word in capitals"),
        pytest.param("#flashcards\n\nhund::dog\n", id="a word without the space of a field"),
    ],
)
def test_false_card_in_plugin_is_silent(lint, text):
    assert lint({"a.md": text}, "FC015") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "#flashcards\n\nSee [[A::B]]\n",
            ["a.md:3:1: FC015 false-card-in-plugin: the spaced-repetition plugin reads `See [[A::B]]` as a card"],
            id="a link",
        ),
        pytest.param(
            "#flashcards\n\n| a::b | c |\n| --- | --- |\n| d | e |\n",
            ["a.md:3:1: FC015 false-card-in-plugin: the spaced-repetition plugin reads `| a::b | c |` as a card"],
            id="a row of a table",
        ),
        pytest.param(
            "#flashcards\n\nstatus:: done\n",
            [
                "a.md:3:1: FC015 false-card-in-plugin: `status:: done` looks like a Dataview field, but the spaced-repetition plugin reads it as a card"
            ],
            id="a field",
        ),
    ],
)
def test_false_card_in_plugin_is_found(lint, text, expected):
    assert lint({"a.md": text}, "FC015") == expected
