"""What is written into a note is read back as the same cards, whatever their text."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultkit.cards.importers.model import ImportedCard
from vaultkit.cards.model import CardSettings
from vaultkit.cards.notes.writing import Style, note_text
from vaultkit.cards.reader.read import read_cards
from vaultkit.cards.text_keys import clean
from vaultkit.note.parse import parse_note

EXAMPLES = int(os.environ.get("VAULTKIT_EXAMPLES", "300"))
PIECES = [
    "::", ":::", "?", "??", "\n", "\n\n", "\\", "\\?", ":\\:", "#", "# ", "## x", "#card", "#flashcards/x", "#flashcards ",
    "<!--", "-->", "<!--SR:!2024-01-01,3,250-->", "%%", "==", "==x==", "```", "~~~", "`", "$", "$$", "[[", "]]", "|", "| a |",
    "---", "+++", "<br>", "<br", "\\<br>", " ^id", "^vk-1", "Q: ", "A: ", "A:", "> ", "> [!card] t", "- ", "- [ ] ", "1. ", "* ",
    "[answer goes here]", "[a:: b]", "(k:: v)", "\t", "    ", "\u00a0", "\u2028", "\x0b", "\x1c", "word", "é", "🎴", "{{c1::x}}",
]  # fmt: skip
DEFAULTS = CardSettings()
words = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("".join)
sides = st.one_of(words, st.text(max_size=60)).map(clean)
cards = st.lists(st.tuples(sides, sides, st.sampled_from(["basic", "reversed"]), st.booleans()), max_size=4)


def written(rows: list[tuple[str, str, str, bool]], style: Style, own: CardSettings = DEFAULTS) -> str:
    made = [
        (
            ImportedCard(front, back, 0, 0, 0, 0, n, kind=kind, tags=("t/x", "y") if tagged else ()),
            f"vk-{n}" if n % 2 else "",
        )
        for n, (front, back, kind, tagged) in enumerate(rows)
    ]
    return note_text(made, deck="Deck", source="s", format_name="csv", sha256="0" * 64, style=style, settings=own)


@pytest.mark.parametrize("style", ["plain", "heading"])
def test_parse_of_write_is_the_same_cards(style: Style) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(cards)
    @example([("", "", "basic", False), ("x", "```\na\n\nb\n```", "basic", False), ("q", "a", "basic", True)])
    @example([("- a", "b", "basic", False), ("1. a", "# b", "reversed", False)])
    @example([("", "$$", "basic", False), ("0", "0", "basic", False), ("", "$$", "basic", False)])
    @example([("$\\$", "`$$` $$", "basic", False), ("0", "0", "basic", False), ("$$$", "$$", "basic", False)])
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


OWN = [
    CardSettings(single=";;", single_reversed=";;;", multi="&&", multi_reversed="&&&", flashcard_tags=("#cards/own",)),
    CardSettings(single="->", single_reversed="<->", multi="--", multi_reversed="<>", end_marker="+++"),
    CardSettings(single="", single_reversed="", end_marker="***"),
    CardSettings(multi="", multi_reversed=""),
]
own_words = st.lists(
    st.sampled_from([*PIECES, ";;", ";", "&&", "\\&&", "->", "<->", "--", "<>", "***", "#cards/own", "#Cards/own/x"]),
    max_size=8,
).map("".join)
own_sides = own_words.map(clean)
own_cards = st.lists(st.tuples(own_sides, own_sides, st.sampled_from(["basic", "reversed"]), st.booleans()), max_size=3)


@pytest.mark.parametrize("own", OWN, ids=["signs", "arrows", "no one-line cards", "no cards of several lines"])
def test_a_vault_with_signs_of_its_own_reads_what_is_written(own: CardSettings) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(own_cards)
    @example([("a;;b", "&&\nc", "basic", True), ("-> x", "y --", "reversed", False)])
    @example([("q", "", "basic", False), ("q", "", "reversed", True)])
    @example([("q", "| a |\n|---|\n| b |\n\nafter\n***\n+++", "basic", False), ("next", "one", "basic", False)])
    def run(rows: list[tuple[str, str, str, bool]]) -> None:
        rows = [row for row in rows if row[0] or row[1]]
        text = written(rows, "plain", own)
        blocks = read_cards("n.md", parse_note(text.encode()), text, own)
        assert [(block.front, block.back) for block in blocks] == [(front, back) for front, back, _, _ in rows], text
        assert [block.kind.endswith("reversed") for block in blocks] == [kind == "reversed" for _, _, kind, _ in rows]

    run()


def test_the_deck_is_nested_in_the_tag_of_the_vault() -> None:
    text = written([("a", "b", "basic", False)], "plain", OWN[0])
    (block,) = read_cards("n.md", parse_note(text.encode()), text, OWN[0])
    assert block.decks == ("cards/own/deck",)
    assert "a;;b" in text


@pytest.mark.parametrize("style", ["plain", "heading"])
@pytest.mark.parametrize("front", ["q", "a\nb", "", "q\n(hint: no)", "(hint: no)", "q\n\\(hint: no)", "#t\nq #t"])
@pytest.mark.parametrize("hint", ["", "see p. 3", "a::b", "#x) (y #z"])
@pytest.mark.parametrize("tags", [(), ("t/x", "y")])
@pytest.mark.parametrize("kind", ["basic", "reversed"])
def test_hints_and_tags_stand_behind_the_question(
    front: str, hint: str, tags: tuple[str, ...], kind: str, style: Style
) -> None:
    card = ImportedCard(front, "answer", 0, 0, 0, 0, 1, kind=kind, tags=tags, hint=hint)
    text = note_text([(card, "vk-1")], deck="D", source="s", format_name="csv", sha256="0" * 64, style=style)
    (block,) = read_cards("n.md", parse_note(text.encode()), text, CardSettings())
    assert (block.front, block.back, block.hint, block.tags) == (front, "answer", hint, tags), text


def test_a_cloze_keeps_its_tags() -> None:
    card = ImportedCard("==1;;Oslo== is\n==2;;cold==", "", 0, 0, 0, 0, 1, kind="cloze", tags=("geo", "a/b"))
    text = note_text([(card, "vk-1")], deck="D", source="s", format_name="apkg", sha256="0" * 64, style="plain")
    (block,) = read_cards("n.md", parse_note(text.encode()), text, CardSettings())
    assert (block.front, block.tags, block.block_id) == (card.front, card.tags, "^vk-1")
    assert [one.front for one in block.cards] == ["[...] is\ncold", "Oslo is\n[...]"]
