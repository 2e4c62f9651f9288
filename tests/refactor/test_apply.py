"""Moves on the disk: all or nothing, whichever call fails; and the commands."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.base.journal import recover
from vaultkit.cli.entry_point import run
from vaultkit.refactor.apply import apply_move
from vaultkit.refactor.plan import MovePlan, plan_move
from vaultkit.refactor.renaming import Renaming, renaming
from vaultkit.vault.workspace import load_vault

TEXTS = {
    "a.md": "[[Old]]\n",
    "b.md": "[[Old]] [[a]]\n",
    "d/Old.md": "[x](./c.md)\n",
    "d/c.md": "",
    "e.canvas": '{"nodes":[{"id":"1","type":"file","file":"d/Old.md"}]}',
}


def write(root: Path) -> None:
    for path, text in TEXTS.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def tree(root: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def planned_move(root: Path, old: str, new: str) -> tuple[Renaming, MovePlan]:
    vault = load_vault(root)
    wanted = renaming(vault, old, new)
    return wanted, plan_move(vault, wanted, lambda path: (root / path).read_bytes())


def move(root: Path, old: str, new: str) -> None:
    apply_move(str(root), *planned_move(root, old, new))


# The checkout that is tested, also from another folder.
HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
CALLS = ("rename", "replace", "fsync", "mkdir", "open", "chmod", "link", "unlink")


@pytest.fixture(params=["in one step", "by a second name"])
def swap(request, monkeypatch):
    """How two files change places: systems and disks differ in what they can do."""
    if request.param == "by a second name":
        monkeypatch.setattr("vaultkit.base.rename._system_call", lambda: None)
    return request.param


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["disk", "ctrl-c"])
def test_a_call_that_fails_leaves_all_as_it_was(tmp_path, monkeypatch, swap, call, error):
    """Each call of each kind fails once, at every place where it is made."""
    write(tmp_path)
    before = tree(tmp_path)
    real = getattr(os, call)
    failures = 0
    for fail_at in range(400):
        calls = iter(range(10_000))

        def failing(*arguments, calls=calls, fail_at=fail_at, **options):
            if next(calls) == fail_at:
                raise error
            return real(*arguments, **options)

        planned = planned_move(tmp_path, "Old", "x/y/New")
        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            try:
                apply_move(str(tmp_path), *planned)
            except (VaultkitError, KeyboardInterrupt):
                failures += 1
                assert tree(tmp_path) == before, f"{call} number {fail_at + 1}"
                continue
        break
    if call not in ("rename", "replace", "link", "unlink"):  # those are not called by all, or a failure matters not
        assert failures > 0
    assert (tmp_path / "x/y/New.md").read_text() == "[x](../../d/c.md)\n"
    assert (tmp_path / "b.md").read_text() == "[[New]] [[a]]\n"
    recover(str(tmp_path))  # what could not be deleted is deleted by the next run
    assert not list(tmp_path.rglob(".*"))


def test_a_disk_that_refuses_to_put_back_keeps_the_old_text(tmp_path, monkeypatch):
    """The second file cannot be written, and then the first cannot be put back: its old bytes stay beside it."""
    write(tmp_path)
    planned = planned_move(tmp_path, "Old", "New")
    real = os.replace
    placed: list[str] = []

    def failing(old, new, **options):
        if placed:
            raise OSError(5, "Input/output error")
        real(old, new, **options)
        placed.append(str(new))

    monkeypatch.setattr(os, "replace", failing)
    monkeypatch.setattr("vaultkit.base.rename._system_call", lambda: None)
    with pytest.raises(VaultkitError, match=r"could not be put back .*; the old text is in .*old\.tmp"):
        apply_move(str(tmp_path), *planned)
    first = os.path.relpath(placed[0], tmp_path)
    left = list(tmp_path.rglob(".*.tmp"))
    assert [path.read_text() for path in left] == [TEXTS[first]]
    others = {path: text for path, text in TEXTS.items() if path not in (first, "d/Old.md")}
    assert {path: (tmp_path / path).read_text() for path in others} == others
    monkeypatch.undo()
    found = recover(str(tmp_path))
    assert found is not None and found.undone == 2 and not found.left, "the next run can"
    assert {path: (tmp_path / path).read_text() for path in TEXTS} == TEXTS and not list(tmp_path.rglob(".*"))


def test_an_interrupt_behind_the_last_step_comes_too_late(tmp_path, monkeypatch, swap):
    write(tmp_path)
    real = os.unlink

    def interrupted(path, **options):
        real(path, **options)
        if str(path).endswith(".tmp") and (tmp_path / "x/New.md").exists():
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "unlink", interrupted)
    move(tmp_path, "Old", "x/New")
    monkeypatch.undo()
    recover(str(tmp_path))
    assert not list(tmp_path.rglob(".*"))
    assert (tmp_path / "b.md").read_text() == "[[New]] [[a]]\n"
    assert (tmp_path / "x/New.md").exists()


@pytest.mark.parametrize("path", ["b.md", "d/Old.md"])
def test_a_file_that_changed_meanwhile(tmp_path, path):
    write(tmp_path)
    vault = load_vault(tmp_path)
    wanted = renaming(vault, "Old", "New")
    planned = plan_move(vault, wanted, lambda name: (tmp_path / name).read_bytes())
    (tmp_path / path).write_text("edited")
    before = tree(tmp_path)
    with pytest.raises(VaultkitError, match="changed since it was read; nothing was changed"):
        apply_move(str(tmp_path), wanted, planned)
    assert tree(tmp_path) == before


def test_nothing_is_overwritten_or_put_outside(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    write(root)
    (tmp_path / "out").mkdir()
    (root / "door").symlink_to(tmp_path / "out")
    (root / "notes.tmp").mkdir()
    before = tree(tmp_path)
    with pytest.raises(VaultkitError, match="outside the vault"):
        move(root, "Old", "door/New")
    vault = load_vault(root)
    wanted = renaming(vault, "Old", "New")
    planned = plan_move(vault, wanted, lambda name: (root / name).read_bytes())
    (root / "New.md").write_text("came meanwhile")
    with pytest.raises(VaultkitError, match=r"New\.md already exists"):
        apply_move(str(root), wanted, planned)
    (root / "New.md").unlink()
    assert tree(tmp_path) == before


def test_commands(tmp_path, monkeypatch, capsys):
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = tree(tmp_path)
    assert run(["move", "Old", "d/New", "--vault", ".", "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "d/Old.md -> d/New.md",
        "a.md:1:3: Old -> New",
        "b.md:1:3: Old -> New",
        "e.canvas:1:43: d/Old.md -> d/New.md",
    ]
    assert run(["move", "Old", "x/New note", "--vault", ".", "--diff"]) == 0
    patch = capsys.readouterr().out
    assert tree(tmp_path) == before
    applied = tmp_path.parent / "applied"
    applied.mkdir()
    write(applied)
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=applied, check=True)
    assert run(["move", "Old", "x/New note", "--vault", "."]) == 0
    assert "d/Old.md is now x/New note.md; 4 links in 4 files rewritten" in capsys.readouterr().err
    files = {path: data for path, data in tree(tmp_path).items() if data is not None}
    assert files == {path: data for path, data in tree(applied).items() if data is not None}
    assert run(["move", "a", "b", "--vault", "."]) == 2
    assert "b.md: already exists" in capsys.readouterr().err


KILLED = """
import os, signal, sys
from vaultkit.base import atomic_write
from vaultkit.cli.entry_point import run

