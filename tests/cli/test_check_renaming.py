"""Fixes that give files new names: shown, made with the links to them, and put back when the disk refuses."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from vaultkit.cli.entry_point import run
from vaultkit.vault.workspace import load_vault

FILES: dict[str, str | bytes] = {
    "a.md": "[[What is softmax?]] ![[plot.png|300]] ![[Pasted image 20240528225721.png]]\n",
    "What is softmax?.md": "up: [[a]]\n",
    "Dir./n.md": "[[a]] teh\n",
    "Board.canvas": json.dumps({"nodes": [{"id": "1", "type": "file", "file": "plot.png"}], "edges": []}),
    "plot.png": b"GIF89a;",
    "Pasted image 20240528225721.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1IEND\xaeB`\x82",
}
RULES = ("--select", "NM001,NM005,EM006,ST010")


@pytest.fixture
def vault(tmp_path, monkeypatch):
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content)
    (tmp_path / ".obsidian").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def opened(root: Path) -> list[tuple[str, bytes]]:
    """What the links of the vault open, by content, as names are what changes."""
    read = load_vault(root)
    return sorted(
        (os.path.basename(source)[:1], (root / target).read_bytes()[:4])
        for source, targets in read.resolved.items()
        for target in targets
    )


def test_files_get_their_names_and_links_follow(vault, capsys):
    before = opened(vault)
    assert run(["check", *RULES, "--fix", "--unsafe-fixes", "--show-fixes"]) == 0
    told = capsys.readouterr().err
    assert "fixed a.md:1: EM006 rename to `plot.gif` and update its embeds (unsafe)" in told
    assert "4 fixes made in 2 notes, 4 renamed" in told
    assert sorted(tree(vault)) == ["Board.canvas", "Dir/n.md", "What is softmax.md", "a.md", "a.png", "plot.gif"]
    assert (vault / "a.md").read_text() == "[[What is softmax]] ![[plot.gif|300]] ![[a.png]]\n"
    assert json.loads((vault / "Board.canvas").read_text())["nodes"][0]["file"] == "plot.gif"
    assert opened(vault) == before
    assert run(["check", *RULES, "--fix", "--unsafe-fixes", "--exit-non-zero-on-fix"]) == 0, "a second run"


def test_diff_shows_renames_and_changes_nothing(vault, capsys):
    before = tree(vault)
    assert run(["check", *RULES, "--diff", "--unsafe-fixes"]) == 1
    out, err = capsys.readouterr()
    assert "rename from plot.png\nrename to plot.gif\n" in out
    assert "-[[What is softmax?]] ![[plot.png|300]] ![[Pasted image 20240528225721.png]]\n" in out
    assert "+[[What is softmax]] ![[plot.gif|300]] ![[a.png]]\n" in out
    assert "4 fixes would change 2 notes and rename 4" in err
    assert tree(vault) == before


def test_without_unsafe_fixes_nothing_is_renamed(vault, capsys):
    before = tree(vault)
    assert run(["check", *RULES, "--fix"]) == 1
    assert "4 more fixes available with --unsafe-fixes" in capsys.readouterr().err
    assert tree(vault) == before


def test_a_name_that_is_taken_is_never_given(vault, capsys):
    (vault / "plot.gif").write_bytes(b"GIF89a another")
    (vault / "What is softmax*.md").write_text("")
    run(["check", *RULES, "--fix", "--unsafe-fixes"])
    names = sorted(tree(vault))
    assert "plot.png" in names, "the other picture keeps its name"
    assert (vault / "plot.gif").read_bytes() == b"GIF89a another"
    assert "What is softmax.md" in names
    assert "What is softmax?.md" in names, "one of two that would have the same name"


def test_a_name_that_appears_meanwhile_is_not_overwritten(vault, capsys, monkeypatch):
    from vaultkit.cli import fixing

    real = fixing.apply_move

    def late(root, renaming, move):
        (vault / "plot.gif").write_bytes(b"from elsewhere")
        real(root, renaming, move)

    monkeypatch.setattr(fixing, "apply_move", late)
    before = tree(vault)
    assert run(["check", *RULES, "--fix", "--unsafe-fixes"]) == 1
    assert "nothing was renamed: plot.gif already exists" in capsys.readouterr().err
    assert tree(vault) == before | {"plot.gif": b"from elsewhere"}


@pytest.mark.parametrize("call", ["rename", "replace", "link", "fsync", "chmod", "mkdir"])
def test_a_disk_that_refuses_leaves_links_that_open_what_they_did(vault, capsys, monkeypatch, call):
    """Every call of the kind fails once; whatever was done by then, no link and no byte is lost."""
    before, contents = opened(vault), sorted(data[:4] for data in tree(vault).values())
    real = getattr(os, call)
    fail_at = 0
    while True:
        calls = iter(range(1_000))

        def failing(*arguments, calls=calls, fail_at=fail_at, **options):
            if next(calls) == fail_at:
                raise OSError(errno.EIO, "input/output error", str(arguments[0]))
            return real(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            run(["check", *RULES, "--no-cache", "--fix", "--unsafe-fixes"])
        assert opened(vault) == before, f"{call} number {fail_at}"
        assert sorted(data[:4] for data in tree(vault).values()) == contents
        if next(calls) <= fail_at:
            break  # it was not called so often: all is done
        fail_at += 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["--unfixable", "NM001,NM005"], {"plot.gif"}, id="not these rules"),
        pytest.param(["--fixable", "NM001"], {"What is softmax.md", "Dir/n.md"}, id="these rules only"),
        pytest.param(["Dir."], {"Dir/n.md"}, id="of one folder"),
    ],
)
def test_renames_heed_what_was_asked_for(vault, capsys, arguments, expected):
    before = set(tree(vault))
    run(["check", *RULES, "--fix", "--unsafe-fixes", *arguments])
    assert set(tree(vault)) - before == expected


def test_a_text_from_stdin_renames_nothing(vault, capsys, monkeypatch):
    import io
    import sys

    before = tree(vault)
    text = FILES["a.md"]
    assert isinstance(text, str)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    run(["check", "-", "--stdin-filename", "a.md", *RULES, "--fix", "--unsafe-fixes"])
    assert tree(vault) == before


def test_excluded_notes_link_to_the_new_name(vault, capsys):
    """Nothing is said of them, but their links would stay old, and their names are taken."""
    (vault / "vaultkit.toml").write_text('exclude = ["out/**", "plot.gif"]\n')
    (vault / "out").mkdir()
    (vault / "out/b.md").write_text("[[What is softmax?]] ![[plot.png]]\n")
    (vault / "plot.gif").write_bytes(b"GIF89a another")
    run(["check", *RULES, "--fix", "--unsafe-fixes"])
    assert (vault / "out/b.md").read_text() == "[[What is softmax]] ![[plot.png]]\n"
    assert (vault / "plot.gif").read_bytes() == b"GIF89a another"
    assert "plot.gif: already exists" in capsys.readouterr().err


def test_excluded_files_move_with_their_folder(vault):
    (vault / "vaultkit.toml").write_text('exclude = ["**/x.md"]\n')
    (vault / "Dir./x.md").write_text("[[Dir./n]]\n")
    run(["check", *RULES, "--fix", "--unsafe-fixes"])
    assert (vault / "Dir/x.md").read_text() == "[[Dir/n]]\n"


def test_an_excluded_note_that_cannot_be_read_stops_renames(vault, capsys):
    (vault / "vaultkit.toml").write_text('exclude = ["out/**"]\n')
    (vault / "out").mkdir()
    (vault / "out/b.md").write_bytes(b"caf\xe9 [[What is softmax?]]\n")
    assert run(["check", *RULES, "--fix", "--unsafe-fixes"]) == 1
    assert "it cannot be read: not UTF-8" in capsys.readouterr().err
    assert (vault / "What is softmax?.md").exists()
