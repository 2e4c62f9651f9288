"""Marks of emphasis that stay visible. Source: CommonMark 0.31, "Emphasis and strong emphasis"; GFM for ``~~``."""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text


@pytest.mark.parametrize(
    "text",
    [
        "**a**", "a**b**c", "***a***", "***a**", "**a*", "~~a~~", "a~~b~~c", "`**`", "$**$", "\\**a**", "__a", "a ****",
        "**[[N]]** **b:** c", "**[a](b.md)**", "[**a**](b.md)", "**a `b** c`", "- **a**\n  - **b** c",
    ],
)  # fmt: skip
def test_marks_that_are_not_shown(text: str) -> None:
    assert [item for item in parse_text(text).malformed if item.kind == "literal-mark"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**a", [(0, "**")], id="nothing closes it"),
        pytest.param("a**", [(1, "**")], id="nothing opens it"),
        pytest.param("~~a", [(0, "~~")], id="struck"),
        pytest.param("a ** b", [(2, "**")], id="spaces around"),
        pytest.param("** a**", [(0, "**"), (4, "**")], id="a space inside the first"),
        pytest.param("**a **", [(0, "**"), (4, "**")], id="a space inside the second"),
        pytest.param("~~a ~~", [(0, "~~"), (4, "~~")], id="struck, a space inside"),
        pytest.param("**a:**b", [(0, "**"), (4, "**")], id="punctuation inside, a letter outside"),
        pytest.param("**あ。**い", [(0, "**"), (4, "**")], id="punctuation of another script"),
        pytest.param("**a** **b", [(6, "**")], id="the third of three"),
        pytest.param("_a **b_ c**", [(3, "**"), (9, "**")], id="across another mark"),
        pytest.param("[**a](b.md)**", [(1, "**"), (11, "**")], id="across a link"),
        pytest.param("**a\n\n**b", [(0, "**"), (5, "**")], id="across blocks"),
        pytest.param("> **a\n> b", [(2, "**")], id="in a quote"),
    ],
)
def test_marks_that_are_shown(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(item.start, item.text) for item in parse_text(text).malformed] == expected
