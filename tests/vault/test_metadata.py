"""A note in the shape of Obsidian's ``CachedMetadata``."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.cached_metadata import cached_metadata, link_tables, note_metadata
from vaultkit.note.parse import parse_note, parse_text


def cache(text: str) -> dict[str, Any]:
    return cached_metadata(parse_text(text), text)


def span(line: int, column: int, offset: int, end: tuple[int, int, int]) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": line, "col": column, "offset": offset},
        "end": {"line": end[0], "col": end[1], "offset": end[2]},
    }


def test_an_empty_note_has_no_keys() -> None:
    assert cache("") == {}
    assert cache("---\n---\n") == {"sections": [{"type": "yaml", "position": span(0, 0, 0, (1, 3, 7))}]}


def test_keys_of_empty_lists_are_absent() -> None:
    assert set(cache("text")) == {"sections"}
    assert set(cache("# [[a]] #b")) == {"links", "tags", "headings", "sections"}


def test_a_link() -> None:
    assert cache("x\n[[a#b|c]] ![[d]]")["links"] == [
        {"position": span(1, 0, 2, (1, 9, 11)), "link": "a#b", "original": "[[a#b|c]]", "displayText": "c"}
    ]
    assert cache("![[d#e]]")["embeds"] == [
        {"position": span(0, 0, 0, (0, 8, 8)), "link": "d#e", "original": "![[d#e]]", "displayText": "d > e"}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("é #a", span(0, 2, 2, (0, 4, 4)), id="a letter of two bytes is one unit"),
        pytest.param("😀 #a", span(0, 3, 3, (0, 5, 5)), id="an astral character is two units"),
        pytest.param("😀\n😀 #a", span(1, 3, 6, (1, 5, 8)), id="columns count from their own line"),
        pytest.param("#a😀", span(0, 0, 0, (0, 4, 4)), id="inside the span, too"),
        pytest.param("x\r\n#a", span(1, 0, 2, (1, 2, 4)), id="CR before a line feed is not counted"),
        pytest.param("x\r#a", span(1, 0, 2, (1, 2, 4)), id="a lone CR ends a line"),
    ],
)
def test_positions_are_utf_16(text: str, expected: dict[str, Any]) -> None:
    assert [tag["position"] for tag in cache(text)["tags"]] == [expected]


def test_a_byte_order_mark_is_not_counted() -> None:
    note = parse_note(b"\xef\xbb\xbf#a")
    assert note.has_bom
    assert cached_metadata(note, "#a") == cache("#a")


def test_list_items_blocks_and_sections_know_their_ids() -> None:
    found = cache("- [x] a ^Id\n- b")
    assert found["listItems"] == [
        {"position": span(0, 0, 0, (0, 11, 11)), "parent": -1, "task": "x", "id": "Id"},
        {"position": span(1, 0, 12, (1, 3, 15)), "parent": -1},
    ]
    assert found["blocks"] == {"id": {"position": span(0, 0, 0, (0, 11, 11)), "id": "Id"}}
    assert cache("a ^P")["sections"] == [{"type": "paragraph", "position": span(0, 0, 0, (0, 4, 4)), "id": "P"}]


def test_footnotes_and_references() -> None:
    found = cache("a[^1]\n\n[^1]: b\n\n[r]: c.md#d")
    assert [item["id"] for item in found["footnotes"]] == ["1"]
    assert [item["id"] for item in found["footnoteRefs"]] == ["1"]
    assert [(item["id"], item["link"]) for item in found["referenceLinks"]] == [("r", "c.md#d")]


def test_front_matter() -> None:
    found = cache("---\nup: '[[a|b]]'\nn: 2.0\nd: 2024-05-01\nbad: .nan\n---\n")
    assert found["frontmatter"] == {"up": "[[a|b]]", "n": 2, "d": "2024-05-01", "bad": None}
    assert found["frontmatterPosition"] == span(0, 0, 0, (5, 3, 52))
    assert found["frontmatterLinks"] == [{"key": "up", "link": "a", "original": "[[a|b]]", "displayText": "b"}]
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_unusable_front_matter_has_no_keys() -> None:
    assert set(cache("---\na: [\n---\n")) == {"sections"}


def test_what_links_open() -> None:
    vault = vault_of({"a.md": "---\nup: '[[b]]'\n---\n[[b#x]] [[c]] [t](https://a.org)", "b.md": ""})
    data = note_metadata(vault, "a.md", b"---\nup: '[[b]]'\n---\n[[b#x]] [[c]] [t](https://a.org)")
    assert data["path"] == "a.md"
    assert data["resolved"] == {"b#x": "b.md", "c": None, "b": "b.md"}
    assert link_tables(vault) == {
        "resolvedLinks": {"a.md": {"b.md": 2}, "b.md": {}},
        "unresolvedLinks": {"a.md": {"c": 1}, "b.md": {}},
    }
