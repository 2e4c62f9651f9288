"""Dialect osr, clozes and what stands round cards: the plugin's own ways, found by running it on random notes beside ours."""

from __future__ import annotations

import pytest

from vaultkit.cards.collection import inspector
from vaultkit.cards.model import CardSettings
from vaultkit.cards.reader.osr_cloze import has_cloze, osr_cloze_cards
from vaultkit.note.parse import parse_text

HIGHLIGHT = ("==[123;;]answer[;;hint]==",)


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        pytest.param("a ==b== c ==d==", [("a [...] c d", "a b c d"), ("a b c [...]", "a b c d")], id="simple"),
        pytest.param("==1;;x== ==y==", [("[...] ==y==", "x ==y==")], id="one number: the others stay as written"),
        pytest.param("==2;;x==", [("x", "x"), ("[...]", "x")], id="a hole in the numbers asks nothing"),
        pytest.param("==0;;x==", [], id="number 0 makes no card"),
        pytest.param(
            "==ash;;x== ==has;;y==",
            [("[...] ...", "x ..."), ("x [...]", "x y"), ("... y", "... y")],
            id="overlapping: what is hidden is hidden behind, too, and a step that asks nothing is a card",
        ),
        pytest.param("==x;;why==", [("[why]", "x")], id="a hint"),
        pytest.param("== == ==", [("[...] ==", "  ==")], id="a space is an answer"),
        pytest.param("==$$1== ==b==", [("[...] b", "$1 b"), ("$1 [...]", "$1 b")], id="two dollars are one"),
        pytest.param("x ==$&==", [("x [...]", "x ==$&==")], id="$& is what was replaced"),
        pytest.param("==a== ==a==", [("[...] a", "a a"), ("a [...]", "a a")], id="equal ones in turn"),
        pytest.param("a == b", [], id="not closed"),
    ],
)
def test_cards_as_the_plugin_makes_them(text: str, cards: list[tuple[str, str]]) -> None:
    assert [(card.front, card.back) for card in osr_cloze_cards(text, HIGHLIGHT)] == cards


def test_patterns_may_have_their_parts_in_any_order() -> None:
    pattern = (r"==answer==[\[hint\]][^123]",)
    assert [(card.front, card.back) for card in osr_cloze_cards("a ==b==[why] c", pattern)] == [("a [why] c", "a b c")]
    assert [card.front for card in osr_cloze_cards("==b==^1 ==c==^2", pattern)] == ["[...] c", "b [...]"]
    assert not has_cloze("==b==", ("==answer==",))  # the plugin takes no pattern that lacks a part


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param(
            "#flashcards\n\nQ::A\nthen ==b==\n", [("single-basic", 3, 3, "flashcards", ""), ("cloze", 3, 4, "flashcards", "")],
            id="text right below a card of one line is said to begin where that does",
        ),
        pytest.param(
            "#flashcards\n\n==a== x ^one\nmore ^two\n", [("cloze", 3, 4, "flashcards", "^two")],
            id="the block id is the one at the very end",
        ),
        pytest.param(
            "#flashcards\n\n <!--SR:!2024-01-01,3,250-->\n#own ==a==\n", [("cloze", 3, 4, "own", "")],
            id="a tag behind a schedule is the card's own",
        ),
        pytest.param(
            "#flashcards/a\n\n==a==\nnear #flashcards/b\n\n==c==\n",
            [("cloze", 3, 4, "flashcards/a", ""), ("cloze", 6, 6, "flashcards/a", "")],
            id="a tag inside a card is no tag of the note",
        ),
        pytest.param(
            "#flashcards/own Q::A\nR::B\n", [("single-basic", 1, 1, "flashcards/own", ""), ("single-basic", 2, 2, "flashcards/own", "")],
            id="the first tag is the last resort, a card's own as well",
        ),
        pytest.param("#other Q::A\n", [], id="another tag alone is no deck"),
    ],
)  # fmt: skip
def test_blocks_as_the_plugin_sees_them(text: str, blocks: list[tuple[str, int, int, str, str]]) -> None:
    found = inspector(CardSettings(), "osr")(parse_text(text, False), text)
    assert [(b.kind, b.line, b.end_line, ", ".join(b.decks), b.block_id) for b in found] == blocks
