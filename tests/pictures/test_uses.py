"""Where the text of pictures helps: search, suggest, the graph, cards, alternative texts; always said to be a picture's."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from drawn import IDENTITY, fake, vault

from vaultkit.cli.entry_point import run
from vaultkit.cli.schemas import schema
from vaultkit.graph.picture_mentions import labels, picture_mentions
from vaultkit.pictures.model import Line, PictureText
from vaultkit.pictures.reading import read_pictures
from vaultkit.pictures.remarks import remarks
from vaultkit.vault.files import walk
from vaultkit.vault.load import snapshot_of_texts as vault_of

Capture = pytest.CaptureFixture[str]

FILES: dict[str, str | bytes] = {
    "Lecture.md": "Seen today:\n\n![[slide.png]]\n",
    "MinHash.md": "---\naliases: [Min-wise hashing]\n---\nA sketch of sets.\n",
    "Jaccard index.md": "Share of common items. [[MinHash]]\n",
    "Bloom filter.md": "Bits. ![[filter.png|300]] [[Hash table]]\n",
    "Hash table.md": "Buckets.\n",
    "Cards.md": "#flashcards\n\n![[filter.png]]\n\nWhat does a Bloom filter store::see image\n\n"
    "How is MinHash drawn::![[slide.png]]\n\nWhat is a set::many things\n",
    "slide.png": "MinHash estimates\nthe Jaccard index\nof two sets",
    "filter.png": "Bloom filter bits\nlike a hash table",
    "nobody.png": "a Bloom filter in no note",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(vault(tmp_path, FILES))
    return tmp_path


@pytest.fixture
def read(here: Path) -> Path:
    read_pictures(str(here), [one.path for one in walk(str(here)).files], fake, IDENTITY, jobs=1)
    return here


def called(capfd: Capture, *words: str) -> list[str]:
    capfd.readouterr()
    assert run(list(words)) == 0
    return capfd.readouterr().out.splitlines()


def test_search_finds_pictures_only_when_asked(read: Path, capfd: Capture) -> None:
    assert called(capfd, "search", "query=estimates") == []
    assert called(capfd, "search", "query=estimates", "pictures") == ["slide.png\tpicture in Cards.md, Lecture.md"]
    assert called(capfd, "search", "query=bloom -nothing", "pictures", "path=") == [
        "Bloom filter.md",
        "Cards.md",
        "filter.png\tpicture in Bloom filter.md, Cards.md",
        "nobody.png\tpicture in no note",
    ]
    assert json.loads("".join(called(capfd, "search", "query=estimates", "pictures", "format=json"))) == ["slide.png"]
    assert called(capfd, "search:context", "query=jaccard sets", "pictures") == [
        "slide.png:2: the Jaccard index",
        "slide.png:3: of two sets",
    ]


def test_suggest_names_the_picture(read: Path, capfd: Capture) -> None:
    assert not any("Lecture" in line for line in called(capfd, "suggest", "--min-score", "0"))
    rows = json.loads("\n".join(called(capfd, "suggest", "--pictures", "--min-score", "0", "--json")))
    jsonschema.validate(rows, schema("suggest"))
    found = {(row["source"], row["target"], row["picture"], row["text"], row["line"]) for row in rows if row["picture"]}
    assert found == {
        ("Lecture.md", "MinHash.md", "slide.png", "MinHash", 3),
        ("Lecture.md", "Jaccard index.md", "slide.png", "Jaccard index", 3),
        ("Cards.md", "Jaccard index.md", "slide.png", "Jaccard index", 7),
        ("Cards.md", "MinHash.md", "slide.png", "MinHash", 7),
        ("Cards.md", "Bloom filter.md", "filter.png", "Bloom filter", 3),
        ("Cards.md", "Hash table.md", "filter.png", "hash table", 3),
    }
    text = called(capfd, "suggest", "Lecture", "--pictures", "--min-score", "0")
    assert any(line == "Lecture.md:3:1: MinHash (on a picture) -> MinHash.md" for line in text)


def test_suggest_writes_no_link_for_a_picture(read: Path, capfd: Capture) -> None:
    before = (read / "Lecture.md").read_bytes()
    called(capfd, "suggest", "--pictures", "--fix", "--all-matches", "--min-score", "0")
    assert (read / "Lecture.md").read_bytes() == before


def test_edges_of_pictures_are_of_their_own_kind_and_off_by_default(read: Path, capfd: Capture) -> None:
    plain = json.loads("\n".join(called(capfd, "graph", "export", "json")))
    more = json.loads("\n".join(called(capfd, "graph", "export", "json", "--picture-mentions")))
    edges = [edge for graph in (plain, more) for edge in graph["edges"] if edge["kind"] == "picture-mention"]
    assert {(edge["source"], edge["target"]) for edge in edges} == {
        ("note:Lecture.md", "note:MinHash.md"),
        ("note:Lecture.md", "note:Jaccard index.md"),
        ("note:Cards.md", "note:MinHash.md"),
        ("note:Cards.md", "note:Jaccard index.md"),
        ("note:Cards.md", "note:Bloom filter.md"),
        ("note:Cards.md", "note:Hash table.md"),
        ("note:Bloom filter.md", "note:Hash table.md"),
    }
    assert len(more["edges"]) == len(plain["edges"]) + 7


def test_cards_whose_answer_is_on_a_picture(read: Path, capfd: Capture) -> None:
    assert called(capfd, "pictures", "cards") == [
        "Cards.md:5: What does a Bloom filter store",
        "    perhaps on filter.png: Bloom filter bits like a hash table",
        "Cards.md:7: How is MinHash drawn",
        "    only on slide.png: MinHash estimates the Jaccard index of two sets",
    ]


def test_alternative_texts(read: Path, capfd: Capture) -> None:
    assert called(capfd, "pictures", "alt") == [
        "Bloom filter.md:1:7: filter.png: Bloom filter bits",
        "Cards.md:3:1: filter.png: Bloom filter bits",
        "Cards.md:7:23: slide.png: MinHash estimates",
        "Lecture.md:3:1: slide.png: MinHash estimates",
    ]


@pytest.mark.parametrize("words", [["pictures", "cards"], ["pictures", "alt"], ["pictures", "similar"]])
def test_json_answers_to_its_schema(read: Path, capfd: Capture, words: list[str]) -> None:
    vault(read, {"copy of slide.png": FILES["slide.png"]})
    answer = json.loads("\n".join(called(capfd, *words, "--json")))
    jsonschema.validate(answer, schema(" ".join(words)))
    assert answer


@pytest.mark.parametrize(
    "words", [["search", "query=x", "pictures"], ["suggest", "--pictures"], ["search:context", "query=x", "pictures"]]
)
def test_where_nothing_was_read_a_notice_says_what_to_run(here: Path, capfd: Capture, words: list[str]) -> None:
    assert run(words) == 0
    assert capfd.readouterr().err == "note: no picture was read yet; run `vaultkit pictures` first\n"


def text_of(*lines: tuple[str, tuple[int, int, int, int]], confidence: float = 0.95) -> PictureText:
    rows = tuple(Line(text, confidence, box) for text, box in lines)
    return PictureText("a.png", "\n".join(row.text for row in rows), confidence, "ocr", "x", "d", rows)


NOTES = {
    "Residual connection.md": "",
    "Layer normalization.md": "",
    "Data parallelism.md": "",
    "Set.md": "",
    "Embedding.md": "",
    "Chunking.md": "",
    "String.md": "",
    "Computer science.md": "",
    "Computation scientist.md": "",
}
NAMED = [
    pytest.param(
        [("residual", (0, 0, 80, 20)), ("connection", (0, 22, 90, 42))], ["Residual connection"], id="two lines"
    ),
    pytest.param([("residual", (0, 0, 80, 20)), ("connection", (300, 22, 390, 42))], [], id="not below each other"),
    pytest.param([("residual", (0, 0, 80, 20)), ("connection", (0, 90, 90, 110))], [], id="too far below"),
    pytest.param([("Layer norm", (0, 0, 80, 20))], ["Layer normalization"], id="a label that shortens a name"),
    pytest.param([("Data parallel", (0, 0, 80, 20))], ["Data parallelism"], id="another"),
    pytest.param([("the data parallel run", (0, 0, 80, 20))], [], id="in a sentence nothing is shortened"),
    pytest.param([("Data par", (0, 0, 80, 20))], [], id="a word of three letters says too little"),
    pytest.param([("Comp scie", (0, 0, 80, 20))], [], id="two notes could be meant"),
    pytest.param([("Embed", (0, 0, 80, 20))], ["Embedding"], id="what is done"),
    pytest.param([("Chunks", (0, 0, 80, 20))], ["Chunking"], id="what is done, in the plural"),
    pytest.param([("embed it", (0, 0, 80, 20))], [], id="a verb in a sentence"),
    pytest.param([("Str", (0, 0, 80, 20))], [], id="no word in ing"),
    pytest.param([("# Data parallelism", (0, 0, 80, 20))], ["Data parallelism"], id="a picture has no Markdown"),
    pytest.param([("https://a.org/Data parallelism", (0, 0, 80, 20))], [], id="a piece of an address"),
]


@pytest.mark.parametrize(("lines", "expected"), NAMED)
def test_names_on_a_picture(lines: list[tuple[str, tuple[int, int, int, int]]], expected: list[str]) -> None:
    found = picture_mentions(vault_of(NOTES), {"a.png": text_of(*lines)})
    assert [one.name.text for one in found] == expected


def test_unsure_lines_name_nothing() -> None:
    one = text_of(("Data parallelism", (0, 0, 80, 20)), confidence=0.6)
    assert list(labels(one)) == []
    edited = PictureText("a.png", "Data parallelism  Set theory", 1.0, "edited", "", "d")
    assert list(labels(edited)) == ["Data parallelism", "Set theory"]


def lines_of(words: int, height: int, count: int) -> list[tuple[str, tuple[int, int, int, int]]]:
    return [("word " * words, (0, 40 * at, 300, 40 * at + height)) for at in range(count)]


@pytest.mark.parametrize(
    ("one", "size", "expected"),
    [
        pytest.param(text_of(*lines_of(3, 20, 5)), 1000, (), id="a slide"),
        pytest.param(text_of(*lines_of(3, 8, 5)), 1000, ("small text",), id="lines of 8 pixels"),
        pytest.param(text_of(*lines_of(3, 8, 2)), 1000, (), id="two small labels"),
        pytest.param(text_of(*lines_of(9, 20, 10)), 1000, ("only text",), id="running text"),
        pytest.param(text_of(*lines_of(2, 20, 40)), 1000, (), id="many labels"),
        pytest.param(text_of(*lines_of(9, 20, 10), confidence=0.9), 1000, (), id="running text, unsure"),
        pytest.param(text_of(), 20_000_000, ("huge",), id="20 MB"),
        pytest.param(text_of(), 0, (), id="nothing known"),
    ],
)
def test_remarks(one: PictureText, size: int, expected: tuple[str, ...]) -> None:
    assert remarks(one, size) == expected


FORMATS = ["json", "graphml", "gexf", "dot", "svg", "mermaid", "canvas", "csv", "cypher", "neo4j", "parquet"]


@pytest.mark.parametrize("option", ["--picture-mentions", "--mentions"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_export_takes_edges_of_mentions(read: Path, capfd: Capture, format: str, option: str) -> None:
    if format == "parquet":
        pytest.importorskip("pyarrow", reason="the extra [parquet] is not installed")
    called(capfd, "graph", "export", format, option, "-o", "more.out")
    written = [path.stat().st_size for path in read.iterdir() if path.name.startswith("more")]
    assert written and min(written) > 0
