"""The five documents the project was created from: what careful people found in them, rule by rule."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from fetch import SHARED, not_public

from vaultkit.base.text import Edit, apply_edits
from vaultkit.cards.reader.exports_in_notes import boilerplate_spans, export_cards
from vaultkit.config import Config
from vaultkit.lint.check import check_folder
from vaultkit.lint.finding import Finding
from vaultkit.lint.plan import plan_of
from vaultkit.vault.workspace import Workspace

SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
INVENTORY = SHARED / "spec" / "seed-defects.md"

pytestmark = pytest.mark.skipif(len(SEEDS) != 5, reason=not_public(SHARED / "seeds"))

# Line and column of every finding whose place the inventory gives (its tables and lists).
PLACES: dict[str, dict[str, list[tuple[int, int | None]]]] = {
    "EM002": {"004": [(14, 41)]},
    "EM003": {"004": [(line, 1) for line in (105, 106, 108, 110, 112, 121, 216, 217, 219, 220, 234)]},
    "LK008": {
        "004": [
            (186, 5), (187, 5), (196, 20), (196, 64), (196, 84), (196, 130), (202, 1), (203, 1), (204, 1), (205, 1),
            (205, 104),
        ]
    },
    "LK001": {
        "004": [
            (186, 5), (187, 5), (196, 20), (196, 64), (196, 84), (196, 130), (202, 1), (203, 1), (204, 1), (205, 1),
            (205, 104), (248, 26), (251, 57), (270, 9), (270, 46), (270, 66),
        ]
    },
    "FC001": {
        "003": [
            (line, None)
            for line in (209, 647, 653, 659, 665, 671, 677, 683, 689, 695, 701, 707, 713, 719, 725, 731, 737, 743)
        ]
    },
    "FC002": {"001": [(255, None)]},
    "FC003": {"001": [(line, None) for line in (79, 151, 175, 219, 227, 231, 235, 239, 243, 247, 251, 307)]},
    "FC004": {"003": [(735, None)]},
    "FC005": {"003": [(77, None)]},
    "FC006": {"003": [(521, 1), (538, 1)]},
    "FC007": {"001": [(line, None) for line in (83, 111, 171, 195)], "003": [(561, None)]},
    "FC008": {"001": [(line, None) for line in (107, 115, 123)]},
    "FC009": {
        "001": [(3, 1), (366, 1)],
        "002": [(line, 1) for line in (12, 29, 46, 67, 86, 109, 126, 144, 161, 178, 200, 219, 238, 255, 272)],
        "003": [(line, 1) for line in (49, 66, 89, 112, 146, 169, 196, 210, 231, 284, 333, 353, 389, 412, 443, 473)],
    },
    "FC010": {"001": [(line, None) for line in (13, 181, 253, 293)]},
    "FC013": {
        "001": [
            (line, None)
            for line, count in (
                (35, 1), (87, 2), (91, 1), (103, 1), (171, 7), (175, 1), (187, 4), (199, 1), (207, 4), (267, 8), (283, 2),
                (307, 6), (311, 1), (315, 2), (319, 1), (323, 1), (327, 13), (331, 4), (335, 13), (339, 1),
            )
            for _ in range(count)
        ]
    },
    "ST001": {
        "000": [
            (line, None)
            for line in (
                5, 6, 7, 8, 9, 11, *range(14, 33), 34, *range(38, 47), *range(48, 59), *range(62, 67), *range(82, 95)
            )
        ]
    },
    "ST003": {"003": [(line, None) for line in (12, 13, 227, 299, 348, 349, 458, 460, 461)]},
    "ST010": {
        "002": [(line, None) for line in (140, 142, 176, 177)],
        "003": [(line, None) for line in (310, 311, 312, 313, 314, 383, 386)],
    },
    "ST011": {"000": [(60, None), (67, None), (102, None)], "001": [(1, None)]},
    "TX001": {
        "000": [
            (2, 1), (3, 1), (7, 25), (7, 95), (21, 44), (21, 49), (28, 21), (28, 37), (33, 27), (33, 42), (33, 71),
            (41, 112), (44, 12), (46, 27), (52, 26), (53, 26), (64, 10), (74, 1), (77, 1), (80, 21), (98, 1), (99, 1),
            (100, 1), (101, 1),
        ]
    },
    "TX004": {"001": [(227, None), (231, None)], "002": [(6, None), (249, None), (249, None), (296, None), (305, None)]},
    "TX005": {"001": [(211, None)] * 3},
}  # fmt: skip


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    for seed in SEEDS:
        (folder / f"{seed.stem}.md").write_bytes(seed.read_bytes())
    return folder


def found(vault: Path, *select: str) -> list[Finding]:
    report = check_folder(Workspace(str(vault), Config(), has_store=False), plan_of(Config(), select=select))[1]
    return list(report.findings)


def inventory() -> Counter[tuple[str, str]]:
    """(rule, document) -> findings; a pair of two documents counts where its later card stands."""
    table = json.loads(re.search(r"```json\n(.*?)\n```", INVENTORY.read_text(encoding="utf-8"), re.DOTALL)[1])  # type: ignore[index]
    return Counter(
        {(code, seed[-3:]): number for code, seeds in table.items() for seed, number in seeds.items() if number}
    )


def test_every_rule_finds_what_the_inventory_lists_and_nothing_else(vault: Path) -> None:
    findings = found(vault, "ALL")
    assert Counter((finding.code, finding.path[:3]) for finding in findings) == inventory()
    assert len(findings) == 558


def test_default_rules_find_335(vault: Path) -> None:
    findings = found(vault)
    codes = {code for code, _ in inventory()} - {"PR010", "ST010", "ST011", "NM005", "TX004", "TX005", "FC013"}
    assert {finding.code for finding in findings} == codes
    assert len(findings) == 335


@pytest.mark.parametrize("code", sorted(PLACES))
def test_findings_stand_where_the_inventory_says(vault: Path, code: str) -> None:
    for seed, places in PLACES[code].items():
        here = sorted((f.line, f.column) for f in found(vault, code) if f.path.startswith(seed))
        assert [line for line, _ in here] == [line for line, _ in places]
        assert [place for place, (_, column) in zip(here, places, strict=True) if column] == [
            place for place in places if place[1]
        ]
    assert {f.path[:3] for f in found(vault, code)} == set(PLACES[code])


def test_every_picture_is_missing_and_has_a_default_name(vault: Path) -> None:
    missing = [finding.about for finding in found(vault, "EM001")]
    named = [finding.about for finding in found(vault, "NM005")]
    assert len(set(missing)) == len(missing) == 119
    assert set(missing) < set(named) and len(set(named)) == len(named) == 120


def test_tags_that_are_almost_the_same(vault: Path) -> None:
    assert sorted(finding.about for finding in found(vault, "PR010")) == [
        "Model", "mulitmodal", "optimizations", "sentimentAnalysis",
    ]  # fmt: skip


def test_removing_site_chrome_leaves_every_card_as_it_was(vault: Path) -> None:
    """What the safe fix of export-boilerplate takes away is no part of a card."""
    fixed = apply_fixes(vault, "FC009")
    left = 0
    for seed in SEEDS:
        text = seed.read_text(encoding="utf-8")
        before, after = export_cards(text), export_cards(fixed.get(f"{seed.stem}.md", text))
        assert [(card.front, card.back) for card in after] == [(card.front, card.back) for card in before]
        left += len(list(boilerplate_spans(fixed.get(f"{seed.stem}.md", text))))
    assert left == 1  # the slogan, by which the note is known as an export


def apply_fixes(vault: Path, code: str) -> dict[str, str]:
    """path -> text after one round of the rule's fixes."""
    edits: dict[str, list[Edit]] = {}
    for finding in found(vault, code):
        if finding.fix is not None:
            edits.setdefault(finding.path, []).extend(finding.fix.edits)
    return {path: apply_edits((vault / path).read_text(encoding="utf-8"), tuple(here)) for path, here in edits.items()}
