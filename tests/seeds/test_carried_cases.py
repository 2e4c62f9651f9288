"""The written cases of the specification are all among the project's own cases."""

from __future__ import annotations

import pytest
import yaml
from fetch import SHARED, not_public
from test_cases import CASES as OWN

FILE = SHARED / "spec" / "obsidian-cases.yaml"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=not_public(FILE))


def test_every_case_of_the_specification_is_carried_over() -> None:
    own = {case["id"]: case for case in OWN}
    for case in yaml.safe_load(FILE.read_text(encoding="utf-8"))["cases"]:
        carried = own[case["id"]]
        for key in ("input", "vault", "from", "link", "settings"):
            assert carried.get(key) == case.get(key), case["id"]
        assert (carried["expect"] != case["expect"]) == ("corrects" in carried), case["id"]
