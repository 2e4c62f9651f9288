"""The five documents the project was created from: what careful people found in them, rule by rule.

The flashcard rules are held against the same documents where the card readers are tested.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from vaultkit.config import Config
from vaultkit.lint.engine import check_folder, plan_of
from vaultkit.lint.finding import Finding

SHARED = Path(__file__).parents[3] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
INVENTORY = SHARED / "spec" / "seed-defects.md"

pytestmark = pytest.mark.skipif(
    len(SEEDS) != 5, reason=f"{SHARED / 'seeds'} is not there: it is no part of the project"
)

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
    report = check_folder(str(vault), plan_of(Config(), select=select), Config())[1]
    return [finding for finding in report.findings if not finding.code.startswith("FC")]


def expected_counts() -> Counter[tuple[str, str]]:
    table = json.loads(re.search(r"```json\n(.*?)\n```", INVENTORY.read_text(encoding="utf-8"), re.DOTALL)[1])  # type: ignore[index]
    counts = {
        (code, seed): number
        for code, seeds in table.items()
        for seed, number in seeds.items()
        if not code.startswith("FC") and number
    }
    return Counter(counts)


def test_every_rule_finds_what_the_inventory_lists_and_nothing_else(vault: Path) -> None:
    findings = found(vault, "ALL")
    assert Counter((finding.code, finding.path[:3]) for finding in findings) == expected_counts()
    assert len(findings) == 404


def test_default_rules_find_255(vault: Path) -> None:
    findings = found(vault)
    codes = {code for code, _ in expected_counts()} - {"PR010", "ST010", "ST011", "NM005", "TX004", "TX005"}
    assert {finding.code for finding in findings} == codes
    assert len(findings) == 255


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
