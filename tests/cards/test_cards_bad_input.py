"""Files that cannot be cards: one sentence, exit status 2, and the vault as it was."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultkit.cards.importers import anki_package
from vaultkit.cli.app import group
from vaultkit.cli.entry_point import run


def zipped(entries: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def damaged(name: str) -> bytes:
    """A package whose one member is no deflate stream: 0xFF opens a block of a type that is not defined."""
    package = zipped({name: b"x" * 5000})
    start = package.index(name.encode()) + len(name)
    return package[:start] + b"\xff" * 4 + package[start + 4 :]


def old_collection(tmp_path: Path) -> bytes:
    path = tmp_path / "made.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "create table col (models text, decks text); create table notes (id, guid, mid, tags, flds, mod);"
        "create table cards (nid, did, odid, ord);"
    )
    model = {"1": {"name": "Basic", "type": 0, "tmpls": [{}], "flds": [{"name": "Front"}, {"name": "Back"}]}}
    connection.execute("insert into col values (?, ?)", (json.dumps(model), json.dumps({"1": {"name": "A::B"}})))
    connection.execute("insert into notes values (1, 'g', 1, ' x ', 'Q\x1fA', 0)")
    connection.execute("insert into cards values (1, 1, 0, 0)")
    connection.commit()
    connection.close()
    return path.read_bytes()


GOOD_CSV = "front,back\n" + "".join(f"q{n},a{n}\n" for n in range(5))
QUIZWIZ = "Set\n\nPass now with Quizwiz!\n\nWhat?\n\nThat\n\nStray\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.apkg", zipped({"collection.anki2": b"x" * 5000})[:-60], "damaged or truncated package"),
        ("text.apkg", b"just words", "not a zip file, despite its extension"),
        ("empty.apkg", zipped({"readme": b"x"}), "no Anki collection in the package"),
        ("bomb.apkg", zipped({"collection.anki2": b"\0" * 60_000_000}), "zip bomb"),
        ("junk.apkg", zipped({"collection.anki2": b"no database"}), "the collection cannot be read"),
        ("new.apkg", zipped({"collection.anki21b": b"not zstd"}), "cannot unpack a part"),
        ("flipped.apkg", damaged("collection.anki2"), "cannot unpack `collection.anki2` (Error -3"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "not a text file"),
        ("prose.txt", b"Just a letter.\n\nNothing to learn here.\n", "unknown flashcard format"),
        ("nothing.txt", b"", "empty file"),
        ("long.csv", b"front,back\n" + b"x" * 200_000 + b",y\n", "200,002 characters"),
        ("utf16.txt", b"\xff\xfea", "invalid UTF-16"),
        ("odd.txt", QUIZWIZ.encode(), "do not pair into questions and answers"),
        ("quote.csv", b'front,back\nq,"open\nq2,a2\n', "invalid table row"),
    ],
)
def test_bad_file(name: str, content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "Note.md").write_text("text\n", encoding="utf-8")
    source = tmp_path / name
    source.write_bytes(content)
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    status = run(["import", str(source), "--to", "Cards", "--vault", str(vault)])
    error = capsys.readouterr().err
    assert status == 2, error
    assert says in error
    assert error.startswith("error: ")
    assert len(error.strip().split("\n")) == 1
    assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("media", ["../evil.png", "/etc/x.png", "a\\b.png", "C:x.png", ".hidden", ""])
def test_media_names_that_lead_out_are_refused(media: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "p.apkg"
    package.write_bytes(
        zipped({"collection.anki2": old_collection(tmp_path), "media": json.dumps({"0": media}).encode(), "0": b"x"})
    )
    (tmp_path / "v").mkdir()
    assert run(["import", str(package), "--to", ".", "--vault", str(tmp_path / "v")]) == 2
    assert "outside the media folder" in capsys.readouterr().err
    assert list((tmp_path / "v").iterdir()) == []


def test_the_stub_beside_a_new_collection_is_never_read(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    real = zstandard.ZstdCompressor().compress(old_collection(tmp_path))
    data = zipped({"collection.anki2": b"stub", "collection.anki21b": real})
    cards = anki_package.read_package(data, "p.apkg").cards
    assert [(card.front, card.back, card.deck, card.key, card.tags) for card in cards] == [
        ("Q", "A", "A::B", "g", ("x",))
    ]


def test_a_folder_outside_the_vault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "v" / ".obsidian").mkdir(parents=True)
    (tmp_path / "c.csv").write_text(GOOD_CSV, encoding="utf-8")
    assert run(["import", str(tmp_path / "c.csv"), "--to", "../out", "--vault", str(tmp_path / "v")]) == 2
    assert "outside the vault" in capsys.readouterr().err


def test_utf16_with_a_mark_and_windows_1252_are_read(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir()
    for name, data in (("a.csv", GOOD_CSV.encode("utf-16")), ("b.csv", "front,back\ncafé,thé\n".encode("cp1252"))):
        (tmp_path / name).write_bytes(data)
        result = CliRunner().invoke(
            group,
            ["import", str(tmp_path / name), "--dry-run", "--json", "--vault", str(tmp_path / "v")],
        )
        assert result.exit_code == 0
        assert json.loads(result.stdout)["format"] == "csv"
    assert json.loads(result.stdout)["cards"][0]["front"] == "café"


def test_two_formats_that_fit_equally_are_not_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "My Flashcards\n\nLearn with Quizwiz!\n\n1\nQ\n\nWhat?\n\nA\n\nThat\n"
    (tmp_path / "t.txt").write_text(text, encoding="utf-8")
    assert run(["import", str(tmp_path / "t.txt"), "--to", ".", "--vault", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "brainscape" in error
    assert "quizwiz" in error
    assert "set it with --from" in error
