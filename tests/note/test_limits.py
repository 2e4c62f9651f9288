"""Absurd notes: each is read at once and says something sensible.

The sizes are such that work growing with the square of the input would take minutes, so nobody
needs a clock to notice.
"""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from vaultkit.note.model import Note
from vaultkit.note.parse import parse_note, parse_text
from vaultkit.note.properties import MAX_HIDDEN_LINKS, read_properties
from vaultkit.vault.cached_metadata import cached_metadata


def counts(note: Note) -> dict[str, int]:
    """How many there are of what a note holds, where there are any."""
    names = ("links", "tags", "headings", "sections", "list_items", "blocks", "footnote_refs", "dead", "malformed")
    return {name: len(getattr(note, name)) for name in names if getattr(note, name)}


PARAGRAPH = {"sections": 1}
N = 100_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[" * N, PARAGRAPH | {"malformed": 1}, id="open brackets"),
        pytest.param("[[a " * N, PARAGRAPH | {"malformed": N}, id="wikilinks that nobody closes"),
        pytest.param("[[a " * N + "]]", PARAGRAPH | {"links": 1, "malformed": N - 1}, id="only the last one closed"),
        pytest.param("[[ " * N + "]] " * N, PARAGRAPH | {"malformed": 1}, id="each closed, the innermost is empty"),
        pytest.param("![[" * N, PARAGRAPH | {"malformed": N}, id="embeds that nobody closes"),
        pytest.param("[[[a" + "]" * N, PARAGRAPH | {"links": 1}, id="a long run of closing brackets"),
        pytest.param("[[a]]" * N, PARAGRAPH | {"links": N}, id="one line of links"),
        pytest.param("[[a" + "[" * N, PARAGRAPH | {"malformed": 2}, id="brackets inside an open link"),
        pytest.param("[^" * N, PARAGRAPH, id="footnote references that nobody closes"),
        pytest.param("[^a]" * N, PARAGRAPH | {"footnote_refs": N}, id="footnote references"),
        pytest.param("_#a_b_ " * N, PARAGRAPH | {"tags": N}, id="tags at the start of emphasis"),
        pytest.param("# a" + " " * N + "b", PARAGRAPH | {"headings": 1}, id="a heading with a gulf in it"),
        pytest.param("# a" + " #" * N + " b", PARAGRAPH | {"headings": 1}, id="a heading with hashes in it"),
        pytest.param("`" * N, {"sections": 1, "dead": 1, "malformed": 1}, id="a fence of backticks alone"),
        pytest.param("\\" * N + "[[a]]", PARAGRAPH | {"links": 1}, id="an even number of backslashes"),
        pytest.param("\\" * (N + 1) + "[[a]]", PARAGRAPH, id="an odd number of backslashes"),
        pytest.param("a b [[c]] " * (N // 10), PARAGRAPH | {"links": N // 10}, id="a line of 100,000 characters"),
        pytest.param("$$\n" * N, {"sections": N // 2, "dead": N // 2}, id="math blocks"),
        pytest.param("%%\n" * N, {"sections": N // 2}, id="block comments"),
        pytest.param("\r\n" * N, {}, id="nothing but line ends"),
    ],
)
def test_large_input(text: str, expected: dict[str, int]) -> None:
    assert counts(parse_text(text)) == expected


@pytest.mark.parametrize("marker", ["> ", "- ", "1. ", "- [ ] ", "* > ", "**", "_a ", "[", "![", "<div>\n", "{{", "(("])
def test_deep_nesting_does_not_run_out_of_stack(marker: str) -> None:
    note = parse_text(marker * 5_000 + " [[end]]")
    assert note.fault == ""
    assert [link.linkpath for link in note.links] in (["end"], [])


def test_a_very_large_note_is_read() -> None:
    text = "# Part\n\nA line with [[a link]] and #a/tag in it.\n\n" * 60_000  # 3 MB
    note = parse_text(text)
    assert counts(note) == {"links": 60_000, "tags": 60_000, "headings": 60_000, "sections": 120_000}


def nested(open_: str, close: str, depth: int) -> str:
    return "a: " + open_ * depth + close * depth


def laughs(count: int) -> str:
    """Each value holds nine times the one before it."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, count)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        pytest.param(laughs(20), "aliases make the block explode", id="anchors that explode"),
        pytest.param(f"{laughs(8)}\n? *a7\n: b", "a key of more than 100 values", id="anchors that explode in a key"),
        pytest.param("a: &a [*a]", "found unconstructable recursive node", id="a list that holds itself"),
        pytest.param("a: &a {b: *a}", "found unconstructable recursive node", id="a mapping that holds itself"),
        pytest.param(nested("[", "]", 5_000), "values are nested more than 100 deep", id="5,000 brackets"),
        pytest.param("a: " + "[" * 5_000, "values are nested more than 100 deep", id="5,000 open brackets"),
        pytest.param("- " * 5_000 + "a", "values are nested more than 100 deep", id="5,000 dashes in a line"),
        pytest.param(
            "\n".join(" " * n + "a:" for n in range(500)), "values are nested more than 100 deep", id="500 indents"
        ),
        pytest.param("k: 'v'''\n" * 112_000, "the property block is longer than 1,000,000 characters", id="1 MB"),
        pytest.param("a: !!bool maybe", "'maybe' is neither true nor false", id="a wrong word under a tag"),
        pytest.param("a: !!map [b]", "name: value pairs are expected here", id="a list said to be a mapping"),
        pytest.param("a: !!set b", "name: value pairs are expected here", id="a text said to be a set"),
        pytest.param("a: !!int b", "invalid literal for int() with base 10: 'b'", id="a text said to be a number"),
    ],
)
def test_property_blocks_that_are_refused(block: str, message: str) -> None:
    values, error = read_properties(block)
    assert dict(values) == {}
    assert error is not None
    assert (error.kind, error.message) == ("yaml", message)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param("a: " + "9" * 5_000, {"a": math.inf}, id="more digits than Python reads, plain"),
        pytest.param("a: -" + "9" * 5_000, {"a": -math.inf}, id="the same below zero"),
        pytest.param("a: [" + "9" * 5_000 + "]", {"a": [math.inf]}, id="the same in a list"),
        pytest.param("a: 0x" + "f" * 5_000, {"a": math.inf}, id="the same in base 16"),
        pytest.param("a: 1e999", {"a": math.inf}, id="a number beyond measure"),
        pytest.param("a: !!binary aGk=", {"a": "aGk="}, id="bytes stay as they are written"),
        pytest.param("a: !!set {x, y}", {"a": {"x": None, "y": None}}, id="a set is a mapping to nothing"),
        pytest.param("a: !!omap [x: 1]", {"a": [{"x": 1}]}, id="an ordered mapping is a list"),
        pytest.param("a: !!timestamp 2001-99-99", {"a": "2001-99-99"}, id="no date is read"),
        pytest.param("a: !!python/object/apply:os.abort []", {"a": None}, id="nothing is run"),
    ],
)
def test_odd_values_are_plain_data(block: str, expected: dict[str, Any]) -> None:
    values, error = read_properties(block)
    assert error is None
    assert dict(values) == expected
    text = f"---\n{block}\n---\n"
    json.dumps(cached_metadata(parse_text(text), text), allow_nan=False)  # JSON has no infinity


def test_links_that_escapes_hide_have_the_place_of_the_block() -> None:
    hidden = '  - "[[\\x62]]"\n' * (MAX_HIDDEN_LINKS + 1)
    note = parse_text(f'---\nup:\n  - "[[a]]"\n{hidden}  - "[[c]]"\n---\n')
    places = [(link.linkpath, link.start) for link in note.property_links]
    assert places[0] == ("a", 13)
    assert places[1:-1] == [("b", 4)] * (MAX_HIDDEN_LINKS + 1)
    assert places[-1] == ("c", 4)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b"caf\xe9", "not UTF-8: byte 0xE9 at offset 3", id="Latin-1"),
        pytest.param("a".encode("utf-16"), "UTF-16, Obsidian reads UTF-8", id="UTF-16, little end first"),
        pytest.param(b"\xfe\xff\0a", "UTF-16, Obsidian reads UTF-8", id="UTF-16, big end first"),
        pytest.param("a".encode("utf-16-le"), "a NUL byte at offset 1, so this is not text", id="UTF-16, no mark"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0", "not UTF-8: byte 0x89 at offset 0", id="a picture called .md"),
        pytest.param(b"a\xed\xa0\x80", "not UTF-8: byte 0xED at offset 1", id="half a surrogate pair"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, fault: str) -> None:
    note = parse_note(data)
    assert note.fault == fault
    assert counts(note) == {}
