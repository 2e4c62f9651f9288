"""Tables and Quizlet text of any shape: headers, columns by name or number, answers of several lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.importers.importing import read_source
from vaultkit.cli.app import group

JLPT = "expression,reading,meaning,tags,guid\n食べる,たべる,to eat,verb n5,g1\n水,みず,water,,g2\n"


def sides(text: str, name: str = "a.csv", **more) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    return [(card.front, card.back) for card in read_source(text.encode(), name, **more).cards]


def test_a_header_is_known_by_two_names_of_columns() -> None:
    reading = read_source(JLPT.encode(), "n5.csv")
    first = reading.cards[0]
    assert (first.front, first.back, first.tags, first.key) == ("食べる", "to eat", ("verb", "n5"), "g1")
    assert reading.notes == ("column reading is in no card (2 cells); name columns with --front and --back",)


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        (JLPT, {"back": ("meaning", "reading")}, [("食べる", "to eat\nたべる"), ("水", "water\nみず")]),
        (JLPT, {"front": ("3",), "back": ("1",)}, [("to eat", "食べる"), ("water", "水")]),
        ("a,b,c\n1,2,3\n", {"front": ("b",)}, [("2", "1")]),
        ("a,b,c\n1,2,3\n", {"front": ("c",), "back": ("a",)}, [("3", "1")]),
        ("1,2,3\n4,5,6\n", {"front": ("3",), "back": ("1",)}, [("3", "1"), ("6", "4")]),
        ("x;y\nQ;A\n", {"back": ("x",)}, [("A", "Q")]),
    ],
)
def test_columns_by_name_or_number(
    text: str, columns: dict[str, tuple[str, ...]], expected: list[tuple[str, str]]
) -> None:
    assert sides(text, columns=columns) == expected


def test_a_column_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(
        VaultkitError, match="--back nothing: no such column; the columns are expression, reading, meaning"
    ):
        sides(JLPT, columns={"back": ("nothing",)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Capital of Peru,Lima\nWhat is Xkcd?,A webcomic, and math\n", [("Capital of Peru", "Lima"), ("What is Xkcd?", "A webcomic, and math")]),
        ("front,back\nWhat?,one, two, three\n", [("What?", "one, two, three")]),
        ("word,translation,tags\nHund,dog,animal\n", [("Hund", "dog")]),
        ("id,tags,Vorderteil,Rest\n1,t,Q,A\n", [("Q", "A")]),
        ("question,answer\nQ,A\n", [("Q", "A")]),
        ("id,name\n1,Oslo\n", [("id", "name"), ("1", "Oslo")]),
    ],
)  # fmt: skip
def test_tables(text: str, expected: list[tuple[str, str]]) -> None:
    assert sides(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Question?\t- answer part 1\n- answer part 2\nSecond?\tone line\n", [("Question?", "- answer part 1\n- answer part 2"), ("Second?", "one line")]),
        ("A\tone\n\nmore\nB\ttwo\n", [("A", "one\n\nmore"), ("B", "two")]),
        ("A\t\n1. x\n2. y\nB\ttwo\n", [("A", "1. x\n2. y"), ("B", "two")]),
        ("A\tone\r\ntwo\r\nB\tthree\r\n", [("A", "one\ntwo"), ("B", "three")]),
        ('say "hi"\t"x" y\nB\ttwo\n', [('say "hi"', '"x" y'), ("B", "two")]),
    ],
)  # fmt: skip
def test_quizlet_answers_of_several_lines(text: str, expected: list[tuple[str, str]]) -> None:
    assert sides(text, "set.txt") == expected


def test_lines_above_the_first_card_are_listed() -> None:
    reading = read_source(b"My set\nA\tone\nB\ttwo\n", "set.txt", format_name="quizlet")
    assert [(span.line, span.text, span.reason) for span in reading.leftovers] == [
        (1, "My set", "above the first card")
    ]


def test_columns_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "v/.obsidian").mkdir(parents=True)
    file = tmp_path / "n5.csv"
    file.write_text(JLPT, encoding="utf-8")
    words = ["import", str(file), "--to", str(tmp_path / "v/Deck"), "--back", "meaning", "--back", "reading"]
    result = CliRunner().invoke(group, words)
    assert result.exit_code == 0, result.output
    assert "in no card" not in result.output
    assert "食べる #verb #n5\n?\nto eat\nたべる" in (tmp_path / "v/Deck/n5.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "separators", "expected"),
    [
        ("What is Xkcd?,A webcomic, and math", (",", "\n"), [("What is Xkcd?", "A webcomic, and math", "")]),
        ("a - b - c;d - e", (" - ", ";"), [("a", "b - c", ""), ("d", "e", "")]),
        ("a\tb\tc\td", ("\t", "\n"), [("a", "b", "c\td")]),
        ("a = one\nmore\n\nb = two", (" = ", "\n\n"), [("a", "one\nmore", ""), ("b", "two", "")]),
    ],
)
def test_separators_of_ones_own(text: str, separators: tuple[str, str], expected: list[tuple[str, str, str]]) -> None:
    reading = read_source(text.encode(), "set.txt", field_separator=separators[0], card_separator=separators[1])
    assert [(card.front, card.back, card.hint) for card in reading.cards] == expected
