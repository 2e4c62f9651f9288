"""The sample vault has exactly its planted defects."""

from __future__ import annotations

import json
from pathlib import Path

from vaultkit.config import Config
from vaultkit.lint.engine import check_folder, plan_of

ROOT = Path(__file__).parents[2]
EXPECTED = json.loads((Path(__file__).parent / "expected_findings.json").read_text(encoding="utf-8"))["findings"]


def test_default_rules_find_the_planted_defects_and_nothing_else():
    report = check_folder(str(ROOT / "vault"), plan_of(Config()), Config())[1]
    assert sorted((each.code, each.path, each.line, each.column) for each in report.findings) == sorted(
        (each["code"], each["path"], each["line"], each["column"]) for each in EXPECTED
    )
