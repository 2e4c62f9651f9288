"""What changes in the notes changes in Anki, card by card (against the ``anki`` wheel, test only)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_anki import col, load

from vaultkit.cli.app import group

__all__ = ["col"]  # a fixture

pytest.importorskip("anki.collection", reason="the anki wheel is not installed")
pytest.importorskip("genanki", reason="the extra [anki] is not installed")


class Deck:
    """A vault of one note, exported and imported again and again."""

    def __init__(self, folder: Path, col: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / ".obsidian").mkdir(parents=True)
        self.folder, self.col, self.monkeypatch, self.count = folder, col, monkeypatch, 0

    def put(self, text: str) -> tuple[Any, str]:
        """Write the note, export it, import it: Anki's log, and what the export said."""
        self.count += 1
        (self.folder / "n.md").write_text("#flashcards\n\n" + text, encoding="utf-8")
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_700_000_000 + self.count))
        out = self.folder.parent / f"{self.count}.apkg"
        result = CliRunner().invoke(group, ["cards", "export", "anki", str(out), "--vault", str(self.folder)])
        assert result.exit_code == 0, result.output
        return load(self.col, out), result.output

    def fields(self, name: str) -> list[str]:
        """One field of every note."""
        return [self.col.get_note(number)[name] for number in self.col.find_notes("")]


@pytest.fixture
def deck(tmp_path: Path, col: Any, monkeypatch: pytest.MonkeyPatch) -> Deck:
    return Deck(tmp_path / "vault", col, monkeypatch)


def counts(log: Any) -> tuple[int, int, int]:
    return len(log.new), len(log.updated), len(log.conflicting)


def test_a_gap_whose_words_change_keeps_its_number(deck: Deck) -> None:
    deck.put("The ==heart== pumps ==blood==\n")
    log, said = deck.put("The ==heart== pumps ==red blood==\n")
    assert counts(log) == (0, 1, 0)
    assert deck.fields("Front") == ["The {{c1::heart}} pumps {{c2::red blood}}"]
    assert "empty card" not in said


def test_a_new_gap_in_front_moves_no_other(deck: Deck) -> None:
    deck.put("The ==heart== pumps ==blood==\n")
    deck.put("The ==human== ==heart== pumps ==blood==\n")
    assert deck.fields("Front") == ["The {{c3::human}} {{c1::heart}} pumps {{c2::blood}}"]


def test_a_gap_that_goes_leaves_an_empty_card_and_the_export_says_so(deck: Deck) -> None:
    deck.put("The ==heart== pumps ==blood==\n")
    log, said = deck.put("The ==heart== pumps blood\n")
    assert counts(log) == (0, 1, 0)
    assert "n.md:3: 'The ==heart== pumps blood' has lost a gap" in said
    assert len(deck.col.get_empty_cards().notes) == 1


def test_a_card_of_another_kind_is_a_new_note_and_the_export_says_so(deck: Deck) -> None:
    deck.put("Hund::dog\n")
    log, said = deck.put("Hund:::dog\n")
    assert counts(log) == (1, 0, 0)
    assert "n.md:3: 'Hund' changed its kind" in said
    log, said = deck.put("Hund\n??\na dog\n")
    assert counts(log) == (0, 1, 0)
    assert "changed its kind" not in said
    log, said = deck.put("Hund::a dog\n")
    assert counts(log)[2] == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The ==one== x\n\nThe ==two== y\n", "New ==card== z\n\nThe ==one== x\n\nThe ==two two== y\n"),
        ("The ==one== x\n\nThe ==two== y\n", "The ==one== x\n\nThe ==two two== y\n\nNew ==card== z\n"),
        ("a::1\n\nb::2\n\nc::3\n", "z::0\n\na::1\n\nbb::22\n\nc::3\n"),
        ("a::1\n\nb::2\n", "bb::22\n\na::1\n\nnew::3\n"),
    ],
)
def test_a_reworded_card_is_known_by_its_neighbours(deck: Deck, before: str, after: str) -> None:
    deck.put(before)
    log, _ = deck.put(after)
    assert log.new and len(log.new) == 1
    assert len(log.updated) == 1 or after.startswith("bb")


def test_what_is_hidden_in_an_overlapping_cloze_is_hidden_in_anki(deck: Deck) -> None:
    deck.put("Order: ==ahh;;one==, ==hah;;two==, ==hha;;three;;last==\n")
    shown = [card.question() for card in map(deck.col.get_card, sorted(deck.col.find_cards("")))]
    assert len(shown) == 3
    for question in shown:
        assert not any(f"{word}<" in question or f">{word}" in question for word in ("one", "two", "three"))
    assert [question.count("[...]") for question in shown] == [3, 3, 2]


def test_only_numbered_gaps_are_asked_beside_plain_highlights(deck: Deck) -> None:
    deck.put("mixed ==1;;x== and ==plain==\n")
    assert deck.fields("Front") == ["mixed {{c1::x}} and <mark>plain</mark>"]
    assert deck.col.card_count() == 1


def test_code_that_looks_like_a_gap_is_none(deck: Deck) -> None:
    deck.put("Write `{{c1::no}}` for a ==gap==\n")
    assert deck.col.card_count() == 1
    (number,) = deck.col.find_cards("")
    question = deck.col.get_card(number).question()
    assert "{{c1::no}}" in question.replace("&#123;", "{")
