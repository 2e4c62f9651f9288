"""`vaultkit clean` deletes every cache there is, and VAULTKIT_NO_CACHE holds for every command."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from vaultkit.base import store
from vaultkit.cli.entry_point import run


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "a.md").write_text("[[b]]\n", encoding="utf-8")
    (folder / "b.md").write_text("# b\n", encoding="utf-8")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("VAULTKIT_NO_CACHE", raising=False)
    monkeypatch.chdir(folder)
    return folder


def stage_a_deletion(vault: Path) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "x"], ["rm", "-q", "b.md"]):
        subprocess.run(["git", *words], cwd=vault, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_clean_leaves_nothing(vault: Path, tmp_path: Path, capsys) -> None:
    stage_a_deletion(vault)
    for words in (["check"], ["hook"], ["graph", "stats"], ["map", "-o", str(tmp_path / "m.html")]):
        run(words)
    kept = {path.name for path in (tmp_path / "cache").iterdir()}
    assert {"vaults", "map"} <= kept <= set(store.FOLDERS), "a cache that clean does not know"
    capsys.readouterr()
    assert run(["clean"]) == 0
    assert f"deleted the caches in {tmp_path / 'cache'}" in capsys.readouterr().err
    assert list((tmp_path / "cache").iterdir()) == []
    assert run(["clean"]) == 0
    assert "no caches found" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_no_cache_holds_for_every_command(vault: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("VAULTKIT_NO_CACHE", "1")
    stage_a_deletion(vault)
    for words in (
        ["check"],
        ["hook"],
        ["check", "--staged"],
        ["graph", "stats"],
        ["map", "-o", str(tmp_path / "m.html")],
    ):
        run(words)
    assert not (tmp_path / "cache").exists()


def test_clean_deletes_also_where_no_cache_is_set(vault: Path, tmp_path: Path, monkeypatch) -> None:
    run(["check"])
    assert (tmp_path / "cache" / "vaults").is_dir()
    monkeypatch.setenv("VAULTKIT_NO_CACHE", "1")
    assert run(["clean"]) == 0
    assert not (tmp_path / "cache" / "vaults").exists()


def test_clean_leaves_what_is_not_its_own(vault: Path, tmp_path: Path) -> None:
    run(["check"])
    (tmp_path / "cache" / "mine.txt").write_text("x", encoding="utf-8")
    assert run(["clean"]) == 0
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["mine.txt"]
