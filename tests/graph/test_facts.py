"""Dates and words of files."""

from __future__ import annotations

import os
from pathlib import Path

from vaultkit.graph.file_attributes import file_facts
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.workspace import load_vault


def test_dates_from_properties_and_names() -> None:
    vault = vault_of(
        {
            "a.md": "---\nCreated: 2024-05-06\nupdated: 2024-05-07 10:11\n---",
            "b.md": "---\ncreated: soon\ndate: 2024-13-01\n---",
            "c.md": "---\ncreated_at: 2020-01-02\n---",
            "2024-05-06 trip.md": "",
            "Pasted image 20230102030405.png": None,
            "Pasted image 20231302030405.png": None,
        }
    )
    assert file_facts(vault, {"a.md": 3}) == {
        "a.md": {"created": "2024-05-06", "modified": "2024-05-07T10:11", "words": 3},
        "c.md": {"created": "2020-01-02"},
        "2024-05-06 trip.md": {"created": "2024-05-06"},
        "Pasted image 20230102030405.png": {"created": "2023-01-02T03:04:05"},
    }


def test_the_disk_knows_when_a_file_was_modified(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    os.utime(tmp_path / "a.md", (0, 86400))
    assert file_facts(load_vault(tmp_path)) == {"a.md": {"modified": "1970-01-02T00:00:00Z"}}
