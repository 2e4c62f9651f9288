"""Headings (rules R50 to R53; closed questions are settled by Obsidian's own cache of real vaults)."""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text


def headings(text: str) -> list[tuple[int, str, str]]:
    """Level, text, and what the span covers."""
    return [(item.level, item.text, text[item.start : item.end]) for item in parse_text(text).headings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# A", [(1, "A", "# A")], id="R50 the plain case"),
        pytest.param("###### A", [(6, "A", "###### A")], id="R50 six levels"),
        pytest.param("####### A", [], id="R50 not seven"),
        pytest.param("#A", [], id="R50 a space is needed"),
        pytest.param("#\tA", [(1, "A", "#\tA")], id="R50 or a tab"),
        pytest.param("# ", [(1, "", "# ")], id="R50 an empty one"),
        pytest.param("#", [(1, "", "#")], id="R50 an empty one at the end of the note"),
        pytest.param("## A ##", [(2, "A", "## A ##")], id="R50 closing hashes are no text"),
        pytest.param("## A #####  ", [(2, "A", "## A #####  ")], id="R50 any number of them"),
        pytest.param("# A#", [(1, "A#", "# A#")], id="R50 but behind a space only"),
        pytest.param("# A \\#", [(1, "A \\#", "# A \\#")], id="R50 an escaped one stays"),
        pytest.param("# #", [(1, "", "# #")], id="R50 nothing but closing hashes"),
        pytest.param("   # A", [(1, "A", "   # A")], id="R50 up to three spaces before it"),
        pytest.param("    # A", [], id="R32 four make it code"),
        pytest.param("x\n# A", [(1, "A", "# A")], id="it interrupts a paragraph"),
        pytest.param("#   A  b  ", [(1, "A  b", "#   A  b  ")], id="spaces around the text are no part of it"),
        pytest.param("# A\u00a0", [(1, "A", "# A\u00a0")], id="a no-break space, too"),
        pytest.param("# A\r\nx", [(1, "A", "# A")], id="a carriage return, too"),
        pytest.param("A\n===", [(1, "A", "A\n===")], id="R51 setext, first level"),
        pytest.param("A\n---", [(2, "A", "A\n---")], id="R51 setext, second level"),
        pytest.param("A\nb\n---", [], id="R51 setext headings have one line of text"),
        pytest.param("\n---", [], id="a rule is none"),
        pytest.param("# [[a|b]] *c* `d` #e", [(1, "[[a|b]] *c* `d` #e", "# [[a|b]] *c* `d` #e")], id="R52 raw"),
        pytest.param("> # A", [], id="R53 not in a quote"),
        pytest.param("> [!note]\n> # A", [], id="R53 not in a callout"),
        pytest.param("- # A", [], id="not in a list item"),
        pytest.param("- x\n\n  # A", [], id="not in a list item, further down"),
        pytest.param("- x\n\n# A", [(1, "A", "# A")], id="behind a list"),
        pytest.param("%%\n# A\n%%\n# B", [(1, "B", "# B")], id="R36 not in a block comment"),
        pytest.param("```\n# A\n```", [], id="not in code"),
        pytest.param("$$\n# A\n$$", [], id="not in math"),
        pytest.param("---\n# A\n---\n# B", [(1, "B", "# B")], id="R37 a comment of YAML is none"),
        pytest.param("<!--\n# A\n-->", [], id="not in an HTML comment"),
        pytest.param("[^1]: x\n\n    # A", [], id="not in a footnote"),
    ],
)
def test_headings(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert headings(text) == expected
