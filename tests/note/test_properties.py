"""Front matter: where it stands, what it says, what makes it unusable (rules R60 to R65, R23)."""

from __future__ import annotations

from typing import Any

import pytest

from vaultkit.note.parse import parse_text
from vaultkit.note.properties import SimpleProperties, aliases, read_properties, text_list


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("---\na: b\n---\nx", "---\na: b\n---", id="R60 the plain case"),
        pytest.param("---\r\na: b\r\n---\r\nx", "---\r\na: b\r\n---", id="R60 with CRLF"),
        pytest.param("---  \na: b\n---\t \nx", "---  \na: b\n---", id="R60 spaces behind the marks"),
        pytest.param("---\n---\nx", "---\n---", id="R60 empty"),
        pytest.param("---\n\n\na: b\n---", "---\n\n\na: b\n---", id="R60 blank lines inside, also first"),
        pytest.param("---\na: b\n---", "---\na: b\n---", id="at the end of the note"),
        pytest.param("\n---\na: b\n---", None, id="R60 no blank line before it"),
        pytest.param(" ---\na: b\n---", None, id="R60 no space before it"),
        pytest.param("---\na: b\n", None, id="R60 never closed: no front matter"),
        pytest.param("----\na: b\n---", None, id="four dashes"),
        pytest.param("---\na: b\n----\n---", "---\na: b\n----\n---", id="four dashes do not close"),
        pytest.param("---\na: b\n ---\n---", "---\na: b\n ---\n---", id="nor dashes behind a space"),
        pytest.param("---\na: |\n  x\n---\ny\n---", "---\na: |\n  x\n---", id="the first mark closes"),
        pytest.param("--- a\n---", None, id="text behind the mark"),
    ],
)
def test_where_front_matter_stands(text: str, expected: str | None) -> None:
    matter = parse_text(text).frontmatter
    assert (text[matter.start : matter.end] if matter else None) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param("a: text", {"a": "text"}, id="a text"),
        pytest.param("a: 'it''s'", {"a": "it's"}, id="a quoted one with a quote"),
        pytest.param('a: "x\\ty"', {"a": "x\ty"}, id="a quoted one with an escape"),
        pytest.param("a: x # y", {"a": "x"}, id="a comment"),
        pytest.param("a: x#y", {"a": "x#y"}, id="a hash inside a text is none"),
        pytest.param("a: http://x.org/b:c", {"a": "http://x.org/b:c"}, id="a colon inside a text"),
        pytest.param("a:\nb: ~\nc: null", {"a": None, "b": None, "c": None}, id="nothing"),
        pytest.param("a: true\nb: FALSE\nc: yes\nd: off", {"a": True, "b": False, "c": "yes", "d": "off"}, id="truth, in YAML 1.2"),
        pytest.param("a: 1\nb: -2\nc: 1.5\nd: 1e3\ne: 007", {"a": 1, "b": -2, "c": 1.5, "d": 1000.0, "e": 7}, id="numbers"),
        pytest.param("a: 0x1F\nb: 0o17\nc: 1_000\nd: 12:30", {"a": 31, "b": 15, "c": "1_000", "d": "12:30"}, id="numbers of YAML 1.2 only"),
        pytest.param("a: 2024-05-01\nb: 2024-05-01T12:00:00", {"a": "2024-05-01", "b": "2024-05-01T12:00:00"}, id="R62 dates stay texts"),
        pytest.param("a: [x, 2, 'y z']", {"a": ["x", 2, "y z"]}, id="a list in brackets"),
        pytest.param("a:\n  - x\n  - 2", {"a": ["x", 2]}, id="a list of lines"),
        pytest.param("a:\n- x", {"a": ["x"]}, id="a list of lines, not indented"),
        pytest.param("a:\n  - \n  - x\nb:\n-\nc: d", {"a": [None, "x"], "b": [None], "c": "d"}, id="items with nothing in them"),
        pytest.param("a: []\nb: {}", {"a": [], "b": {}}, id="empty ones"),
        pytest.param("a:\n  b:\n    c: d", {"a": {"b": {"c": "d"}}}, id="R62 nested maps are kept"),
        pytest.param("a: >-\n  x\n  y\nb: |\n  x\n  y\n", {"a": "x y", "b": "x\ny\n"}, id="folded and literal texts"),
        pytest.param("a: [[x]]", {"a": [["x"]]}, id="R23 a bare wikilink is a list in a list"),
        pytest.param("a b: c\nДата: d\n日付: e", {"a b": "c", "Дата": "d", "日付": "e"}, id="names with spaces, of any script"),
        pytest.param("1: a\ntrue: b\nnull: c", {"1": "a", "true": "b", "null": "c"}, id="names are texts"),
        pytest.param('{"a": [1, {"b": null}]}', {"a": [1, {"b": None}]}, id="R65 a JSON object"),
        pytest.param("a: &x [1]\nb: *x", {"a": [1], "b": [1]}, id="R65 anchors"),
        pytest.param("<<: x", {"<<": "x"}, id="no merge keys in YAML 1.2"),
        pytest.param("A: x\na: y", {"A": "x", "a": "y"}, id="names that differ in case"),
        pytest.param("# nothing\n\n", {}, id="comments only"),
        pytest.param("    \na: b\n     \nc:\n   \n  - d\n", {"a": "b", "c": ["d"]}, id="lines of spaces are blank lines"),
    ],
)  # fmt: skip
def test_values(block: str, expected: dict[str, Any]) -> None:
    found, error = read_properties(block)
    assert error is None
    assert dict(found) == expected
    assert list(map(type, found.values())) == list(map(type, expected.values()))


