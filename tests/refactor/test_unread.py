"""Files that cannot be read: their links would stay old, so nothing is moved unless it is asked for."""

from __future__ import annotations

import os

import pytest

from vaultkit.cli.entry_point import run

UNREADABLE = {
    "l.md": b"caf\xe9 [[Old]]",
    "l.canvas": b'{"nodes": [',
    "l.base": b"\xff\xfef\0",
    ".l.md.icloud": b"",
}
REASONS = {
    "l.md": "not UTF-8: byte 0xE9 at offset 3",
    "l.canvas": "not valid JSON",
    "l.base": "UTF-16",
    ".l.md.icloud": "stored in the cloud only",
}


@pytest.fixture
def vault(tmp_path, monkeypatch):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "Old.md").write_text("")
    (tmp_path / "a.md").write_text("[[Old]]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", list(UNREADABLE))
def test_move_refuses_and_says_which(vault, capsys, path):
    (vault / path).write_bytes(UNREADABLE[path])
    name = path.removeprefix(".").removesuffix(".icloud")
    for words in (["move", "Old", "New"], ["move", "Old", "New", "--dry-run"]):
        assert run(words) == 2
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert f"{name}: cannot be read ({REASONS[path]}" in err
        assert "repair it, or continue without it with --skip-unread" in err
    assert (vault / "a.md").read_text() == "[[Old]]\n"
    assert run(["move", "Old", "New", "--skip-unread"]) == 0
    assert f"{name}: cannot be read ({REASONS[path]}" in capsys.readouterr().err
    assert (vault / "a.md").read_text() == "[[New]]\n"
    assert (vault / path).read_bytes() == UNREADABLE[path]


def test_a_file_or_folder_without_permission(vault, capsys, monkeypatch):
    (vault / "sub").mkdir()
    (vault / "sub/n.md").write_text("[[Old]]")
    real_open, real_scan = os.open, os.scandir

    def refusing(path, *arguments, **options):
        if str(path).endswith("n.md"):
            raise PermissionError(13, "Permission denied", path)
        return real_open(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refusing)
        assert run(["move", "Old", "New"]) == 2
    assert "sub/n.md: cannot be read (permission denied)" in capsys.readouterr().err

    def closed(path):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return real_scan(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", closed)
        assert run(["move", "Old", "New"]) == 2
    assert "sub: cannot be read (permission denied)" in capsys.readouterr().err
    assert (vault / "Old.md").exists()


def test_a_symbolic_link_out_of_the_vault_is_no_note_of_it(vault):
    (vault.parent / "elsewhere").mkdir()
    (vault / "door").symlink_to(vault.parent / "elsewhere")
    (vault / "gone").symlink_to(vault / "nothing")
    assert run(["move", "Old", "New"]) == 0


def test_relink_refuses_too(vault, capsys):
    (vault / "l.md").write_bytes(UNREADABLE["l.md"])
    os.rename(vault / "Old.md", vault / "New.md")
    assert run(["relink", "Old.md", "New"]) == 2
    assert "l.md: cannot be read" in capsys.readouterr().err
    assert run(["relink", "Old.md", "New", "--skip-unread"]) == 0
    assert (vault / "a.md").read_text() == "[[New]]\n"


def test_a_renaming_fix_is_not_made_and_told(vault, capsys):
    (vault / "l.md").write_bytes(UNREADABLE["l.md"])
    os.rename(vault / "Old.md", vault / "Old?.md")
    assert run(["check", "--select", "NM001", "--fix", "--unsafe-fixes"]) == 1
    err = capsys.readouterr().err
    assert "it cannot be applied (links in l.md would break" in err
    assert (vault / "Old?.md").exists()


def test_a_note_that_is_mended_in_the_same_run_stands_in_no_way(vault):
    (vault / "l.md").write_bytes("caf\u00e9 [[Old?]] na\u00efve d\u00e9j\u00e0 vu\n".encode("cp1252"))
    os.rename(vault / "Old.md", vault / "Old?.md")
    run(["check", "--select", "NM001,TX002", "--fix", "--unsafe-fixes"])
    assert (vault / "Old.md").exists()
    assert (vault / "l.md").read_text(encoding="utf-8").startswith("caf\u00e9 [[Old]]")


def test_move_after_a_move_that_was_cut_off_names_relink(vault, capsys):
    os.rename(vault / "Old.md", vault / "New.md")
    assert run(["move", "Old.md", "New"]) == 2
    assert '`vaultkit relink "Old.md" "New.md"` to update its links' in capsys.readouterr().err
    assert run(["move", "Odl", "Fresh"]) == 2
    assert "relink" not in capsys.readouterr().err
