"""Decks and schedules of the default dialect are those of the spaced-repetition plugin."""

from __future__ import annotations

import pytest

from vaultkit.cards.model import CardBlock, CardSettings, Dialect
from vaultkit.cards.reader.read import read_cards
from vaultkit.note.parse import parse_note

DEFAULTS = CardSettings()
FOLDERS = CardSettings(folders_as_decks=True)


def read(text: str, dialect: Dialect = "vaultkit", settings: CardSettings = DEFAULTS) -> tuple[CardBlock, ...]:
    return read_cards("Folder/n.md", parse_note(text.encode()), text, settings, dialect)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "## Flashcards #flashcards\n\nX?\n?\nA\n\nY?\n?\nB\n\n## Next\nq2::a2\n",
            [("X?", "flashcards"), ("Y?", "flashcards"), ("q2", "flashcards")],
            id="a heading with a tag names the deck of what follows",
        ),
        pytest.param(
            "# One #flashcards/1\n\na::b\n\n### Two #flashcards/2\n\n- c::d\n\n#flashcards/3\n\ne::f\n",
            [("a", "flashcards/1"), ("c", "flashcards/2"), ("e", "flashcards/3")],
            id="headings of any level, then a tag line",
        ),
        pytest.param(
            "#flashcards/a\n## X?\n?\nA\n\n## Y?\n?\nB\n",
            [("X?", "flashcards/a"), ("Y?", "flashcards/a")],
            id="the tag above the first question is the last resort of all others",
        ),
        pytest.param(
            "#flashcards/a\nQ1\n?\nA\n\nQ2\n?\nA\n\n#flashcards/b\nQ3\n?\nA\n\nQ4\n?\nA\n",
            [("Q1", "flashcards/a"), ("Q2", "flashcards/a"), ("Q3", "flashcards/b"), ("Q4", "flashcards/a")],
            id="a tag of a card below is not the deck of a card above",
        ),
        pytest.param(
            "a::b\n\n#flashcards/x c::d\n\n==e== f\n",
            [("a", "flashcards/x"), ("c", "flashcards/x"), ("==e== f", "flashcards/x")],
            id="single lines and clozes as well",
        ),
        pytest.param(
            "---\ntags: flashcards/p\n---\n#flashcards/x c::d\n\na::b\n",
            [("c", "flashcards/x"), ("a", "flashcards/p")],
            id="the properties come before the last resort",
        ),
        pytest.param(
            "%% #flashcards/math %%\n\nQ\n?\nA\n", [("Q", "flashcards/math")], id="a tag in a comment, as Obsidian lists it"
        ),
        pytest.param(
            "q::a\n\n%%\n#flashcards/late\n%%\n", [("q", "flashcards/late")], id="in a block comment below the card"
        ),
    ],
)  # fmt: skip
def test_decks_are_those_of_the_plugin(text: str, expected: list[tuple[str, str]]) -> None:
    for dialect in ("vaultkit", "osr"):
        found = [(block.front.lstrip("# -"), block.decks) for block in read(text, dialect)]  # type: ignore[arg-type]
        assert found == [(front, (deck,)) for front, deck in expected]
    assert {block.compat for block in read(text)} == {"same"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## What is BERT? #flashcards/nlp\nAn encoder.\n", [("heading", "What is BERT?", "An encoder.")]),
        ("## Flashcards #flashcards\n\n## Next\ntext\n", []),
        ("## #flashcards\n\ntext\n", []),
        ("# All #flashcards\n\nIntro\n\n# Cards\n\na::b\n", [("single-basic", "a", "b")]),
        ("# A #flashcards\n## B #flashcards/b\ntext\n", [("heading", "B", "text")]),
        ("## A #flashcards\n\nIt is ==b==\n", [("cloze", "It is ==b==", "It is ==b==")]),
        ("## A #flashcards\n\nQ: x\nA: y\n", [("qa", "x", "y")]),
        ("## A #flashcards\n\n> [!card] x\n> y\n", [("callout", "x", "y")]),
        ("## A #flashcards\n\n### B #card\ntext\n", [("heading", "B", "text")]),
        ("## A #card\n\nx::y\n", [("heading", "A", "x::y")]),
    ],
)
def test_a_heading_with_a_deck_tag_is_a_card_only_without_others(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [(block.kind, block.front, block.back) for block in read(text)] == expected


CALLOUT = "> [!sr|card-metadata] \n> <!--SR:!2026-12-01,4,270-->\n"


@pytest.mark.parametrize(
    ("card", "back", "schedules"),
    [
        ("The ==a== and ==b==\n<!--SR:!2020-01-01,4,270!2099-01-01,4,250-->\n", None, ["2020-01-01", "2099-01-01"]),
        ("- The ==a==\n- more\n<!--SR:!2020-01-01,4,270-->\n", None, ["2020-01-01"]),
        ("The ==a== <!--SR:!2020-01-01,4,270-->\n", None, ["2020-01-01"]),
        ("Capital of France::Paris\n" + CALLOUT, "Paris", ["2026-12-01"]),
        ("Capital of France:::Paris\n" + CALLOUT, "Paris", ["2026-12-01"]),
        ("Capital of Spain\n?\nMadrid\n" + CALLOUT, "Madrid", ["2026-12-01"]),
        ("Capital of Spain\n??\nMadrid\nis it\n" + CALLOUT, "Madrid\nis it", ["2026-12-01"]),
        ("The ==heart== pumps\n" + CALLOUT, None, ["2026-12-01"]),
    ],
)
def test_schedules_are_read_and_are_no_text(card: str, back: str | None, schedules: list[str]) -> None:
    text = f"#flashcards\n\n{card}\nnext::one\n"
    first, second = read(text)
    assert [entry.due for entry in first.schedules] == schedules
    assert (first.compat, second.front) == ("same", "next")
    for side in (first.front, first.back, *[card.front for card in first.cards]):
        assert "SR:" not in side and "[!sr" not in side
    assert back is None or first.back == back
    assert [[entry.due for entry in block.schedules] for block in read(text, "osr")] == [schedules, []]


def test_a_schedule_callout_stays_on_the_back_for_the_plugin() -> None:
    (block,) = read("#flashcards\n\nFrance::Paris\n" + CALLOUT, "osr")
    assert (block.end_line, block.back) == (5, "Paris\n> [!sr|card-metadata] \n>")


@pytest.mark.parametrize(
    ("text", "fronts"),
    [
        ("#🧠 Question::answer\n", ["Question"]),
        ("#todo Q2\n?\nA2\n", ["Q2"]),
        ("#todo\nQ3\n?\nA3\n", ["Q3"]),
        ("#todo the ==x== y\n", ["the ==x== y"]),
        ("- item #todo::x\n", ["item #todo"]),
    ],
)
def test_where_folders_are_decks_a_tag_is_taken_off_the_question(text: str, fronts: list[str]) -> None:
    assert [(block.front, block.decks, block.compat) for block in read(text, settings=FOLDERS)] == [
        (front, ("Folder",), "same") for front in fronts
    ]


def test_a_card_in_another_deck_of_the_plugin_says_so() -> None:
    (block,) = read("#flashcards/a #flashcards/b q::a\n")
    assert (block.decks, block.compat) == (("flashcards/a", "flashcards/b"), "plugin-differs")


def read_one(text: str, settings: CardSettings = DEFAULTS) -> CardBlock:
    (block,) = read(text, settings=settings)
    return block


def test_the_head_of_a_callout_is_no_part_of_a_question_in_it() -> None:
    assert read_one("#flashcards\n\n> [!note] T\n> What?\n> ?\n> That\n").front == "What?"


def test_ids_of_flashcards_obsidian_are_hidden() -> None:
    block = read_one("## Q #card\n\nback\n\n^1635660479578\n")
    assert (block.back, block.block_id) == ("back", "^1635660479578")


@pytest.mark.parametrize(
    ("properties", "deck"),
    [("cards-deck: A::B", "A/B"), ("cards-deck: A\ntags: [flashcards/x]", "flashcards/x"), ("cards-deck: [A]", None)],
)
def test_the_deck_of_flashcards_obsidian(properties: str, deck: str | None) -> None:
    block = read_one(f"---\n{properties}\n---\n## Q #card\nback\n")
    assert block.decks == ((deck,) if deck else ())


def test_a_separator_in_a_schedule_is_none() -> None:
    settings = CardSettings(single="->")
    block = read_one("#flashcards\n\nQ -> A\n<!--SR:!2026-01-01,3,250-->\n", settings)
    assert (block.front, block.back, len(block.schedules)) == ("Q", "A", 1)
    assert read("#flashcards\n\ntext\n\n<!--SR:!2026-01-01,3,250-->\n", settings=settings) == ()
    assert read_one("#flashcards\n\nthe ==gap== here <!--SR:!2026-01-01,3,250-->\n", settings).kind == "cloze"


@pytest.mark.parametrize(
    ("text", "schedules"),
    [
        pytest.param("q::a\n> <!--SR:!2026-12-01,4,270-->\n", 0, id="of another quote, which the plugin does not read"),
        pytest.param("> q::a\n> <!--SR:!2026-12-01,4,270-->\n", 1, id="in the quote of the card"),
        pytest.param("q::a\n" + CALLOUT, 1, id="in the callout of the plugin"),
        pytest.param("q::a\n  <!--SR:!2026-12-01,4,270-->\n", 1, id="indented"),
    ],
)
def test_a_schedule_in_a_quote_is_of_a_card_in_that_quote(text: str, schedules: int) -> None:
    assert [len(block.schedules) for block in read("#flashcards\n\n" + text)] == [schedules]


def test_the_schedule_of_a_quote_is_that_of_the_cloze_below() -> None:
    text = "#flashcards\n\nq::a\n> <!--SR:!2026-12-01,4,270-->\n==x== y\n"
    for dialect in ("vaultkit", "osr"):
        assert [len(block.schedules) for block in read(text, dialect)] == [0, 1]
