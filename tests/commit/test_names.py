"""Names of links found by pattern: every link's name is among them."""

from __future__ import annotations

import json
import random

import pytest

from vaultkit.base.store import Store
from vaultkit.commit.link_name_index import concerned, key, names_in, names_of
from vaultkit.note.parse import parse_text
from vaultkit.vault.canvas import read_canvas

PIECES = [
    "[[", "]]", "](", ")", "[x](", "![[", "|", "\\|", "#", "#^b", "a", "Note", "é", " ", "%20", "%C3%A9", "&amp;", "<", ">",
    "\\", "\n", "[r]: ", "'t'", "(", ".md", "/", "..", ":", '"', "\t", "- ", "> ", "`", "$", "---\n", "up: \"[[Note]]\"\n",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(400))
def test_no_link_is_missed(seed):
    chance = random.Random(seed)
    text = "".join(chance.choices(PIECES, k=60))
    names = names_in(text)
    note = parse_text(text)
    # "<", ">", "|" and quotes stand in no name that a system other than Linux could hold.
    links = [*note.links, *note.property_links, *note.reference_definitions]
    assert [
        link.linkpath
        for link in links
        if link.linkpath.strip() and not set('<>|"') & set(link.linkpath) and key(link.linkpath) not in names
    ] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[[Folder/Note.md#A|b]]", "note"),
        ("| [[Note\\|b]] |", "note"),
        ("[x](a/My%20note.md)", "my note"),
        ("[x](<a/My note.md#H>)", "my note"),
        ("[x](note_(1).md) and (so)", "note_(1)"),
        ("[x](a\\_b.md)", "a_b"),
        ("[r]: caf%C3%A9.md 'T'", "café"),
        ("---\naliases: [Other]\n---\n", "\x02other"),
    ],
)
def test_names(text, name):
    assert name in names_in(text)


def test_canvas():
    nodes = [
        {"id": "1", "type": "file", "file": 'd/q"é.md'},
        {"id": "2", "type": "group", "background": "p.png"},
        {"id": "3", "type": "text", "text": "[[Ñ]]"},
    ]
    for is_ascii in (True, False):
        text = json.dumps({"nodes": nodes}, ensure_ascii=is_ascii)
        names = names_in(text, is_canvas=True)
        assert {key(node.path) for node in read_canvas(text.encode()).nodes} | {"ñ"} <= names


def test_kept_names(tmp_path):
    store = Store(str(tmp_path / "store.sqlite"))
    asked = []

    def read(blobs):
        asked.extend(blobs)
        return {blob: f"[[{blob} note]]".encode() for blob in blobs}

    for _ in range(2):
        names = names_of({"b1": False, "b2": False}, store, read)
        assert concerned(names, {"x.md": "b1", "y.md": "b2"}, frozenset({"b2 note"})) == ["y.md"]
        assert concerned(names, {"x.md": "b1", "y.md": "b2"}, frozenset(map(str, range(9))) | {"b1 note"}) == ["x.md"]
    assert asked == ["b1", "b2"]
