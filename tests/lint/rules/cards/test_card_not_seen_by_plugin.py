"""FC014: cards that the plugin loses."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#flashcards\n\na::b\nc::d\n", id="two cards of one line"),
        pytest.param("#flashcards\n\n## What #card\nback\n", id="a kind that the plugin does not have"),
        pytest.param("<!-- x -->\na::b\n", id="no deck"),
        pytest.param("#flashcards\n\nQ: what\nA: that\n", id="labels"),
    ],
)
def test_card_not_seen_by_plugin_is_silent(lint, text):
    assert lint({"a.md": text}, "FC014") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "#flashcards\n\n<!-- x -->\na::b\n",
            ["a.md:4:1: FC014 card-not-seen-by-plugin: card `a` is not read by the spaced-repetition plugin"],
            id="below a comment",
        ),
        pytest.param(
            "#flashcards\n\n> q\n> ?\n> a\n",
            ["a.md:3:3: FC014 card-not-seen-by-plugin: card `q` is not read by the spaced-repetition plugin"],
            id="in a quote",
        ),
        pytest.param(
            "#flashcards\n\n==gap== here\na::b\n",
            [
                "a.md:3:1: FC014 card-not-seen-by-plugin: card `==gap== here` is not read by the spaced-repetition plugin"
            ],
            id="a cloze above a card of one line",
        ),
    ],
)
def test_card_not_seen_by_plugin_is_found(lint, text, expected):
    assert lint({"a.md": text}, "FC014") == expected
