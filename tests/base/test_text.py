"""Bytes and text: decoding, lines, edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.base.text import Edit, apply_edits, decode, line_and_column, line_of, line_starts


@pytest.mark.parametrize(
    ("data", "text", "has_bom"),
    [
        pytest.param(b"", "", False, id="nothing"),
        pytest.param("é😀".encode(), "é😀", False, id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfa", "a", True, id="a byte order mark is no text"),
        pytest.param(b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa", True, id="but only the first"),
        pytest.param(b"a\r\nb\rc\n", "a\r\nb\rc\n", False, id="line ends are kept"),
    ],
)
def test_decode(data: bytes, text: str, has_bom: bool) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.has_bom, decoded.fault) == (text, has_bom, "")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b"abc\xff", "byte 0xFF at offset 3", id="no UTF-8"),
        pytest.param(b"\xef\xbb\xbfab\xff", "byte 0xFF at offset 2", id="counted behind the mark"),
        pytest.param(b"abc\xc3", "byte 0xC3 at offset 3", id="cut off in a character"),
        pytest.param(b"\xff\xfea\0", "UTF-16", id="UTF-16"),
        pytest.param(b"a\0", "NUL byte at offset 1", id="NUL"),
    ],
)
def test_what_is_no_text(data: bytes, fault: str) -> None:
    decoded = decode(data)
    assert decoded.text == ""
    assert fault in decoded.fault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", (0,), id="an empty text has one line"),
        pytest.param("a\n", (0, 2), id="a last line end opens a line"),
        pytest.param("a\r\nb\rc\nd", (0, 3, 7), id="LF ends a line, a lone CR does not"),
        pytest.param("a\u2028b\x0bc\x85d", (0,), id="nor do other separators"),
    ],
)
def test_line_starts(text: str, expected: tuple[int, ...]) -> None:
    assert line_starts(text) == expected


@given(st.text(alphabet="ab\n\r😀"))
def test_lines_and_columns_lead_back(text: str) -> None:
    starts = line_starts(text)
    for offset in range(len(text) + 1):
        line, column = line_and_column(starts, offset)
        assert line_of(starts, offset) == line - 1
        assert sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1 == offset


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param([], "abcdef", id="none"),
        pytest.param([Edit(1, 2, "X")], "aXcdef", id="a change"),
        pytest.param([Edit(4, 5, ""), Edit(0, 1, "XY")], "XYbcdf", id="in any order"),
        pytest.param([Edit(2, 2, "X"), Edit(2, 3, "Y")], "abXYdef", id="an insertion before a change"),
        pytest.param([Edit(6, 6, "!")], "abcdef!", id="at the end"),
        pytest.param([Edit(1, 3, "X"), Edit(3, 4, "Y")], "aXYef", id="two that touch"),
    ],
)
def test_apply_edits(edits: list[Edit], expected: str) -> None:
    assert apply_edits("abcdef", tuple(edits)) == expected


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="edits overlap"):
        apply_edits("abcdef", (Edit(1, 3, ""), Edit(2, 4, "")))
