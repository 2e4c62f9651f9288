"""Paths as a user names them."""

from __future__ import annotations

import ntpath
import os
from pathlib import Path

import pytest

from vaultkit.base import paths
from vaultkit.base.paths import relative_path
from vaultkit.cli.entry_point import run


def test_a_path_on_another_drive_is_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths.os, "path", ntpath)
    monkeypatch.setattr(paths.os, "sep", "\\")
    assert relative_path("C:\\x\\b.md", "Z:\\vault").startswith("../")


@pytest.mark.parametrize(("typed", "spelled"), [("Concepts/A.md", "Concepts/A.md"), ("concepts/a.MD", "Concepts/A.md")])
def test_a_disk_that_ignores_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, spelled: str) -> None:
    (tmp_path / "Concepts").mkdir()
    (tmp_path / "Concepts" / "A.md").write_text("")
    monkeypatch.setattr(paths.os.path, "lexists", lambda path: True)
    assert relative_path(str(tmp_path / typed), str(tmp_path)) == spelled


@pytest.mark.skipif(os.path.exists(__file__.upper()), reason="case does not count here")
def test_a_name_of_another_case_is_no_name_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "A.md").write_text("[[gone]]\n")
    monkeypatch.chdir(tmp_path)
    assert run(["check", "A.md"]) == 0 and run(["check", "a.md"]) == 2
