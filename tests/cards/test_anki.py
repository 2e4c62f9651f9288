"""Packages against Anki itself (the ``anki`` wheel, test only): nothing doubles, nothing is lost, schedules stay."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from vaultkit.cards.importers.importing import read_source
from vaultkit.cli.app import group

collection = pytest.importorskip("anki.collection", reason="the anki wheel is not installed")
pytest.importorskip("genanki", reason="the extra [anki] is not installed")

NOTE = """---
tags: [flashcards/geo]
---
Capital of Norway::Oslo

Hund:::dog

What is RAG?
?
Retrieval **augmented** generation
<br>
- with `code` and $x^2$
- and ![[fjord.png|120]]

==Paris== is the capital of ==France;;country==
"""
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000049454e44ae426082")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    (root / "Geo.md").write_text(NOTE, encoding="utf-8")
    (root / "fjord.png").write_bytes(PNG)
    return root


@pytest.fixture
def col(tmp_path: Path) -> Iterator[Any]:
    opened = collection.Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def export(vault: Path, out: Path, epoch: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch))
    result = CliRunner().invoke(group, ["cards", "export", "anki", str(out), "--vault", str(vault)])
    assert result.exit_code == 0, result.output
    return out


def load(col: Any, package: Path) -> Any:
    options = collection.ImportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False)
    return col.import_anki_package(collection.ImportAnkiPackageRequest(package_path=str(package), options=options)).log


def test_import_twice_then_change_one_answer(
    vault: Path, col: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(col, export(vault, tmp_path / "a.apkg", 1_700_000_000, monkeypatch))
    assert (len(first.new), len(first.updated), len(first.conflicting)) == (4, 0, 0)
    assert col.card_count() == 6
    again = load(col, export(vault, tmp_path / "b.apkg", 1_700_000_100, monkeypatch))
    assert (len(again.new), len(again.updated)) == (0, 0)

    studied = col.find_cards("Oslo")[0]
    card = col.get_card(studied)
    card.type, card.queue, card.ivl, card.due, card.reps = 2, 2, 17, 30, 3
    col.update_card(card)
    text = (vault / "Geo.md").read_text(encoding="utf-8")
    (vault / "Geo.md").write_text(text.replace("Norway::Oslo", "Norway::Oslo, on the fjord"), encoding="utf-8")
    changed = load(col, export(vault, tmp_path / "c.apkg", 1_700_000_200, monkeypatch))
    assert (len(changed.new), len(changed.updated)) == (0, 1)
    assert col.get_card(studied).ivl == 17
    assert "on the fjord" in col.get_card(studied).note()["Back"]


def test_a_reworded_question_and_a_renamed_note_keep_their_anki_note(
    vault: Path, col: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(col, export(vault, tmp_path / "a.apkg", 1_700_000_000, monkeypatch))
    text = (vault / "Geo.md").read_text(encoding="utf-8").replace("Capital of Norway", "The capital of Norway?")
    (vault / "Geo.md").write_text(text, encoding="utf-8")
    log = load(col, export(vault, tmp_path / "b.apkg", 1_700_000_100, monkeypatch))
    assert (len(log.new), len(log.updated)) == (0, 1)
    (vault / "Geo.md").rename(vault / "Geography.md")
    log = load(col, export(vault, tmp_path / "c.apkg", 1_700_000_200, monkeypatch))
    assert len(log.new) == 0


def test_an_older_clock_still_brings_the_new_text(
    vault: Path, col: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(col, export(vault, tmp_path / "a.apkg", 1_700_000_000, monkeypatch))
    text = (vault / "Geo.md").read_text(encoding="utf-8").replace("Hund:::dog", "Hund:::hound")
    (vault / "Geo.md").write_text(text, encoding="utf-8")
    log = load(col, export(vault, tmp_path / "b.apkg", 1_600_000_000, monkeypatch))
    assert (len(log.new), len(log.updated)) == (0, 1)


def test_two_exports_are_the_same_bytes(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = export(vault, tmp_path / "a.apkg", 1_700_000_000, monkeypatch).read_bytes()
    two = export(vault, tmp_path / "b.apkg", 1_700_000_777, monkeypatch).read_bytes()
    assert one == two


def test_media_is_packed_and_shown(vault: Path, col: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(col, export(vault, tmp_path / "a.apkg", 1_700_000_000, monkeypatch))
    assert (Path(col.media.dir()) / "fjord.png").read_bytes() == PNG
    note = col.get_note(col.find_notes("RAG")[0])
    assert '<img src="fjord.png" width="120">' in note["Back"]


def test_a_missing_picture_is_said_and_the_card_exported(vault: Path, tmp_path: Path) -> None:
    (vault / "fjord.png").unlink()
    result = CliRunner().invoke(group, ["cards", "export", "anki", str(tmp_path / "a.apkg"), "--vault", str(vault)])
    assert result.exit_code == 1
    assert "Geo.md:8: fjord.png: no such file" in result.output
    assert "4 notes exported" in result.output


@pytest.mark.parametrize("legacy", [True, False], ids=["old format", "new format"])
def test_packages_of_anki_become_notes_and_go_back(
    legacy: bool, vault: Path, col: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(col, export(vault, tmp_path / "a.apkg", 1_700_000_000, monkeypatch))
    out = tmp_path / "from-anki.apkg"
    options = collection.ExportAnkiPackageOptions(
        with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
    )
    col.export_anki_package(out_path=str(out), options=options, limit=None)
    names = zipfile.ZipFile(io.BytesIO(out.read_bytes())).namelist()
    assert ("collection.anki21b" in names) == (not legacy)
    reading = read_source(out.read_bytes(), out.name)
    by_front = {card.front: card for card in reading.cards}
    assert by_front["Capital of Norway"].back == "Oslo"
    assert by_front["Hund"].kind == "reversed"
    assert by_front["==1;;Paris== is the capital of ==2;;France;;country=="].kind == "cloze"
    assert "![[fjord.png|120]]" in by_front["What is RAG?"].back
    assert "$x^2$" in by_front["What is RAG?"].back
    assert dict(reading.media) == {"fjord.png": PNG}
    assert {card.deck for card in reading.cards} == {"geo"}

    fresh = tmp_path / "fresh"
    (fresh / ".obsidian").mkdir(parents=True)
    for _ in range(2):
        result = CliRunner().invoke(group, ["import", str(out), "--to", "Anki", "--vault", str(fresh)])
        assert result.exit_code == 0, result.output
    assert "0 written, 0 updated, 4 unchanged" in result.output
    assert (fresh / "Anki" / "fjord.png").read_bytes() == PNG
    (fresh / "Anki" / "fjord.png").write_bytes(b"another picture")
    result = CliRunner().invoke(group, ["import", str(out), "--to", "Anki", "--vault", str(fresh)])
    assert "0 written, 1 updated, 3 unchanged" in result.output
    assert (fresh / "Anki" / "fjord.png").read_bytes() == b"another picture"
    (renamed,) = (fresh / "Anki").glob("fjord-*.png")
    assert renamed.read_bytes() == PNG
    assert f"![[{renamed.name}|120]]" in (fresh / "Anki" / "geo.md").read_text(encoding="utf-8")
    # Back into the same collection: Anki knows all four by their GUIDs.
    log = load(col, export(fresh, tmp_path / "back.apkg", 1_700_000_500, monkeypatch))
    assert len(log.new) == 0


def test_block_ids_are_written_where_they_are_hidden(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    text = (
        "#flashcards\r\n\r\na::b  \r\n<!--SR:!2026-01-01,3,250-->\r\nc::d <!--SR:!2026-01-01,3,250-->\r\n\r\n"
        "Q?\r\n?\r\n- one\r\n- two\r\n\r\nCode?\r\n?\r\n```\r\nx\r\n```\r\n\r\nEmpty::\r\n\r\nhas::one ^mine\r\n\r\n==gap== here\r\n"
    )
    note = tmp_path / "a.md"
    note.write_bytes(b"\xef\xbb\xbf" + text.encode())
    words = ["cards", "export", "anki", str(tmp_path / "o.apkg"), "--write-ids", "--vault", str(tmp_path)]
    assert CliRunner().invoke(group, words).exit_code == 0
    once = note.read_bytes()
    assert (
        re.sub(rb" \^vk-[0-9a-f]{10}", b" ^", once)
        == b"\xef\xbb\xbf"
        + text.replace("a::b  ", "a::b ^").replace("two\r", "two ^\r").replace("here\r", "here ^\r").encode()
    )
    assert CliRunner().invoke(group, words).exit_code == 0
    assert note.read_bytes() == once


def test_block_ids_are_for_anki_only(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    result = CliRunner().invoke(group, ["cards", "export", "csv", "--write-ids", "--vault", str(tmp_path)])
    assert result.exit_code == 2
