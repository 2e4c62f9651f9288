"""CrowdAnki, RemNote, hashcards and Mochi: every card, and every line accounted for."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.importers.edn import read_edn
from vaultkit.cards.importers.importing import read_source
from vaultkit.cards.importers.model import ImportReading
from vaultkit.cli.app import group


def read(text: str, name: str) -> ImportReading:
    return read_source(text.encode(), name)


def brief(reading: ImportReading) -> list[tuple[str, str, str]]:
    return [(card.kind, card.front, card.back) for card in reading.cards]


CROWD = {
    "__type__": "Deck", "crowdanki_uuid": "d", "name": "Geo",
    "note_models": [
        {"__type__": "NoteModel", "crowdanki_uuid": "m1", "name": "Basic", "type": 0, "flds": [{"name": "Front"}, {"name": "Back"}], "tmpls": [{"name": "Card 1"}]},
        {"__type__": "NoteModel", "crowdanki_uuid": "m2", "name": "Both", "type": 0, "flds": [{"name": "Front"}, {"name": "Back"}], "tmpls": [{}, {}]},
        {"__type__": "NoteModel", "crowdanki_uuid": "m3", "name": "Cloze", "type": 1, "flds": [{"name": "Text"}, {"name": "Extra"}], "tmpls": [{}]},
    ],
    "notes": [
        {"__type__": "Note", "fields": ["Capital of <b>Peru</b>", "Lima"], "guid": "g1", "note_model_uuid": "m1", "tags": ["a::b"]},
        {"__type__": "Note", "fields": ["Hund", "dog"], "guid": "g2", "note_model_uuid": "m2", "tags": []},
    ],
    "children": [
        {"__type__": "Deck", "name": "Europe", "children": [], "notes": [
            {"__type__": "Note", "fields": ["{{c2::Oslo}}", "cold"], "guid": "g3", "note_model_uuid": "m3", "tags": []}
        ]}
    ],
}  # fmt: skip


def test_crowdanki() -> None:
    reading = read(json.dumps(CROWD, indent=1), "deck.json")
    assert brief(reading) == [
        ("basic", "Capital of **Peru**", "Lima"),
        ("reversed", "Hund", "dog"),
        ("cloze", "==1;;Oslo==", "cold"),
    ]
    assert [(card.deck, card.key, card.tags) for card in reading.cards] == [
        ("Geo", "g1", ("a/b",)),
        ("Geo", "g2", ()),
        ("Geo::Europe", "g3", ()),
    ]
    assert read(json.dumps(CROWD), "deck.json").cards == reading.cards


def test_crowdanki_that_is_damaged() -> None:
    with pytest.raises(VaultkitError, match="invalid JSON"):
        read(json.dumps(CROWD)[:-5], "deck.json")
    with pytest.raises(VaultkitError, match="note `x` has no fields"):
        read(json.dumps({**CROWD, "notes": [{"guid": "x"}]}), "deck.json")


REMNOTE = """- Biology
    - What is a cell? >> The unit of life
    - Mitochondrion :: powerhouse of the cell
    - Color ;; green
    - Answer << Question
    - Parts of a cell >>>
        - nucleus
            - DNA
        - membrane
    - The {{heart}} pumps {{blood}}({^{red}^})
    - a remark
"""


def test_remnote() -> None:
    reading = read(REMNOTE, "bio.md")
    assert brief(reading) == [
        ("basic", "What is a cell?", "The unit of life"),
        ("reversed", "Mitochondrion", "powerhouse of the cell"),
        ("basic", "Color", "green"),
        ("basic", "Question", "Answer"),
        ("basic", "Parts of a cell", "- nucleus\n    - DNA\n- membrane"),
        ("cloze", "The ==1;;heart== pumps ==2;;blood;;red==", ""),
    ]
    assert {card.section for card in reading.cards} == {("Biology",)}
    assert [(span.line, span.reason) for span in (*reading.boilerplate, *reading.leftovers)] == [
        (1, "section"), (11, "an item without a sign of a card")
    ]  # fmt: skip


HASHCARDS = """---
name = "Geography"
---

Q: What is the capital of Peru?
A: Lima

It lies
by the sea.

Q: Code?
A:
```
Q: not a card
```

---

