"""Definitions of reference links. Source: Obsidian's cache of real notes, whose parser is remark-parse 8."""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param("[a]: b", ("a", "b", ""), id="the plain case"),
        pytest.param("[a]: b#c (t)", ("a", "b", "#c"), id="a subpath and a title in parentheses"),
        pytest.param("[a]: <b c>", ("a", "b c", ""), id="in angle brackets"),
        pytest.param("[a]:\nb", ("a", "b", ""), id="the destination on the next line"),
        pytest.param("[a]: b 't'", ("a", "b", ""), id="a title"),
        pytest.param('[a]: b\n"t\nu"', ("a", "b", ""), id="a title of two lines"),
        pytest.param("[\\]]: b", ("\\]", "b", ""), id="an escaped bracket in the label"),
        pytest.param("[a]: https://b", None, id="a URL is no target in the vault"),
    ],
)
def test_definitions(text: str, target: tuple[str, str, str] | None) -> None:
    note = parse_text(text)
    assert [section.kind for section in note.sections] == ["definition"]
    assert [(one.id, one.linkpath, one.subpath) for one in note.reference_definitions] == ([target] if target else [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[a]: b 't", id="a title that is not closed"),
        pytest.param("[a]: b\n't", id="even on the next line"),
        pytest.param("[a]: b c", id="text behind the destination"),
        pytest.param("[]: b", id="no label"),
        pytest.param("[a]:", id="no destination"),
        pytest.param("x\n[a]: b", id="it does not interrupt a paragraph"),
    ],
)
def test_what_is_no_definition(text: str) -> None:
    note = parse_text(text)
    assert [section.kind for section in note.sections] == ["paragraph"]
    assert note.reference_definitions == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[a] b\n\n[b]\n\n[c]: d\n\n[e]: f", ["c", "e"], id="brackets that end no label come before"),
        pytest.param("[a\n\n[b\\]\n\n[c] d\n\n[e]: f", ["e"], id="and one that is escaped"),
        pytest.param("> [a\n>\n> [b] c\n>\n> [e]: f", ["e"], id="in a quote"),
    ],
)
def test_definitions_behind_other_brackets(text: str, expected: list[str]) -> None:
    assert [one.id for one in parse_text(text).reference_definitions] == expected
