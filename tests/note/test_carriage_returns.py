"""Notes with CRLF: read as with LF, all offsets are those of the text as it is."""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text

NOTES = [
    "---\na: '[[N]]'\n---\n# H\n\na [[N#H|t]] #tag ^id\n",
    "- a\n  - [ ] [[N]]\n\n- b ^id\n\n^other\n",
    "> [!note] a\n> b\n\n| a |\n| - |\n| [[N]] |\n",
    "[^1]: a\n\n    b\n\n[r]: n.md\n\n[r] [^1] ^[c]\n",
    "```\na\n```\n\n$$\nb\n$$\n\n%%\n[[N]]\n%%\n\n<div>\n\n**a\n[[b\n",
]


@pytest.mark.parametrize("text", NOTES)
def test_spans_cover_the_same_text(text: str) -> None:
    with_returns = text.replace("\n", "\r\n")
    plain, note = parse_text(text), parse_text(with_returns)
    for name in (
        "links", "tags", "headings", "sections", "list_items", "callouts", "footnotes", "footnote_refs",
        "reference_definitions", "reference_links", "dead", "malformed", "blocks",
    ):  # fmt: skip
        expected = [text[item.start : item.end] for item in getattr(plain, name)]
        found = [with_returns[item.start : item.end].replace("\r\n", "\n") for item in getattr(note, name)]
        assert found == expected, name
    assert [with_returns[block.caret :][: len(block.id) + 1] for block in note.blocks] == [
        "^" + block.id for block in plain.blocks
    ]
    assert note.length == len(with_returns)
    assert len(note.line_starts) == len(plain.line_starts)


def test_a_return_alone_ends_a_line() -> None:
    assert [section.kind for section in parse_text("a\r\r# H\rb").sections] == ["paragraph", "heading", "paragraph"]
