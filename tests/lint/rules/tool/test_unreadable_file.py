"""VK003: what could not be looked into, or not wholly."""

from __future__ import annotations

import os

import pytest

from vaultkit.config import Config
from vaultkit.lint.check import check_folder
from vaultkit.lint.plan import plan_of
from vaultkit.vault.workspace import Workspace


def found(root):
    report = check_folder(Workspace(str(root), Config(), has_store=False), plan_of(Config(), select=["VK003"]))[1]
    return [(each.path, each.line, each.message, each.severity) for each in report.findings]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "text"}, id="readable"),
        pytest.param({"a.md": b"\xff"}, id="bytes that are no text are another rule"),
        pytest.param({"a.md": "text", "p.png": b"x" * 30_000}, id="a picture has no lines"),
        pytest.param({"a.md": "word \n" * 10_000}, id="a long note of short lines"),
    ],
)
def test_unreadable_file_is_silent(lint, files):
    assert lint(files, "VK003") == []


def test_a_long_line_is_told(tmp_path):
    (tmp_path / "a.md").write_text("one\n" + "x" * 20_001 + "\nlast")
    message = "line checked in part: 20,001 characters are too many for the rules about wording"
    assert found(tmp_path) == [("a.md", 2, message, "info")]


def test_a_note_of_many_megabytes_is_told(tmp_path):
    (tmp_path / "a.md").write_bytes(b"x " * 5_000_001)
    message = "cannot be read: larger than 10 MB, so it was not read as a note"
    assert found(tmp_path) == [("a.md", 1, message, "error")]


def test_a_link_out_of_the_vault_is_told(tmp_path):
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_text("text")
    (tmp_path / "secret.md").write_text("text")
    os.symlink("../secret.md", vault / "b.md")
    assert found(vault) == [("b.md", 1, "cannot be read: a symbolic link out of the vault, not followed", "error")]


def test_a_link_that_leads_round_is_told(tmp_path):
    os.symlink("b.md", tmp_path / "a.md")
    os.symlink("a.md", tmp_path / "b.md")
    reason = "cannot be read: a symbolic link that points to a missing file, or in a loop"
    assert found(tmp_path) == [("a.md", 1, reason, "error"), ("b.md", 1, reason, "error")]


def test_a_note_kept_in_the_cloud_is_told(tmp_path):
    (tmp_path / ".a.md.icloud").write_bytes(b"")
    reason = "cannot be read: stored in the cloud only, so its content is unknown"
    assert found(tmp_path) == [("a.md", 1, reason, "error")]


def test_notes_above_the_limits_are_told(lint):
    files = {
        "a.md": "[[x]] " * 10,
        "b.md": "word word\n" * 200_001,
        "vaultkit.toml": "[rules.VK003]\nmax-size = 50\n",
    }
    assert lint(files, "VK003") == [
        "a.md:1:1: VK003 unreadable-file: note not checked: 60 characters are more than `max-size`",
        "b.md:1:1: VK003 unreadable-file: note not checked: 2,000,010 characters are more than `max-size`",
    ]
    assert lint({"b.md": files["b.md"]}, "VK003") == [
        "b.md:1:1: VK003 unreadable-file: note checked in part: 2,000,010 characters are too many for the rules about wording"
    ]


def test_rules_about_wording_leave_a_huge_note_alone(lint):
    assert lint({"b.md": "word WHat\n" * 200_001}, "TX004") == []
