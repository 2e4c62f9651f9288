from __future__ import annotations

import pytest

from vaultkit.config import Config
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import message_with_help
from vaultkit.lint.plan import plan_of
from vaultkit.note.parse import parse_text
from vaultkit.vault.files import VaultFile
from vaultkit.vault.settings import Settings
from vaultkit.vault.snapshot import Snapshot

WHY = "not in the commit; run `git add p.png`"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("![[q.png]] [[b]]", [], id="what the commit has is well"),
        pytest.param("![[p.png]]", [("EM009", f"untracked file `p.png`: {WHY}")], id="told once, not as missing"),
        pytest.param("[x](sub/p.png)", [("LK002", "`sub/p.png` does not exist in this vault")], id="no"),
        pytest.param("[[new]]", [("EM009", "untracked file `d/new.md`: why")], id="a note by its name"),
    ],
)
def test_untracked_target(body, expected):
    files = {
        path: VaultFile(path, kind) for path, kind in {"a.md": "note", "b.md": "note", "q.png": "attachment"}.items()
    }
    notes = {"a.md": parse_text(body), "b.md": parse_text("")}
    vault = Snapshot(files, notes, {}, Settings(), untracked={"p.png": WHY, "d/new.md": "why"})
    found = collect_findings(vault, plan_of(Config(), select=["LK", "EM001", "EM009"]), {}).findings
    assert [(one.code, message_with_help(one)) for one in found] == expected
