"""A second real editor drives the server: Emacs with eglot, without a screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EMACS = shutil.which("emacs")
_NEEDED = "(progn (require 'eglot) (require 'markdown-mode))"


def has_packages() -> bool:
    """Return whether Emacs is installed with eglot and markdown-mode."""
    if EMACS is None:
        return False
    return subprocess.run([EMACS, "--batch", "--eval", _NEEDED], capture_output=True, timeout=60).returncode == 0


@pytest.mark.skipif(
    not has_packages(), reason="Emacs with eglot is not installed (Debian: emacs-nox elpa-eglot elpa-markdown-mode)"
)
def test_a_session_in_emacs(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "Index.md").write_text("[[Self-atention]] [[Other#Old name]]\n", "utf-8")
    (vault / "Self-attention.md").write_text("text\n", "utf-8")
    (vault / "Other.md").write_text("# Old name\n", "utf-8")
    (vault / "Third.md").write_text("See [[Other#Old name|it]].\n", "utf-8")
    assert EMACS is not None
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "VAULT": str(vault),
        "SERVER": "\t".join([sys.executable, "-m", "vaultkit", "lsp"]),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        [EMACS, "--batch", "-l", str(Path(__file__).with_name("emacs_session.el"))],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok: ") == 8, done.stdout
