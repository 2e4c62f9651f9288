"""Notes kept between runs are those that have not changed, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from vaultkit.config import Config
from vaultkit.lint.check import read_for_check
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.plan import Plan, plan_of
from vaultkit.vault import stamps
from vaultkit.vault.note_store import typed_query
from vaultkit.vault.workspace import Workspace


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "caches"))
    root = tmp_path / "vault"
    root.mkdir()
    write(root / "a.md", "[[b]] [[gone]]")
    write(root / "b.md", "# B")
    return root


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be three seconds later, so that what was just written counts as settled."""
    now = time.time_ns() + 3_000_000_000
    monkeypatch.setattr(stamps.time, "time_ns", lambda: now)


def read(root: Path) -> tuple[list[str], list[str]]:
    """Paths that were read this time, and all notes with what was said of them."""
    seen: list[str] = []

    def inspect(note, text):
        seen.append(text)
        return text

    found, answers = Workspace(str(root), Config()).read(typed_query(inspect, str, "test"))
    return seen, [f"{path}: {answers[path]}" for path in found.notes]


def test_a_second_run_reads_nothing(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    first = read(vault)
    assert sorted(first[0]) == ["# B", "[[b]] [[gone]]"]
    assert read(vault) == ([], first[1])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda file: write(file, "# B, longer"), id="another size"),
        pytest.param(lambda file: write(file, "# C"), id="the same size"),
        pytest.param(lambda file: put_back(file, "# C"), id="the same size and date"),
        pytest.param(lambda file: file.with_name("c").rename(file) if write(file.with_name("c"), "# D") is None else 0,
                     id="another file in its place"),
    ],
)  # fmt: skip
def test_a_changed_note_is_read_again(vault: Path, monkeypatch: pytest.MonkeyPatch, change) -> None:
    settle(monkeypatch)
    read(vault)
    change(vault / "b.md")
    seen, notes = read(vault)
    assert seen == [(vault / "b.md").read_text()]
    assert notes[1] == f"b.md: {seen[0]}"


def put_back(file: Path, text: str) -> None:
    status = file.stat()
    write(file, text)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_note_just_written_is_not_kept(vault: Path) -> None:
    read(vault)
    assert len(read(vault)[0]) == 2


def test_notes_that_are_gone_or_new(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    read(vault)
    (vault / "b.md").unlink()
    write(vault / "c.md", "new")
    assert read(vault) == (["new"], ["a.md: [[b]] [[gone]]", "c.md: new"])
    assert read(vault)[0] == []


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(90)])
def test_a_damaged_cache_is_a_slower_run(vault: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    settle(monkeypatch)
    first = read(vault)
    (file,) = (vault.parent / "caches" / "vaults").iterdir()
    file.write_bytes(damage)
    assert sorted(read(vault)[0]) == sorted(first[0])
    assert read(vault)[0] == []


def test_no_cache_where_none_can_be(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    write(vault.parent / "file", "")
    for name, value in (("VAULTKIT_CACHE_DIR", str(vault.parent / "file" / "below")), ("VAULTKIT_NO_CACHE", "1")):
        monkeypatch.setenv(name, value)
        assert len(read(vault)[0]) == len(read(vault)[0]) == 2


def test_findings_are_the_same_with_and_without(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)

    def findings(plan: Plan, *, has_cache: bool) -> list[str]:
        found, answers = read_for_check(Workspace(str(vault), Config(), has_store=has_cache), plan)
        return [f"{each.path}:{each.line}:{each.column} {each.code}" for each in collect_findings(found, plan, answers).findings]

    write(vault / "a.md", "[[b]] [[gone]] %% vaultkit-disable-line LK001 %%\n[x]() [[b|300]]")
    for plan in (plan_of(Config()), plan_of(Config(), select=["ALL"]), plan_of(Config(), ignore=["LK007"])):
        without = findings(plan, has_cache=False)
        assert findings(plan, has_cache=True) == without
        assert findings(plan, has_cache=True) == without


def test_what_rules_gather_is_not_taken_from_a_run_without_them(tmp_path: Path, monkeypatch, capsys) -> None:
    from vaultkit.cli.entry_point import run

    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    note = tmp_path / "vault" / "a.md"
    note.parent.mkdir()
    note.write_text("bell\x07")
    os.utime(note, (1, 1))
    monkeypatch.setattr("vaultkit.vault.stamps.TICK_NS", -10_000_000_000)
    monkeypatch.chdir(note.parent)
    assert run(["check", "--isolated", "--ignore", "TX002"]) == 0
    assert run(["check", "--isolated"]) == 1
    assert "TX002" in capsys.readouterr().out
