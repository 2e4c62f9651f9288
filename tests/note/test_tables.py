"""Tables: which lines are rows and what is in their cells. Source: Obsidian's cache of real notes."""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text
from vaultkit.note.tables import cells


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a | b\n- | -\nc | d", ["table"], id="without pipes around"),
        pytest.param("|a|b|\n|-|-|-|\n|c|", ["table"], id="more columns in the rule than in the head"),
        pytest.param("|a|\n|:-:|\n| |\n||", ["table"], id="empty cells"),
        pytest.param("|a|\n|-|\nb", ["table", "paragraph"], id="a row needs a pipe"),
        pytest.param("x\n|a|\n|-|", ["paragraph"], id="it does not interrupt a paragraph"),
        pytest.param("|a|b|\n|-||", ["paragraph"], id="a column of the rule needs a dash"),
        pytest.param("|a|", ["paragraph"], id="no rule"),
    ],
)
def test_tables(text: str, expected: list[str]) -> None:
    assert [section.kind for section in parse_text(text).sections] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("| a | b |", ["a", "b"], id="the spaces around are dropped"),
        pytest.param("a|b", ["a", "b"], id="no pipes around"),
        pytest.param("| a \\| b | c", ["a \\| b", "c"], id="an escaped pipe cuts nothing"),
        pytest.param("| `a|b` |", ["`a", "b`"], id="one in code does"),
        pytest.param("|  ||", [], id="empty cells are left out"),
    ],
)
def test_cells(row: str, expected: list[str]) -> None:
    assert [row[start:end] for start, end in cells(row, 0, len(row))] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("[[N\\|t]]", ["N"], id="an escaped pipe"),
        pytest.param("[[N]]", ["N"], id="no display text"),
        pytest.param("[[N|t]]", [], id="a raw pipe cuts the link"),
        pytest.param("![[a.png|50]]", [], id="and the embed"),
    ],
)
def test_wikilinks_in_cells(cell: str, expected: list[str]) -> None:
    note = parse_text(f"| a | b |\n| - | - |\n| x | {cell} |\n")
    assert [link.linkpath for link in note.links] == expected
