"""Fenced code, line by line: what hides cards and what does not."""

from __future__ import annotations

import pytest

from vaultkit.cards.model import CardSettings
from vaultkit.cards.reader.fences import fence_lines
from vaultkit.cards.reader.read import read_cards
from vaultkit.note.parse import parse_note


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        pytest.param("```\na\n```\nb", "xxx.", id="closed"),
        pytest.param("```\na\n\nb", "xxxx", id="unclosed: to the end"),
        pytest.param("````\n```\n````\nb", "xxx.", id="a longer fence"),
        pytest.param("~~~\n```\n~~~\nb", "xxx.", id="another mark"),
        pytest.param("> ```\n> a\n\nb", "xx..", id="a quote ends it"),
        pytest.param("> ```\n> a\n> ```\nb", "xxx.", id="closed in a quote"),
        pytest.param("> ```\n> a\n>\n> b\n\nc", "xxxx..", id="an empty line of the quote does not"),
        pytest.param("> ```\n> a\n\n```\nb\n```\nc", "xx.xxx.", id="the next fence is its own"),
        pytest.param("- ```\n  a\n\nb", "xx..", id="a list item ends it"),
        pytest.param("- ```\n  a\n\n  b\n\nc", "xxxx..", id="a blank line within the item does not"),
        pytest.param("- x\n  ```\n  a\n\nb", ".xx..", id="below the text of the item"),
        pytest.param("- x\n\t```\n\ta\n\n- b", ".xx..", id="the next item"),
        pytest.param("1. x\n   ```\n   a\n   ```\nb", ".xxx.", id="closed in an item"),
        pytest.param("- x\n  ```\na\n\nb\n  ```\nc", ".xxxxx.", id="code that was not indented with its item"),
        pytest.param("   ```\na\n\nb\n```\nc", "xxxxx.", id="indented, but in no list"),
    ],
)
def test_fence_lines(text: str, inside: str) -> None:
    assert "".join("x" if is_in else "." for is_in in fence_lines(text.split("\n"))) == inside


@pytest.mark.parametrize("opening", ["> ```\n> code", "- ```\n  code", "1. text\n   ```\n   code", "> [!note]\n> ```"])
def test_cards_below_a_quote_or_item_with_an_open_fence_are_read(opening: str) -> None:
    text = f"#flashcards\n\n{opening}\n\nQ1::A1\n"
    blocks = read_cards("n.md", parse_note(text.encode()), text, CardSettings())
    assert [(block.front, block.compat) for block in blocks] == [("Q1", "same")]


def test_many_fences_are_read_in_linear_time() -> None:
    lines = ["- ```"] * 4000 + ["````"] * 4000 + ["> ~~~"] * 4000
    assert len(fence_lines(lines)) == 12000
