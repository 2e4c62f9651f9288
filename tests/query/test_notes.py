"""Tags, aliases, properties, outlines, tasks and words of notes."""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text
from vaultkit.query.metadata import all_aliases, outline_tree, properties, tag, tags, tasks, word_count
from vaultkit.vault.load import snapshot_of_texts as vault_of

VAULT = vault_of(
    {
        "a.md": "---\ntags: [Bio, x/y]\naliases: [One, two]\nn: 1\n---\n#bio #bio text",
        "b.md": "---\naliases: one\nN: 2024-01-02\n---\n#x",
    }
)


def test_tags_merge_by_case_under_the_most_frequent_spelling() -> None:
    assert [(row.tag, row.count, row.files) for row in tags(VAULT)] == [
        ("#bio", 3, ("a.md",)),
        ("#x", 1, ("b.md",)),
        ("#x/y", 1, ("a.md",)),
    ]
    assert [row.tag for row in tags(VAULT, ["b.md"])] == ["#x"]


@pytest.mark.parametrize(
    ("name", "nested", "count", "files"),
    [
        ("x", False, 1, ("b.md",)),
        ("#X", True, 2, ("a.md", "b.md")),
        ("none", False, 0, ()),
    ],
)
def test_tag(name: str, nested: bool, count: int, files: tuple[str, ...]) -> None:
    row = tag(VAULT, name, nested=nested)
    assert (row.count, row.files) == (count, files)


def test_aliases() -> None:
    assert [(row.alias, row.file) for row in all_aliases(VAULT)] == [("One", "a.md"), ("one", "b.md"), ("two", "a.md")]


def test_properties_of_two_types_are_text() -> None:
    assert [(row.name, row.type, row.count) for row in properties(VAULT)] == [
        ("aliases", "text", 2),
        ("n", "text", 2),
        ("tags", "multitext", 1),
    ]
    assert [row.name for row in properties(VAULT, by_count=True)] == ["aliases", "n", "tags"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# A\n# B", ["├── A", "└── B"]),
        ("# A\n## B\n### C\n## D\n# E", ["├── A", "│   ├── B", "│   │   └── C", "│   └── D", "└── E"]),
        ("### A\n# B\n### C", ["├── A", "└── B", "    └── C"]),
    ],
)
def test_outline(text: str, expected: list[str]) -> None:
    assert outline_tree(parse_text(text).headings) == expected


def test_tasks() -> None:
    text = "- [ ] one\n  more\n- [x] two\n- three\n\t- [?] four"
    assert [(task.line, task.status, task.text) for task in tasks("a.md", parse_text(text), text)] == [
        (1, " ", "- [ ] one"),
        (3, "x", "- [x] two"),
        (5, "?", "- [?] four"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("", 0, 0),
        ("---\na: b\n---\nTwo words", 2, 9),
        ("it's a well-known 3.14", 4, 22),
        ("细胞 cell か", 4, 9),
        ("привет мир", 2, 10),
    ],
)
def test_word_count(text: str, words: int, characters: int) -> None:
    found = word_count(parse_text(text), text)
    assert (found.words, found.characters) == (words, characters)