swap, left = atomic_write._swap, int(sys.argv[1])

def dying(*arguments, **options):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    swap(*arguments, **options)

atomic_write._swap = dying
run(["move", "d/Old.md", "x/New", "--vault", "."])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
@pytest.mark.parametrize("has_journal", [True, False], ids=["undone by itself", "without its journal"])
@pytest.mark.parametrize("written", range(6))
def test_a_move_that_was_killed(tmp_path, monkeypatch, capsys, written, has_journal):
    """The files have moved; of the texts, ``written`` have their new bytes. Every way to write a link is there.

    The next move undoes it and moves all. Where the vault was copied, its journal does not hold: relink ends it.
    """
    texts = {
        "a.md": '---\nup: "[[Old]]"\nall:\n  - "[[d/Old|x]]"\n---\n[[Old#A]] ![[Old]] [m](d/Old.md) [n](<d/Old.md>)\n',
        "b.md": "| [[Old\\|x]] |\n|-|\n\n> [!note] [[d/Old]]\n\n[r]\n\n[r]: d/Old.md\n",
        "d/Old.md": "# A\n[c](./c.md) [[Old#A]] [[../a]]\n",
        "d/c.md": "",
        "c.canvas": '{"nodes":[{"type":"file","file":"d/Old.md"},{"type":"text","text":"[[Old]]"}]}',
        "e.base": "filters:\n  - file.path == \"d/Old.md\"\n  - '[[Old]]'\n",
        ".obsidian/bookmarks.json": '{"items":[{"type":"file","path":"d/Old.md"}]}',
    }
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for root in (whole, killed):
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    assert run(["move", "d/Old.md", "x/New", "--vault", str(whole)]) == 0
    done = subprocess.run([sys.executable, "-c", KILLED, str(written)], cwd=killed, env=HERE, check=False)
    assert done.returncode == -signal.SIGKILL
    monkeypatch.chdir(killed)
    if has_journal:
        assert run(["move", "d/Old.md", "x/New", "--vault", "."]) == 0
        assert not list(killed.rglob(".vaultkit-*"))
    else:
        (killed / ".vaultkit-journal.json").unlink()
        assert run(["move", "d/Old.md", "x/New", "--vault", "."]) == 2
        assert '`vaultkit relink "d/Old.md" "x/New.md"` to update its links' in capsys.readouterr().err
        assert run(["relink", "d/Old.md", "x/New.md", "--vault", "."]) == 0
    assert {path: (killed / path).read_text() for path in (*texts, "x/New.md") if path != "d/Old.md"} == {
        path: (whole / path).read_text() for path in (*texts, "x/New.md") if path != "d/Old.md"
    }
    capsys.readouterr()
    assert run(["relink", "d/Old.md", "x/New.md", "--vault", "."]) == 0
    assert "0 links in 0 files rewritten" in capsys.readouterr().err


