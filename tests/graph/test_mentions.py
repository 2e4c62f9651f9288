"""Mentions of note names in running text."""

from __future__ import annotations

import doctest
import random

import pytest

from vaultkit.graph import everyday_words, evidence, mentions
from vaultkit.graph.mentions import Mentions, names
from vaultkit.note.parse import parse_text
from vaultkit.vault.load import snapshot_of_texts as vault_of

NAMES = {
    "Cell.md": "---\naliases: [Zelle, small unit of life]\n---",
    "Cell wall.md": "",
    "LaTeX.md": "",
    "IT.md": "",
    "NASA.md": "",
    "City.md": "",
    "Process.md": "",
    "Buses.md": "",
    "adjacency-matrix.md": "",
    "x/Twin.md": "",
    "y/Twin.md": "",
    "Templates/Blank note.md": "",
    "2024-05-06.md": "",
    "细胞.md": "",
    "细胞壁.md": "",
    "データ.md": "",
    "세포.md": "",
    "เซลล์.md": "",
    "Ψυχή.md": "",
    "Café.md": "",
    "клетка.md": "",
    "C++ code.md": "",
    "Index.md": "",
}


def found(text: str) -> list[str]:
    """Mentions in a note "here": text>name(match)."""
    vault = vault_of({**NAMES, "here.md": text})
    return [
        f"{text[item.start : item.end]}>{item.name.text}({item.match})"
        for item in Mentions(names(vault)).find("here.md", parse_text(text), text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a Cell.", ["Cell>Cell(exact)"], id="whole word"),
        pytest.param("a cell, CELL WALL, CELL", ["cell>Cell(exact)", "CELL WALL>Cell wall(case)"], id="case of the first letter, of all; one word in capitals is an acronym"),
        pytest.param("Cells, cells", ["Cells>Cell(plural)", "cells>Cell(plural)"], id="plural"),
        pytest.param("cities process bus", ["cities>City(plural)", "process>Process(exact)", "bus>Buses(plural)"], id="irregular spelling"),
        pytest.param("the cell walls", ["cell walls>Cell wall(plural)"], id="longest match"),
        pytest.param("a cell wallet", ["cell>Cell(exact)"], id="longest match that is whole words"),
        pytest.param("excellent cellar Cell2 cell_x", [], id="no pieces of words"),
        pytest.param("cell-based, multi-cell, cell/x, x/cell, cell.py, @cell, #1cell, =cell", [], id="no pieces of compounds and paths"),
        pytest.param("the cell's wall; cell.", ["cell>Cell(exact)", "cell>Cell(exact)"], id="possessive, end of sentence"),
        pytest.param("**Cell** and (cell)", ["Cell>Cell(exact)", "cell>Cell(exact)"], id="marks around it"),
        pytest.param("Zelle; small unit of life", ["Zelle>Zelle(exact)", "small unit of life>small unit of life(exact)"], id="aliases"),
        pytest.param("latex LaTeX", ["latex>LaTeX(case)", "LaTeX>LaTeX(exact)"], id="odd capitals"),
        pytest.param("nasa and it; NASA", ["NASA>NASA(exact)"], id="acronyms keep their capitals"),
        pytest.param("an adjacency matrix", ["adjacency matrix>adjacency-matrix(spelling)"], id="file name spelling"),
        pytest.param("Twin, Blank note, 2024-05-06, index", [], id="ambiguous, template, date, structural"),
        pytest.param("`cell` $cell$ <b cell> <!-- cell --> %% cell %%", [], id="no code, math, HTML, comments"),
        pytest.param("```\ncell\n```\n\n    cell\n\n$$\ncell\n$$", [], id="no blocks of code and math"),
        pytest.param("[[cell]] [[x|cell]] [cell](x.md) [cell](https://a.b) ![cell](p.png) [cell][1] #cell", [], id="no links and tags"),
        pytest.param("https://a.b/?q=cell cell@x.org www.cell.org", [], id="no addresses"),
        pytest.param("# Cell\n\nCell\n===\n\ntext", [], id="no headings"),
        pytest.param("---\ntitle: cell\n---\n> [!cell] cell", ["cell>Cell(exact)"], id="no properties, no callout type"),
        pytest.param("植物细胞壁和细胞", ["细胞壁>细胞壁(exact)", "细胞>细胞(exact)"], id="Chinese"),
        pytest.param("データは。ビッグデータの", ["データ>データ(exact)"], id="Japanese, no piece of a Katakana run"),
        pytest.param("세포는 작다. 세포분열", ["세포>세포(exact)"], id="Korean, with particle"),
        pytest.param("ในเซลล์พืช", ["เซลล์>เซลล์(exact)"], id="Thai"),
        pytest.param("η ψυχή, Ψυχή", ["ψυχή>Ψυχή(exact)", "Ψυχή>Ψυχή(exact)"], id="Greek"),
        pytest.param("Клетка и клетки", ["Клетка>клетка(exact)"], id="Cyrillic"),
        pytest.param("a cafe\u0301, a café", ["cafe\u0301>Café(exact)", "café>Café(exact)"], id="both Unicode forms"),
        pytest.param("使用LaTeX排版", ["LaTeX>LaTeX(exact)"], id="Latin inside Chinese"),
        pytest.param("İ cell", ["cell>Cell(exact)"], id="letters whose lower case is longer"),
    ],
)  # fmt: skip
def test_mentions(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_note_does_not_mention_itself() -> None:
    text = "Cell and cell wall"
    vault = vault_of({**NAMES, "Cell.md": text})
    mentions_found = Mentions(names(vault)).find("Cell.md", parse_text(text), text)
    assert [item.name.text for item in mentions_found] == ["Cell wall"]


def test_no_names_no_mentions() -> None:
    assert Mentions(()).find("a.md", parse_text("text"), "text") == []


def test_mentions_are_whole_and_apart_in_any_text() -> None:
    chance = random.Random(5)
    pieces = [
        *"cell wall Cells 细胞壁 データ [[ ]] ` $ | # - \n \n\n > < % * _".split(" "),
        "Cell wall",
        "[x](y)",
        "\\",
    ]
    vault = vault_of(NAMES)
    finder = Mentions(names(vault))
    for _ in range(200):
        text = " ".join(chance.choice(pieces) for _ in range(30))
        note = parse_text(text)
        end = 0
        for item in finder.find("here.md", note, text):
            assert item.start >= end
            assert text[item.start : item.end] == item.text
            assert not any(link.start < item.end and item.start < link.end for link in note.links)
            end = item.end


@pytest.mark.parametrize("module", [mentions, evidence, everyday_words])
def test_examples_in_docstrings(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed
