"""TX002: notes that are no UTF-8 text."""

from __future__ import annotations

import pytest

from vaultkit.cli.entry_point import run


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "café"}, id="UTF-8"),
        pytest.param({"a.md": b"\xef\xbb\xbfcaf\xc3\xa9"}, id="BOM"),
        pytest.param({"a.md": ""}, id="empty"),
        pytest.param({"a.md": "a\tb\r\nc\x0cd\u0085\u200b"}, id="tabs, line ends, a page break"),
    ],
)
def test_undecodable_is_silent(lint, files):
    assert lint(files, "TX002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": b"caf\xe9"},
            [
                "a.md:1:1: TX002 undecodable: not a UTF-8 text file: not UTF-8: byte 0xE9 at offset 3; save the note as UTF-8"
            ],
            id="Latin-1",
        ),
        pytest.param(
            {"a.md": b"\xff\xfec\x00a\x00f\x00\xe9\x00"},
            [
                "a.md:1:1: TX002 undecodable: not a UTF-8 text file: UTF-16, Obsidian reads UTF-8; save the note as UTF-8"
            ],
            id="UTF-16",
        ),
        pytest.param(
            {"a.md": b"a\x00b"},
            [
                "a.md:1:1: TX002 undecodable: not a UTF-8 text file: a NUL byte at offset 1, so this is not text; save the note as UTF-8"
            ],
            id="NUL",
        ),
        pytest.param(
            {"a.md": b"\x89PNG\r\n\x1a\n"},
            [
                "a.md:1:1: TX002 undecodable: not a UTF-8 text file: not UTF-8: byte 0x89 at offset 0; save the note as UTF-8"
            ],
            id="a picture by another name",
        ),
        pytest.param(
            {"a.md": "one\nbell\x07 and \x1b[1mbold\x1b[0m"},
            [
                "a.md:2:5: TX002 undecodable: control character 0x07 in the text, shown as a box or hidden, and 2 more in this note"
            ],
            id="control bytes",
        ),
        pytest.param(
            {"a.md": "del\x7f"},
            ["a.md:1:4: TX002 undecodable: control character 0x7F in the text, shown as a box or hidden"],
            id="one control byte",
        ),
    ],
)
def test_undecodable_is_found(lint, files, expected):
    assert lint(files, "TX002") == expected


@pytest.mark.parametrize(
    ("content", "title"),
    [
        pytest.param(b"caf\xe9", "save as UTF-8, from Windows-1252", id="one accent"),
        pytest.param("# Ünder\n".encode("utf-16"), "save as UTF-8, from UTF-16", id="UTF-16 with a mark"),
        pytest.param("plain words\n".encode("utf-16-le"), "save as UTF-8, from UTF-16", id="UTF-16 without a mark"),
        pytest.param("Привет, мир".encode("cp1251"), None, id="Cyrillic in Windows-1251"),
        pytest.param(b"PK\x03\x04\0\0\xff\xfe", None, id="a zip file"),
        pytest.param("ab\x07c", "remove the control bytes", id="a control byte"),
    ],
)
def test_undecodable_offers_what_is_certain(findings, content, title):
    found = findings({"a.md": content}, "TX002")
    assert [finding.fix and (finding.fix.title, finding.fix.is_safe) for finding in found] == [title and (title, False)]


def test_undecodable_is_mended_and_then_read_as_text(tmp_path, monkeypatch):
    """What the note says counts in the next round, and other fixes are made in it, too."""
    (tmp_path / "a.md").write_bytes("caf\u00e9 [[b|300]]\r\n\u201cquoted\u201d [[c|300]] [[c|300]]".encode("cp1252"))
    (tmp_path / "b.md").write_bytes("[[a]]".encode("utf-16"))
    (tmp_path / "c.md").write_bytes(b"\xff\xfe\0\0zip")
    before = (tmp_path / "c.md").read_bytes()
    monkeypatch.chdir(tmp_path)
    assert run(["check", "--select", "TX002,LK008", "--fix", "--unsafe-fixes", "--isolated"]) == 1
    assert (tmp_path / "a.md").read_bytes().decode() == "café [[b]]\r\n“quoted” [[c]] [[c]]"
    assert (tmp_path / "b.md").read_bytes() == b"[[a]]"
    assert (tmp_path / "c.md").read_bytes() == before


def test_a_lost_escape_is_not_taken_out(findings, fixed):
    text = "C:\x08acon and /\x08\\d+/ and `\x08`\n\x08[x]\n"
    assert [finding.line for finding in findings({"a.md": text}, "TX002")] == [1]
    assert fixed({"a.md": text}, "TX002") == {"a.md": text.replace("\n\x08", "\n")}
    assert [finding.fix for finding in findings({"a.md": "C:\x08acon"}, "TX002")] == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("--fields-terminated\x02by", None, id="a hyphen of a PDF"),
        pytest.param("var/mysql\x02\x02files", None, id="two of them"),
        pytest.param("master\x02\ndata", None, id="at the end of a line"),
        pytest.param("to \x1cnd", None, id="a ligature"),
        pytest.param("non\x1ebreaking", None, id="a hyphen of a word processor"),
        pytest.param("end.\x02\n- one\x08\n\x01 - two", "end.\n- one\n - two", id="apart from words"),
        pytest.param("\x1b[1mbold\x1b[0m.", "[1mbold\x1b[0m.", id="a colour of a terminal at a word"),
    ],
)
def test_a_lost_hyphen_or_ligature_is_not_taken_out(fixed, text, expected):
    assert fixed({"a.md": text}, "TX002")["a.md"] == (text if expected is None else expected)
