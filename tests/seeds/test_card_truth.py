"""The four documents of cards against what a careful person found in them, when they are at hand."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fetch import SHARED, how_to_get, not_public

from vaultkit.base.text import decode
from vaultkit.cards.checks.problems import problems_of, status_of
from vaultkit.cards.checks.twins import find_twins
from vaultkit.cards.collection import inspector
from vaultkit.cards.importers.importing import read_source, report
from vaultkit.cards.model import CardSettings
from vaultkit.cards.reader.exports_in_notes import boilerplate_spans, export_cards
from vaultkit.cli.app import group
from vaultkit.note.parse import parse_text

TRUTH_FOLDER = SHARED / "spec" / "cards-truth"
CORPUS = SHARED / "corpus"
NAMES = ("000", "001", "002", "003")
# Cut by meaning only; the notes on the truth say that no cheap rule finds it.
MAY_MISS = {("001", 65)}

pytestmark = pytest.mark.skipif(not TRUTH_FOLDER.exists(), reason=not_public(TRUTH_FOLDER))


def truth(name: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((TRUTH_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return answer


def seed(name: str) -> Path:
    return SHARED / "seeds" / truth(name)["seed"]


def with_any_dash(text: str) -> str:
    """The lost character may have been either dash; the truth accepts both."""
    return text.replace("–", "—")


@pytest.mark.parametrize("name", NAMES)
def test_import_gives_exactly_the_cards(name: str) -> None:
    found = report(read_source(seed(name).read_bytes(), seed(name).name))
    expected = truth(name)["cards"]
    assert len(found["cards"]) == len(expected)
    for card, want in zip(found["cards"], expected, strict=True):
        question = want.get("question_repaired") or want.get("question_clean") or want["question"]
        assert with_any_dash(card["front"]) == with_any_dash(question)
        assert card["back"] == want["answer"]
        assert card["line"] == want["line"]
        assert card["end_line"] == (want.get("answer_end_line") or want["answer_line"] or card["end_line"])
        if (name, want["n"]) not in MAY_MISS:
            assert card["status"] == want["status"], want["n"]
        if "tags" in want:
            assert [tag for tag in card["tags"] if not tag.startswith("todo/")] == want["tags"]
        if "section" in want:
            assert " > ".join(card["section"]) == want["section"]
        if "mojibake" in want["flags"]:
            assert "mojibake" in card["flags"]


@pytest.mark.parametrize("name", NAMES)
def test_every_other_line_is_listed(name: str) -> None:
    found = report(read_source(seed(name).read_bytes(), seed(name).name))
    listed = [span["line"] for key in ("boilerplate", "leftovers") for span in found[key]]
    assert len(listed) == len(set(listed))
    if "not_cards" in truth(name):
        assert sorted(listed) == sorted(entry["line"] for entry in truth(name)["not_cards"])


def test_repairs_touch_only_the_damaged_document() -> None:
    counts = {}
    for name in NAMES:
        found = report(read_source(seed(name).read_bytes(), seed(name).name))
        repaired = {entry["line"] for entry in found["repairs"]}
        counts[name] = sum(1 for card in found["cards"] if repaired & set(range(card["line"], card["end_line"] + 1)))
    assert counts == {"000": 9, "001": 0, "002": 0, "003": 0}


@pytest.mark.parametrize("name", NAMES)
def test_the_raw_text_as_a_note_gives_the_same_cards_and_statuses(name: str) -> None:
    text = seed(name).read_text(encoding="utf-8")
    blocks = export_cards(text)
    for block, want in zip(blocks, truth(name)["cards"], strict=True):
        assert text[block.front_start : block.front_end] == want["question"]
        if not block.placeholder:
            assert text[block.back_start : block.back_end] == want["answer"]
        if (name, want["n"]) not in MAY_MISS:
            assert status_of(problems_of(block)) == want["status"]


def test_boilerplate_blocks() -> None:
    counts = {name: len(list(boilerplate_spans(seed(name).read_text(encoding="utf-8")))) for name in NAMES}
    assert counts == {"000": 0, "001": 2, "002": 15, "003": 16}


def test_twins_over_all_216_cards_are_the_five_that_are_true() -> None:
    labels, sides = [], []
    for name in NAMES:
        for want in truth(name)["cards"]:
            labels.append(f"{name}#{want['n']}")
            sides.append((want["question"], want["answer"]))
    found = sorted((twins.kind, labels[twins.first], labels[twins.second]) for twins in find_twins(sides))
    assert found == [
        ("conflicting-answers", "001#50", "003#3"),
        ("duplicate", "003#36", "003#40"),
        ("overlap", "001#36", "001#32"),
        ("overlap", "001#50", "003#23"),
        ("overlap", "003#3", "003#23"),
    ]


@pytest.mark.parametrize("style", ["plain", "heading"])
def test_importing_again_changes_no_byte(style: str, tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    files = [str(seed(name)) for name in NAMES]
    images = []
    for _ in range(2):
        result = CliRunner().invoke(
            group, ["import", *files, "--to", "Cards", "--vault", str(tmp_path), "--style", style, "--json"]
        )
        assert result.exit_code == 0, result.output
        entries = json.loads(result.stdout)
        images.append({p: (p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(tmp_path.rglob("*")) if p.is_file()})
    assert images[0] == images[1]
    assert [(entry["written"], entry["updated"], entry["unchanged"]) for entry in entries] == [
        (0, 0, 64), (0, 0, 90), (0, 0, 20), (0, 0, 42),
    ]  # fmt: skip
    listed = CliRunner().invoke(group, ["cards", "list", "--format", "json", "--vault", str(tmp_path)])
    cards = [card for block in json.loads(listed.stdout)["blocks"] for card in block["cards"]]
    assert len(cards) == 216


@pytest.mark.skipif(not CORPUS.exists(), reason=how_to_get(CORPUS))
def test_real_vaults_hold_no_card_by_accident() -> None:
    """In notes without a deck only what was judged by hand to be cards: two pairs with Q and A labels."""
    found = []
    with_deck = 0
    for archive in sorted(CORPUS.glob("*.tar.xz")):
        with tarfile.open(archive) as files:
            for member in files:
                if not member.isfile() or not member.name.endswith(".md"):
                    continue
                stream = files.extractfile(member)
                assert stream is not None
                decoded = decode(stream.read())
                inspect = inspector(CardSettings(), compare=False)
                for block in inspect(parse_text(decoded.text, decoded.has_bom), decoded.text):
                    with_deck += bool(block.decks)
                    if not block.decks:
                        found.append((block.kind, block.front))
    assert with_deck > 100
    assert sorted(kind for kind, _ in found) == ["qa", "qa"], found
