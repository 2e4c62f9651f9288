"""Which lines a list owns, where its items begin, and by how much the lines of an item are indented.

Source: Obsidian's cache of real notes, whose parser is remark-parse 8.
"""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("- a\nb\n- c", ["list"], id="a line below without indent"),
        pytest.param("- a\n> b", ["list"], id="a quote"),
        pytest.param("- a\n<!-- b -->\n", ["list"], id="an HTML comment"),
        pytest.param("- a\n$$\nb\n$$", ["list"], id="math"),
        pytest.param("- a\n%% b %%", ["list"], id="a comment on one line"),
        pytest.param("- a\n  \n  b", ["list"], id="an indented line behind a line of spaces"),
        pytest.param("- a\n\n\n\n- b", ["list"], id="an item behind blank lines"),
        pytest.param("- a\n\n1.2 b", ["list"], id="what only resembles a marker counts as indent"),
        pytest.param("- a\n  ```\nb\n  ```\n\n# H", ["list", "heading"], id="a fence whose content is not indented"),
        pytest.param("- a\n\nb", ["list", "paragraph"], id="text behind a blank line ends it"),
        pytest.param("- a\n# b", ["list", "heading"], id="so does a heading"),
        pytest.param("- a\n```\nb\n```", ["list", "code"], id="a fence"),
        pytest.param("- a\n***\nb", ["list", "thematicBreak", "paragraph"], id="a thematic break"),
        pytest.param("- a\n%% b\nc\n%%", ["list", "comment"], id="a comment of more lines"),
        pytest.param("- a\n* b", ["list", "list"], id="another bullet begins another list"),
        pytest.param("1. a\n2. b\n3) c", ["list", "list"], id="so does another mark behind a number"),
        pytest.param("-a", ["paragraph"], id="a marker needs a space"),
        pytest.param("- - -", ["thematicBreak"], id="a thematic break is no list"),
    ],
)
def test_what_a_list_owns(text: str, expected: list[str]) -> None:
    assert [section.kind for section in parse_text(text).sections] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("- a\n  - b\n    - c", [("- a", -1), ("- b", 0), ("- c", 1)], id="two columns for a bullet"),
        pytest.param("- a\n    - b", [("- a", -1), ("  - b", 0)], id="more than two stay"),
        pytest.param("1. a\n    - b", [("1. a", -1), ("- b", 0)], id="four for a digit, a dot and a space"),
        pytest.param("1) a\n    - b", [("1) a", -1), (" - b", 0)], id="three for a parenthesis"),
        pytest.param("10. a\n    - b", [("10. a", -1), ("- b", 0)], id="four for two digits"),
        pytest.param("1.  a\n    - b", [("1.  a", -1), ("- b", 0)], id="four with a second space"),
        pytest.param("1. a\n\t- b", [("1. a", -1), ("- b", 0)], id="a tab has four"),
        pytest.param("- a\n\t- b\n\t\t- c", [("- a", -1), ("- b", 0), ("- c", 1)], id="tabs"),
        pytest.param("- a\n\t- b\n    - c", [("- a", -1), ("- b", 0), ("- c", 1)], id="tabs and spaces"),
        pytest.param("- a\n      - b\n  - c", [("- a\n      - b", -1), ("- c", 0)], id="too deep is text"),
        pytest.param("- a\n    - b\n      c\n    - d", [("- a", -1), ("  - b\n      c", 0), ("  - d", 0)], id="text in an inner item"),
        pytest.param("- a\n  b\n  - c", [("- a\n  b", -1), ("- c", 0)], id="two lines before the inner list"),
        pytest.param("- a\n  2. b", [("- a\n  2. b", -1)], id="only 1. interrupts text"),
        pytest.param("- a\n  1. b", [("- a", -1), ("1. b", 0)], id="and it does"),
        pytest.param("- a|b\n  - c", [("- a|b", -1), ("- c", 0)], id="a pipe, no table"),
        pytest.param("- [ ] a\n  - b", [("- [ ] a", -1), ("- b", 0)], id="a task"),
        pytest.param("- [a]: b\n  - c", [("- [a]: b", -1), ("- c", 0)], id="a definition"),
        pytest.param("> - a\n>   - b\n> - c", [("- a", -1), ("- b", 0), ("- c", -1)], id="in a quote"),
    ],
)  # fmt: skip
def test_columns_of_items(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(text[item.start : item.end], item.parent) for item in parse_text(text).list_items] == expected


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
@pytest.mark.parametrize("link", ["[[N]]", "**[[N]]**", "[t](N.md)", "a [[N]] b"])
def test_links_in_inner_lists_are_where_they_are_written(indent: str, link: str) -> None:
    text = f"x\n\n- {link}\n{indent}- {link}\n{indent}- {link}\n- {link}\n"
    note = parse_text(text)
    assert len(note.links) == 4
    assert {text[one.start : one.end] for one in note.links} == {link.strip("*ab ")}
