"""The 101 cases of the card grammar in `cases/cards.jsonl`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.reader.read import read_cards
from vaultkit.cards.settings import settings_from
from vaultkit.note.parse import parse_note

CASES_FILE = Path(__file__).with_name("cases") / "cards.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in CASES_FILE.read_text(encoding="utf-8").splitlines()]


def trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def seen(block: CardBlock, expected: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": block.kind,
        "deck": None if not block.decks else block.decks[0] if len(block.decks) == 1 else list(block.decks),
        "line": block.line,
        "end_line": block.end_line,
        "cards": [{"front": trimmed(card.front), "back": trimmed(card.back)} for card in block.cards],
    }
    for key in ("block_id", "placeholder", "hint"):
        if key in expected:
            found[key] = getattr(block, key)
    if "schedule" in expected:
        found["schedule"] = [
            {key: getattr(entry, key) for key in want}
            for entry, want in zip(block.schedules, expected["schedule"], strict=False)
        ]
        assert len(block.schedules) == len(expected["schedule"])
    return found


@pytest.mark.parametrize(
    ("case", "dialect"),
    [pytest.param(case, dialect, id=f"{case['id']}-{dialect}") for case in CASES for dialect in case["dialects"]],
)
def test_case(case: dict[str, Any], dialect: Any) -> None:
    expected = case[f"expect_{dialect}"] if f"expect_{dialect}" in case else case["expect"]
    settings = settings_from(case["settings"]) if "settings" in case else CardSettings()
    text = case["input"]
    blocks = read_cards(case.get("path", "note.md"), parse_note(text.encode()), text, settings, dialect)
    assert len(blocks) == len(expected), blocks
    for block, want in zip(blocks, expected, strict=True):
        normal = want | {"cards": [{k: trimmed(c[k]) for k in ("front", "back")} for c in want["cards"]]}
        assert seen(block, want) == normal
