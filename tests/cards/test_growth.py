"""Reading and checking cards takes a time that grows with the note, not with its square."""

from __future__ import annotations

import time

import pytest

from vaultkit.cards.model import CardSettings
from vaultkit.cards.reader.cloze import MOST_SIBLINGS
from vaultkit.cards.reader.prefilter import has_likely_card
from vaultkit.cards.reader.read import read_cards
from vaultkit.config import Config
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.note.parse import parse_note

DECK = "#flashcards\n\n"
INSPECT = note_linter(plan_of(Config(), select=["FC"]))


def seconds(text: str) -> float:
    note = parse_note(text.encode())
    taken = []
    for _ in range(3):
        start = time.process_time()
        INSPECT(note, text)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "piece",
    [
        "==a: ",
        "==a: \n",
        "==a== ",
        "==a==\n",
        "a==b== ",
        "a::b\n",
        "a::b\n\n",
        "::\n",
        "a:::b ",
        "a\n?\nb\n\n",
        "<!--SR:!",
        "<!--SR:!\n",
        "<!--SR:!2026-01-01,1,250-->",
        "<!--SR:!2026-01-01,1,250-->\n",
        "> [!sr|card-metadata]\n> <!--SR:!2026-01-01,4,270-->\n",
        "# a #card\n",
        "## a #flashcards\n\n",
        "[a::",
        "(a::\n",
        "![",
        "WHAT ",
        "Q: a\nA: b\n",
        "{{a ",
    ],
)
@pytest.mark.parametrize("head", ["", "Q\n?\n"])
def test_four_times_the_text_takes_about_four_times_as_long(head: str, piece: str) -> None:
    small, large = (seconds(DECK + head + piece * (size // len(piece))) for size in (8_000, 32_000))
    assert large < 8 * small + 0.05


def test_a_block_with_very_many_clozes_has_a_limit() -> None:
    text = DECK + "==a== " * (MOST_SIBLINGS + 100)
    (block,) = read_cards("n.md", parse_note(text.encode()), text, CardSettings())
    assert len(block.cards) == MOST_SIBLINGS
    assert block.cards[0].front.startswith("[...] a a")


@pytest.mark.parametrize("line", ["{}!::!! b", "A {}!::! b", "::" * 5 + "{}", "{}"])
@pytest.mark.parametrize("piece", ["1", "a", "::", ":", "~", "a:"])
def test_a_long_line_in_a_note_without_a_deck(line: str, piece: str) -> None:
    """It is looked at for what could be a card."""
    small, large = (seconds(line.format(piece * (size // len(piece)))) for size in (20_000, 80_000))
    assert large < 8 * small + 0.05


@pytest.mark.parametrize(
    ("text", "is_card"),
    [
        ("The cell :: A unit", True),
        ("Cell :: A unit", False),
        ("Cell::A unit", True),
        ("word::A unit", False),
        ("What is it?::word", True),
        ("The first :: second :: third", True),
        ("The cell ::: A unit", True),
        ("std::move\nThe cell :: A unit", True),
        ("12::30", False),
        ("a::b\nc::d", False),
    ],
)
def test_lines_that_may_be_cards(text: str, is_card: bool) -> None:
    assert has_likely_card(text, "::") is is_card