@pytest.mark.parametrize(
    ("block", "kind", "place"),
    [
        pytest.param("a: b\nc: [d", "yaml", None, id="R61 broken YAML"),
        pytest.param("a: b: c", "yaml", "1:5", id="R61 a colon too many"),
        pytest.param("a:\n\tb: c", "yaml", "2:1", id="R61 a tab as indent"),
        pytest.param("a: @b", "yaml", "1:4", id="R61 a character that YAML reserves"),
        pytest.param("a: *b", "yaml", "1:4", id="an alias without its anchor"),
        pytest.param("a: b\nc: d\na: e", "duplicate-key", "3:1", id="R61 a name twice"),
        pytest.param("x:\n  a: b\n  a: c", "duplicate-key", "3:3", id="R61 a name twice, nested"),
        pytest.param("- a\n- b", "not-a-mapping", "1:1", id="R61 a list"),
        pytest.param("just text", "not-a-mapping", "1:1", id="R61 a single text"),
        pytest.param("42", "not-a-mapping", "1:1", id="R61 a single number"),
        pytest.param("a: b\n\x07", "yaml", None, id="a control character"),
    ],
)
def test_unusable_blocks(block: str, kind: str, place: str | None) -> None:
    text = f"---\n{block}\n---\n[[x]]"
    note = parse_text(text)
    assert note.frontmatter is not None
    assert dict(note.properties) == {}
    assert note.frontmatter.error is not None
    assert note.frontmatter.error.kind == kind
    assert note.frontmatter.error.message
    assert [link.linkpath for link in note.links] == ["x"], "the rest of the note is read"
    before = block[: note.frontmatter.error.start - 4]
    found = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert place is None or found == place


def test_plain_blocks_take_the_fast_way() -> None:
    for block in (
        "a: b\ntags:\n  - c\n  - d\n",
        "aliases: [x, 'y']\ndate: 2024-05-01\n",
        'a: "b"\n\nc:\n',
        "a: >-\n  b\n",
        "aliases:\n  - \nb: c\n",
    ):
        found, _ = read_properties(block)
        assert isinstance(found, SimpleProperties), block


@pytest.mark.parametrize(
    "block",
    [
        "a: b\n  c",
        "a: b # c",
        "a: 'b''c'",
        'a: "\\x"',
        "a: {b: c}",
        "a: b: c",
        "a: b\na: c",
        "a:\n  - b\n - c",
        "a: \tb",
        "- b",
    ],
)
def test_blocks_of_more_than_one_meaning_do_not(block: str) -> None:
    assert not isinstance(read_properties(block)[0], SimpleProperties)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param("aliases: [a, b c]", ("a", "b c"), id="R64 a list"),
        pytest.param("aliases: a, b", ("a, b",), id="R64 a text with a comma is one alias"),
        pytest.param("Aliases: a", ("a",), id="the name in any case"),
        pytest.param("aliases:\n  - a\n  -\n  - 3", ("a", "3"), id="empty members, numbers"),
        pytest.param("aliases: ''", (), id="an empty text"),
        pytest.param("alias: a", (), id="R45 the old key is not read"),
        pytest.param("aliases: {a: b}", (), id="a mapping is none"),
        pytest.param("x: aliases\naliases: a", ("a",), id="the word in another value"),
    ],
)
def test_aliases(block: str, expected: tuple[str, ...]) -> None:
    assert aliases(parse_text(f"---\n{block}\n---\n").properties) == expected


def test_a_list_of_texts_is_found_in_any_mapping() -> None:
    assert text_list({"CssClasses": ["wide"]}, "cssclasses") == ("wide",)
    assert text_list({}, "cssclasses") == ()


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param("up: '[[a]]'", [("up", "a", None)], id="R23 a text that is one link"),
        pytest.param('up: "[[a#b|c]]"', [("up", "a#b", "c")], id="R23 subpath and display text"),
        pytest.param("up:\n  - '[[a]]'\n  - x\n  - '[[b]]'", [("up.0", "a", None), ("up.2", "b", None)], id="R23 list members"),
        pytest.param("x:\n  y:\n    - '[[a]]'", [("x.y.0", "a", None)], id="R23 nested maps"),
        pytest.param("up: 'see [[a]]'", [], id="R23 the whole value only"),
        pytest.param("up: '[[a]] [[b]]'", [], id="R23 not two links"),
        pytest.param("up: [[a]]", [], id="R23 not quoted, no link"),
        pytest.param("up: '[t](a%20b.md)'", [("up", "a b.md", "t")], id="R23 a Markdown link"),
        pytest.param("up: '[t](https://a.org)'", [], id="R20 a URL"),
        pytest.param("up: '![[a.png]]'", [], id="an embed is none"),
        pytest.param("[[a]]: b", [], id="a name is none"),
    ],
)  # fmt: skip
def test_links_in_properties(block: str, expected: list[tuple[str, str, str | None]]) -> None:
    note = parse_text(f"---\n{block}\n---\n")
    assert [(link.key, link.linktext, link.display) for link in note.property_links] == expected


def test_where_property_links_are_written() -> None:
    text = '---\nup: "[[a]]"\nother:\n  - "[[b|c]]"\n  - "[[a]]"\n---\n'
    note = parse_text(text)
    assert [text[link.start : link.end] for link in note.property_links] == ["[[a]]", "[[b|c]]", "[[a]]"]
    assert [text.count("\n", 0, link.start) for link in note.property_links] == [1, 3, 4]
