"""Blocks that PyYAML reads otherwise than npm ``yaml`` 2.8, which gave the expected values."""

from __future__ import annotations

import pytest

from vaultkit.note.properties import read_properties
from vaultkit.note.yaml_reading import text_places
from vaultkit.refactor.plan import plan_move
from vaultkit.refactor.renaming import renaming
from vaultkit.vault.load import snapshot_of_texts as vault_of


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param('icon: "\\uD83D\\uDE00"\n', {"icon": "😀"}, id="two escapes of one character"),
        pytest.param('icon: "x\\ud83d\\ude00\\ud83d\\ude01"\n', {"icon": "x😀😁"}, id="two of them"),
        pytest.param("icon: '\\uD83D\\uDE00'\n", {"icon": "\\uD83D\\uDE00"}, id="no escape in single quotes"),
        pytest.param(
            "a: \"\\uD83D\\uDE00\"\nb: '\\uD83D\\uDE00'\n",
            {"a": "😀", "b": "\\uD83D\\uDE00"},
            id="both kinds of quotes",
        ),
        pytest.param('icon: "\\\\uD83D\\\\uDE00"\n', {"icon": "\\uD83D\\uDE00"}, id="escaped backslashes"),
        pytest.param('icon: "\\uD83D"\n', {"icon": "\ufffd"}, id="half a character, which no text can hold"),
        pytest.param("a: x\u2028y\n", {"a": "x\u2028y"}, id="a line separator"),
        pytest.param("a: x\u0085y\n", {"a": "x\u0085y"}, id="next line"),
        pytest.param('a: "x\u2029y"\n', {"a": "x\u2029y"}, id="a paragraph separator in quotes"),
        pytest.param("a: |\n  x\u2028y\n  z\n", {"a": "x\u2028y\nz\n"}, id="in a block text"),
        pytest.param("a: [x\u2028y, z]\n", {"a": ["x\u2028y", "z"]}, id="in a list"),
        pytest.param("title: \x7f\x7fx\n", {"title": "\x7f\x7fx"}, id="DEL"),
        pytest.param('a: "x\x01y"\n', {"a": "x\x01y"}, id="a control character in quotes"),
        pytest.param("a\x7f: 1\na: 2\n", {"a\x7f": 1, "a": 2}, id="in a name"),
        pytest.param("a: \uffff\n", {"a": "\uffff"}, id="no character at all"),
        pytest.param("a: \U00100041 \x7f\n", {}, id="beside a private character, which stands for others here"),
        pytest.param("a: \U000f0041\x7f\n", {"a": "\U000f0041\x7f"}, id="beside an icon"),
        pytest.param('a: "x\n y"\n', {"a": "x y"}, id="an indented line of a text"),
        pytest.param('a: "x\n\n y"\n', {"a": "x\ny"}, id="a blank line in a text"),
        pytest.param("a: [x,\n y]\n", {"a": ["x", "y"]}, id="an indented line of a list"),
        pytest.param("a: [\n  x,\n  y\n]\n", {"a": ["x", "y"]}, id="only the last bracket is not indented"),
        pytest.param("l:\n  - [x,\n  ]\n", {"l": [["x"]]}, id="the last bracket below the dash"),
        pytest.param("a: [x,\n# c\n y]\n", {"a": ["x", "y"]}, id="a comment in a list"),
        pytest.param("a:\n  [x,\n y]\n", {"a": ["x", "y"]}, id="less than the line before"),
        pytest.param("l:\n- 'x\n y'\n", {"l": ["x y"]}, id="in a list with dashes"),
    ],
)
def test_what_is_read(block, expected):
    values, error = read_properties(block)
    assert dict(values) == expected
    assert (error is None) == bool(expected)


@pytest.mark.parametrize(
    ("block", "line"),
    [
        pytest.param('a: "x\ny"\n', 1, id="double quotes"),
        pytest.param("a: 'x\ny'\n", 1, id="single quotes"),
        pytest.param('a: "x\n\ny"\n', 2, id="behind a blank line"),
        pytest.param('a: "x\n"\n', 1, id="the last quote"),
        pytest.param('a: "x\n\ty"\n', 1, id="a tab"),
        pytest.param("a: [x,\ny]\n", 1, id="a list"),
        pytest.param("a: {x: 1,\ny: 2}\n", 1, id="a mapping"),
        pytest.param("a: [\n\tx,\n\ty\n]\n", 1, id="tabs in a list"),
        pytest.param("a: [[x],\n[y]]\n", 1, id="a list of lists"),
        pytest.param("b: 1\na: &x [y,\nz]\n", 2, id="behind an anchor"),
        pytest.param('l:\n  - "x\n  y"\n', 2, id="below a dash"),
        pytest.param('a:\n  b: "x\n  y"\n', 2, id="below a nested name"),
        pytest.param('a:\n  - b: "x\n    y"\n', 2, id="below a name behind a dash"),
    ],
)
def test_a_line_that_is_not_indented_makes_the_block_unusable(block, line):
    values, error = read_properties(block)
    assert dict(values) == {}
    assert error is not None
    assert (error.kind, block.count("\n", 0, error.start)) == ("yaml", line)


def test_places_are_those_in_the_block():
    block = 'icon: "\\uD83D\\uDE00"\nt: \x7fx\nup: "[[b]]"\n'
    assert [(place.value, block[place.start : place.end]) for place in text_places(block)] == [
        ("😀", '"\\uD83D\\uDE00"'),
        ("\x7fx", "\x7fx"),
        ("[[b]]", '"[[b]]"'),
    ]


@pytest.mark.parametrize("line", ['icon: "\\uD83D\\uDE00"', "t: x\u2028y", "t: \x7fx"])
def test_a_link_in_such_a_block_follows_a_move(line):
    text = f'---\n{line}\nup: "[[b]]"\n---\n'
    texts = {"a.md": text, "b.md": ""}
    vault = vault_of(texts)
    move = plan_move(vault, renaming(vault, "b", "c"), lambda path: texts[path].encode())
    assert [rewrite.after.decode() for rewrite in move.rewrites] == [text.replace("[[b]]", "[[c]]")]
