"""Notes with Anki's own note types: into notes, edited there, and back to the same notes of Anki (test only)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_anki import col, load

from vaultkit.cli.app import group

__all__ = ["col"]  # a fixture

collection = pytest.importorskip("anki.collection", reason="the anki wheel is not installed")
pytest.importorskip("genanki", reason="the extra [anki] is not installed")

NOTES: list[tuple[str, tuple[str, ...]]] = [
    ("Basic", ("Capital of <b>Norway</b>", "Oslo<br><br><ul><li>a fjord</li></ul>")),
    ("Basic", ("vector&lt;int&gt; and __init__", "a &amp; b, $5 and $6")),
    ("Basic (and reversed card)", ("Hund", "dog")),
    ("Basic (optional reversed card)", ("Katze", "cat", "y")),
    ("Basic (optional reversed card)", ("Maus", "mouse", "")),
    ("Basic (type in the answer)", ("2 + 2", r"\(4\)")),
    ("Cloze", ("{{c1::Oslo}} is in {{c3::Norway::country}}", "a <i>remark</i>")),
    ("Cloze", (r"\(a = {{c1::b}}\)", "")),
]


class Both:
    """A collection of Anki and a vault."""

    def __init__(self, col: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "v/.obsidian").mkdir(parents=True)
        self.col, self.folder, self.monkeypatch, self.count = col, folder, monkeypatch, 0

    def run(self, *words: str) -> str:
        result = CliRunner().invoke(group, [*words, "--vault", str(self.folder / "v")])
        assert result.exit_code == 0, result.output
        return result.output

    def to_notes(self, *, legacy: bool = True) -> str:
        self.count += 1
        out = self.folder / f"anki{self.count}.apkg"
        options = collection.ExportAnkiPackageOptions(
            with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
        )
        self.col.export_anki_package(out_path=str(out), options=options, limit=None)
        return self.run("import", str(out), "--to", "Deck", "--deck", "My Deck")

    def to_anki(self) -> tuple[tuple[int, int, int], str]:
        """(new, updated, conflicting), and what the export said."""
        self.count += 1
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(2_000_000_000 + self.count))
        out = self.folder / f"vault{self.count}.apkg"
        said = self.run("cards", "export", "anki", str(out))
        log = load(self.col, out)
        return (len(log.new), len(log.updated), len(log.conflicting)), said

    def edit(self, old: str, new: str) -> None:
        changed = 0
        for path in (self.folder / "v/Deck").glob("*.md"):
            text = path.read_text(encoding="utf-8")
            changed += text.count(old)
            path.write_text(text.replace(old, new), encoding="utf-8")
        assert changed == 1

    def fields(self) -> list[tuple[str, ...]]:
        return [tuple(self.col.get_note(number).fields) for number in sorted(self.col.find_notes(""))]


@pytest.fixture
def both(col: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    for name, fields in NOTES:
        kind = col.models.by_name(name)
        note = col.new_note(kind)
        for at, field in enumerate(fields):
            note.fields[at] = field
        col.add_note(note, col.decks.id("Biology::Cell & Co"))
    return Both(col, tmp_path, monkeypatch)


@pytest.mark.parametrize("legacy", [True, False], ids=["old format", "new format"])
def test_what_is_not_edited_changes_nothing_in_anki(both: Both, legacy: bool) -> None:
    before, cards, kinds = both.fields(), both.col.card_count(), both.col.models.all_names()
    both.to_notes(legacy=legacy)
    counts, said = both.to_anki()
    assert (counts, both.fields(), both.col.card_count()) == ((0, 0, 0), before, cards)
    assert "8 notes exported" in said
    assert both.col.models.all_names() == kinds


@pytest.mark.parametrize("legacy", [True, False], ids=["old format", "new format"])
def test_edits_go_back_to_the_same_notes(both: Both, legacy: bool) -> None:
    before, cards, kinds = both.fields(), both.col.card_count(), both.col.models.all_names()
    both.to_notes(legacy=legacy)
    both.edit("Capital of **Norway**", "The capital of **Norway**?")
    both.edit("Hund:::dog", "Hund:::the dog")
    both.edit("country==", "land==")
    both.edit("*remark*", "**remark**")
    counts, _ = both.to_anki()
    assert counts == (0, 3, 0)
    after = both.fields()
    assert after[0] == ("The capital of <strong>Norway</strong>?", before[0][1])
    assert after[2] == ("Hund", "the dog")
    assert after[6] == ("{{c1::Oslo}} is in {{c3::Norway::land}}", "a <strong>remark</strong>")
    assert [after[at] for at in (1, 3, 4, 5, 7)] == [before[at] for at in (1, 3, 4, 5, 7)]
    assert (both.col.card_count(), both.col.models.all_names()) == (cards, kinds)
    counts, _ = both.to_anki()
    assert counts == (0, 0, 0)


def test_the_schedule_of_an_edited_card_stays(both: Both) -> None:
    number = both.col.find_cards("Hund")[0]
    card = both.col.get_card(number)
    card.type, card.queue, card.ivl, card.due, card.reps = 2, 2, 17, 30, 3
    both.col.update_card(card)
    both.to_notes()
    both.edit("Hund:::dog", "Hund:::the dog")
    assert both.to_anki()[0] == (0, 1, 0)
    assert both.col.get_card(number).ivl == 17


def test_a_card_of_another_kind_is_refused_and_says_what_to_do(both: Both) -> None:
    both.to_notes()
    both.edit("Hund:::dog", "Hund::dog")
    counts, said = both.to_anki()
    assert counts == (0, 0, 0)
    assert "'Hund' was reversed in Anki and is basic here; change its note type in Anki, then import it again" in said


def test_further_fields_stay_their_own(both: Both) -> None:
    kind = both.col.models.copy(both.col.models.by_name("Basic"))
    kind["name"] = "Words"
    both.col.models.add_field(kind, both.col.models.new_field("Reading"))
    both.col.models.update_dict(kind)
    note = both.col.new_note(both.col.models.by_name("Words"))
    note.fields = ["水", "water", "みず"]
    both.col.add_note(note, both.col.decks.id("Japanese"))
    both.to_notes()
    both.edit("water\n", "the water\n")
    assert both.to_anki()[0] == (0, 1, 0)
    assert both.fields()[-1] == ("水", "the water", "みず")
    both.edit("みず", "mizu")
    counts, said = both.to_anki()
    assert counts == (0, 0, 0)
    assert "'水' has further fields of the note type 'Words' in its answer" in said


def test_edits_in_anki_come_to_the_notes(both: Both) -> None:
    both.to_notes()
    number = both.col.find_notes("Hund")[0]
    note = both.col.get_note(number)
    note["Back"] = "a dog"
    both.col.update_note(note)
    said = both.to_notes()
    assert "1 updated" in said
    assert both.to_anki()[0] == (0, 0, 0)
    assert both.col.get_note(number)["Back"] == "a dog"


def test_an_edit_that_is_taken_back_is_taken_back_in_anki(both: Both) -> None:
    before = both.fields()
    both.to_notes()
    both.edit("Hund:::dog", "Hund:::the dog")
    assert both.to_anki()[0] == (0, 1, 0)
    both.edit("Hund:::the dog", "Hund:::dog")
    assert both.to_anki()[0] == (0, 1, 0)
    assert both.fields() == before
    assert both.to_anki()[0] == (0, 0, 0)


def test_cards_whose_note_type_is_not_known_are_said_to_conflict(both: Both) -> None:
    both.to_notes()
    (both.folder / "v/.vaultkit/anki-origin.json").unlink()
    counts, said = both.to_anki()
    assert "8 cards came from Anki, and their note types are not known here: Anki will report conflicts" in said
    assert (counts[0], counts[2]) == (0, 8)
    both.to_notes()
    counts, said = both.to_anki()
    assert "conflicts" not in said
    assert counts == (0, 0, 0)