def test_relink_mends_what_was_moved_by_hand(tmp_path, monkeypatch, capsys):
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    os.rename("d/Old.md", "Fresh.md")
    assert run(["relink", "d/Old.md", "Fresh", "--vault", "."]) == 0
    assert "4 links in 4 files rewritten" in capsys.readouterr().err
    assert Path("b.md").read_text() == "[[Fresh]] [[a]]\n"
    assert Path("Fresh.md").read_text() == "[x](./d/c.md)\n"
    assert '"file":"Fresh.md"' in Path("e.canvas").read_text()
    assert run(["relink", "a.md", "b", "--vault", "."]) == 2
    assert "still exists" in capsys.readouterr().err


def test_a_note_with_a_symbolic_link_to_it_is_written_once(tmp_path):
    write(tmp_path)
    (tmp_path / "link.md").symlink_to("a.md")
    move(tmp_path, "Old", "New")
    assert (tmp_path / "a.md").read_text() == "[[New]]\n"
    assert (tmp_path / "link.md").is_symlink()


def test_links_that_cannot_hold_in_both_places_are_refused(tmp_path):
    (tmp_path / "d/e").mkdir(parents=True)
    (tmp_path / "d/n.md").write_text("[[Old]] [x](../d/Old.md)\n")
    (tmp_path / "d/Old.md").write_text("")
    (tmp_path / "d/e/link.md").symlink_to("../n.md")
    before = tree(tmp_path)
    with pytest.raises(VaultkitError, match="is the same file as"):
        apply_move(str(tmp_path), *planned_move(tmp_path, "d/Old.md", "New"))
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("link", "target", "old", "new", "is_refused"),
    [
        ("link.md", "d/Old.md", "d/Old.md", "d/New.md", True),
        ("link.md", "d/Old.md", "d", "e", True),
        ("d/link.md", "Old.md", "d", "e", False),
        ("link.md", "d/Old.md", "link.md", "other.md", False),
        ("link.md", "d/Old.md", "link.md", "x/other.md", True),
        ("link.md", "/d/Old.md", "link.md", "x/other.md", False),
        ("link.md", "/d/Old.md", "d", "e", True),
        ("link.md", "d/Old.md", "b.md", "c.md", False),
    ],
)
def test_symbolic_links_lead_where_they_led_or_nothing_moves(
    tmp_path, monkeypatch, capsys, link, target, old, new, is_refused
):
    write(tmp_path)
    (tmp_path / link).symlink_to(f"{tmp_path}{target}" if target.startswith("/") else target)
    monkeypatch.chdir(tmp_path)
    before = tree(tmp_path)
    assert run(["move", old, new, "--vault", "."]) == (2 if is_refused else 0)
    if is_refused:
        assert f"{link}: symbolic link to d/Old.md, which the move would break" in capsys.readouterr().err
        assert tree(tmp_path) == before
    assert all(path.exists() for path in tmp_path.rglob("*"))


def test_nothing_is_moved_behind_a_symbolic_link_to_a_folder(tmp_path):
    write(tmp_path)
    (tmp_path / "door").symlink_to("d")
    with pytest.raises(VaultkitError, match="door is a symbolic link, and notes in it are not read"):
        move(tmp_path, "b.md", "door/x/b.md")
    assert (tmp_path / "b.md").exists()
