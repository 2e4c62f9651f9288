"""A real editor drives the server: Neovim, without a screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEOVIM = shutil.which("nvim")


@pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed (Debian: apt install neovim)")
def test_a_session_in_neovim(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "Index.md").write_text("[[Self-atention]] [[Other#Old name]]\n", "utf-8")
    (tmp_path / "Self-attention.md").write_text("text\n", "utf-8")
    (tmp_path / "Other.md").write_text("# Old name\n", "utf-8")
    (tmp_path / "Third.md").write_text("See [[Other#Old name|it]].\n", "utf-8")
    assert NEOVIM is not None
    root = Path(__file__).parents[2]
    environment = {
        **os.environ,
        "VAULT": str(tmp_path),
        "SERVER": "\t".join([sys.executable, "-m", "vaultkit", "lsp"]),
        "PYTHONPATH": str(root),
        "XDG_STATE_HOME": str(tmp_path / ".state"),
    }
    done = subprocess.run(
        [NEOVIM, "--headless", "--clean", "-n", "-S", str(Path(__file__).with_name("neovim_session.lua"))],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok: ") == 8, done.stdout
