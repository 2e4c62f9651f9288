"""TX002: notes that are no UTF-8 text."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "café"}, id="UTF-8"),
        pytest.param({"a.md": b"\xef\xbb\xbfcaf\xc3\xa9"}, id="BOM"),
        pytest.param({"a.md": ""}, id="empty"),
    ],
)
def test_undecodable_is_silent(lint, files):
    assert lint(files, "TX002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": b"caf\xe9"},
            ["a.md:1:1: TX002 undecodable: the note is not text: not UTF-8: byte 0xE9 at offset 3; save it as UTF-8"],
            id="Latin-1",
        ),
        pytest.param(
            {"a.md": b"\xff\xfec\x00a\x00f\x00\xe9\x00"},
            ["a.md:1:1: TX002 undecodable: the note is not text: UTF-16, Obsidian reads UTF-8; save it as UTF-8"],
            id="UTF-16",
        ),
        pytest.param(
            {"a.md": b"a\x00b"},
            [
                "a.md:1:1: TX002 undecodable: the note is not text: a NUL byte at offset 1, so this is not text; save it as UTF-8"
            ],
            id="NUL",
        ),
        pytest.param(
            {"a.md": b"\x89PNG\r\n\x1a\n"},
            ["a.md:1:1: TX002 undecodable: the note is not text: not UTF-8: byte 0x89 at offset 0; save it as UTF-8"],
            id="a picture by another name",
        ),
    ],
)
def test_undecodable_is_found(lint, files, expected):
    assert lint(files, "TX002") == expected
