"""What is written into a note is read back as the same cards, whatever their text."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultkit.cards.importers.model import ImportedCard
from vaultkit.cards.model import CardSettings
from vaultkit.cards.notes import Style, note_text
from vaultkit.cards.read import read_cards
from vaultkit.cards.text_keys import clean
from vaultkit.note.parse import parse_note

EXAMPLES = int(os.environ.get("VAULTKIT_EXAMPLES", "300"))
PIECES = [
    "::", ":::", "?", "??", "\n", "\n\n", "\\", "\\?", ":\\:", "#", "# ", "## x", "#card", "#flashcards/x", "#flashcards ",
    "<!--", "-->", "<!--SR:!2024-01-01,3,250-->", "%%", "==", "==x==", "```", "~~~", "`", "$", "$$", "[[", "]]", "|", "| a |",
    "---", "+++", "<br>", "<br", "\\<br>", " ^id", "^vk-1", "Q: ", "A: ", "A:", "> ", "> [!card] t", "- ", "- [ ] ", "1. ", "* ",
    "[answer goes here]", "[a:: b]", "(k:: v)", "\t", "    ", "\u00a0", "\u2028", "\x0b", "\x1c", "word", "é", "🎴", "{{c1::x}}",
]  # fmt: skip
words = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("".join)
sides = st.one_of(words, st.text(max_size=60)).map(clean)
cards = st.lists(st.tuples(sides, sides, st.sampled_from(["basic", "reversed"]), st.booleans()), max_size=4)


def written(rows: list[tuple[str, str, str, bool]], style: Style) -> str:
    made = [
        (
            ImportedCard(front, back, 0, 0, 0, 0, n, kind=kind, tags=("t/x", "y") if tagged else ()),
            f"vk-{n}" if n % 2 else "",
        )
        for n, (front, back, kind, tagged) in enumerate(rows)
    ]
    return note_text(made, deck="Deck", source="s", format_name="csv", sha256="0" * 64, style=style)


@pytest.mark.parametrize("style", ["plain", "heading"])
def test_parse_of_write_is_the_same_cards(style: Style) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(cards)
    @example([("", "", "basic", False), ("x", "```\na\n\nb\n```", "basic", False), ("q", "a", "basic", True)])
    @example([("- a", "b", "basic", False), ("1. a", "# b", "reversed", False)])
    @example([("$$", "x", "basic", False), ("a", "b", "basic", False)])
    def run(rows: list[tuple[str, str, str, bool]]) -> None:
        text = written(rows, style)
        blocks = read_cards("Deck.md", parse_note(text.encode()), text, CardSettings())
        expected = [
            (front, back, kind == "reversed", ("t/x", "y") if tagged else ())
            for front, back, kind, tagged in rows
            if front or back
        ]
        found = [(b.front, b.back, b.kind.endswith("reversed"), b.tags) for b in blocks if b.front or b.back]
        assert found == expected, text

    run()
