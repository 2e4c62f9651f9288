"""Symbolic links to notes at a revision count as on disk, so that nothing changed shows no change."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from vaultkit.cli.entry_point import run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    (folder / "sub").mkdir(parents=True)
    (folder / ".obsidian").mkdir()
    (folder / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    (folder / "a.md").write_text("[[link]] [[sub/b]]\n", encoding="utf-8")
    (folder / "sub" / "b.md").write_text("# b\n[[a]]\n", encoding="utf-8")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    return folder


def commit(vault: Path) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=vault, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        pytest.param("link.md", "a.md", id="beside it"),
        pytest.param("sub/link.md", "../a.md", id="upwards"),
        pytest.param("link.md", "sub/b.md", id="downwards"),
        pytest.param("link.md", "./sub/../sub/b.md", id="round about"),
        pytest.param("link.md", "gone.md", id="to nothing"),
        pytest.param("link.md", "../outside.md", id="out of the vault"),
        pytest.param("link.md", "/etc/passwd", id="absolute"),
        pytest.param("link.md", "link.md", id="to itself"),
        pytest.param("link", "sub", id="to a folder"),
        pytest.param("link.png", "a.md", id="a picture that is a note"),
    ],
)
def test_nothing_changed(vault: Path, capsys, link: str, target: str) -> None:
    (vault / link).symlink_to(target)
    commit(vault)
    assert run(["graph", "diff", "HEAD", "--json"]) == 0
    told = capsys.readouterr().out
    assert '"added": []' in told and '"removed": []' in told and '"links_added": []' in told, told


def test_a_chain_of_links(vault: Path, capsys) -> None:
    (vault / "one.md").symlink_to("two.md")
    (vault / "two.md").symlink_to("a.md")
    commit(vault)
    assert run(["graph", "diff", "HEAD", "--json"]) == 0
    assert '"added": []' in capsys.readouterr().out


def test_a_link_that_came_is_a_note_that_came(vault: Path, capsys) -> None:
    commit(vault)
    (vault / "link.md").symlink_to("a.md")
    assert run(["graph", "diff", "HEAD", "--json"]) == 0
    assert "note:link.md" in capsys.readouterr().out