C: [Oslo] is the capital of
[Norway], see [here](x) and `a[0]`, $[1]$, ![p](q.png).
"""


def test_hashcards() -> None:
    reading = read(HASHCARDS, "geo.md")
    assert reading.deck == "Geography"
    assert brief(reading) == [
        ("basic", "What is the capital of Peru?", "Lima\n\nIt lies\nby the sea."),
        ("basic", "Code?", "```\nQ: not a card\n```"),
        ("cloze", "==1;;Oslo== is the capital of\n==2;;Norway==, see [here](x) and `a[0]`, $[1]$, ![p](q.png).", ""),
    ]
    assert brief(read(HASHCARDS.split("---\n", 2)[2], "geo.md")) == brief(reading)


def mochi(member: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, content)
        archive.writestr("pic.png", b"PNG")
    return out.getvalue()


EDN = """{:version 2 ; a remark
 :decks [{:id :d1 :name "Geo" :cards
          ({:id :c1 :content "Capital of **Peru**?\\n---\\nLima\\n\\n![](@media/pic.png)" :tags #{"x"} :created-at #inst "2024-01-01"}
           {:id :c2 :content "{{Oslo}} is in {{2::Norway}}"})}
         {:id :d2 :name "Europe" :parent-id :d1 :cards [#_ ignored {:id :c3 :content "a \\"q\\"\\n---\\nb\\n---\\nc"}]}]}"""
JSON = {
    "~:version": 2,
    "~:decks": [
        {"~:id": "~:d1", "~:name": "Geo", "~:cards": {"~#list": [
            {"~:id": "~:c1", "~:content": "Capital of **Peru**?\n---\nLima\n\n![](@media/pic.png)", "~:tags": {"~#set": ["x"]}},
            ["^ ", "~:id", "~:c2", "~:content", "{{Oslo}} is in {{2::Norway}}"],
        ]}},
        {"~:id": "~:d2", "~:name": "Europe", "~:parent-id": "~:d1", "~:cards": [{"~:id": "~:c3", "~:content": 'a "q"\n---\nb\n---\nc'}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("data", [mochi("data.edn", EDN), mochi("data.json", json.dumps(JSON))], ids=["edn", "json"])
def test_mochi(data: bytes) -> None:
    reading = read_source(data, "export.mochi")
    assert brief(reading) == [
        ("basic", "Capital of **Peru**?", "Lima\n\n![[pic.png]]"),
        ("cloze", "==1;;Oslo== is in ==2;;Norway==", ""),
        ("basic", 'a "q"', "b\n\nc"),
    ]
    assert [(card.deck, card.key, card.tags) for card in reading.cards] == [
        ("Geo", "c1", ("x",)),
        ("Geo", "c2", ()),
        ("Geo::Europe", "c3", ()),
    ]
    assert reading.media == (("pic.png", b"PNG"),)


def test_mochi_that_is_damaged() -> None:
    for data in (mochi("data.edn", "{:decks [}"), mochi("data.json", "{")):
        with pytest.raises(VaultkitError, match="cannot read the package"):
            read_source(data, "x.mochi")
    with pytest.raises(VaultkitError, match="not a zip file, despite its extension"):
        read_source(b"words", "x.mochi")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nil", None), ("[1 -2 3.5 true]", [1, -2, 3.5, True]), ('"a\\n\\u00e9\\""', 'a\né"'), ("#{:a}", ["a"]),
        ("{[1] 2}", {"[1]": 2}), ("\\newline", "newline"), ("  ; x\n :a/b", "a/b"),
    ],
)  # fmt: skip
def test_edn(text: str, value: object) -> None:
    assert read_edn(text) == value


@pytest.mark.parametrize("text", ["", "[", "{:a}", "]", "[)", '"x'])
def test_what_is_no_edn(text: str) -> None:
    with pytest.raises(ValueError):
        read_edn(text)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deck.json", json.dumps(CROWD).encode()), ("bio.md", REMNOTE.encode()), ("geo.md", HASHCARDS.encode()),
        ("export.mochi", mochi("data.edn", EDN)),
    ],
)  # fmt: skip
def test_importing_again_changes_nothing(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / "v/.obsidian").mkdir(parents=True)
    (tmp_path / name).write_bytes(data)
    words = ["import", str(tmp_path / name), "--to", "D", "--vault", str(tmp_path / "v")]
    for expected in (" 0 unchanged", " 0 updated"):
        result = CliRunner().invoke(group, words)
        assert result.exit_code == 0, result.output
        assert expected in result.output
    assert "0 written, 0 updated" in result.output
