"""Communities of notes whose words are on pictures: names from texts that exist already."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from vaultkit.cli.entry_point import run
from vaultkit.graph import picture_words
from vaultkit.pictures import texts as picture_texts
from vaultkit.pictures.model import Line, PictureText

HASHING = [
    "MinHash signature",
    "Locality sensitive hashing: bands and rows",
    "Jaccard similarity of shingles",
    "MinHash",
]
STREAMS = ["Bloom filter", "Reservoir of a data stream", "Stream sampling window", "Bloom filter of a stream"]


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


def vault_at(root: Path, topics: list[tuple[str, list[str]]], *, texts: bool = True) -> str:
    """A vault of two groups of notes that show one picture each. topics: (pattern of names, texts of pictures)."""
    rows = []
    for pattern, said in topics:
        names = [pattern.format(at + 1) for at in range(len(said))]
        for at, words in enumerate(said):
            links = " ".join(f"[[{name}]]" for name in names if name != names[at])
            picture = f"Pasted image {pattern.format(at)}.png"
            (root / picture).write_bytes(picture.encode())
            (root / f"{names[at]}.md").write_text(f"![[{picture}]]\n{links}\n")
            digest = hashlib.blake2b(picture.encode(), digest_size=16).hexdigest()
            rows.append(json.dumps({"picture": picture, "hash": digest, "text": words}))
    if texts:
        (root / ".vaultkit").mkdir()
        (root / ".vaultkit" / "pictures.jsonl").write_text("\n".join(rows) + "\n")
    return str(root)


@pytest.fixture
def names(capfd):
    def of(root: str) -> list[str]:
        capfd.readouterr()
        assert run(["graph", "communities", "--vault", root, "--format", "json"]) == 0
        return sorted(group["name"] for group in json.loads(capfd.readouterr().out)["communities"])

    return of


@pytest.mark.parametrize(
    "patterns",
    [
        pytest.param(("2024-05-0{}", "2024-06-0{}"), id="days"),
        pytest.param(("Lecture {}", "Lesson {}"), id="numbered series"),
        pytest.param(("Slides a{}", "Slides b{}"), id="one word for all"),
    ],
)
def test_a_vault_of_screenshots_gets_topic_names(tmp_path, patterns, names):
    root = vault_at(tmp_path, list(zip(patterns, [HASHING, STREAMS], strict=True)))
    assert names(root) == ["Minhash", "Stream, filter"]


def test_without_texts_nothing_changes_and_no_picture_is_read(tmp_path, monkeypatch, names):
    root = vault_at(tmp_path, [("Lecture {}", HASHING), ("Lesson {}", STREAMS)], texts=False)
    monkeypatch.setattr(picture_texts, "read_inside", lambda *_: pytest.fail("a picture was read"))
    assert names(root) == ["Lecture 1", "Lesson 1"]


def test_only_pictures_that_a_correction_names_are_read(tmp_path, monkeypatch, names):
    root = vault_at(tmp_path, [("Lecture {}", HASHING), ("Lesson {}", STREAMS)])
    (tmp_path / "other.png").write_bytes(b"other")
    read = []
    real = picture_texts.read_inside
    monkeypatch.setattr(picture_texts, "read_inside", lambda *given: (read.append(given[1]), real(*given))[1])
    names(root)
    assert "other.png" not in read and len(read) == 8


def test_a_note_that_its_texts_name_keeps_its_name(tmp_path, names):
    root = vault_at(tmp_path, [("Lecture {}", HASHING), ("Lesson {}", STREAMS)])
    for at in range(1, 5):
        with (tmp_path / f"Lecture {at}.md").open("a") as file:
            file.write("[[MinHash]]")
    (tmp_path / "MinHash.md").write_text("![[Pasted image Lecture 0.png]]")
    assert "MinHash" in names(root)


def test_a_damaged_file_of_corrections_changes_no_name(tmp_path, names):
    root = vault_at(tmp_path, [("Lecture {}", HASHING), ("Lesson {}", STREAMS)])
    (tmp_path / ".vaultkit" / "pictures.jsonl").write_text("<<<<<<< HEAD\n")
    assert names(root) == ["Lecture 1", "Lesson 1"]


def test_lines_that_were_hardly_read_say_nothing():
    lines = (Line("MinHash", 0.95), Line("Mlnhosh", 0.4))
    one = PictureText("a.png", "MinHash\nMlnhosh", 0.7, "ocr", "engine", "d", lines)
    assert picture_words.sure_text(one) == "MinHash"
