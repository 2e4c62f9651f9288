"""What a start may not import: a commit hook pays for every module, and the heavy ones cost half a second."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("networkx", "pyvis", "PIL", "numpy", "scipy")

PICTURE = min((Path(__file__).parents[2] / "vault" / "Attachments").glob("*.png"))
REPORT = """
import atexit, os, sys
def report(*rest):
    loaded = {name.partition(".")[0] for name in sys.modules}
    os.write(2, ("\\nloaded: " + " ".join(sorted(loaded))).encode())
atexit.register(report)
leave = os._exit
os._exit = lambda status: (report(), leave(status))
"""


def loaded(code: str, cwd: Path) -> set[str]:
    """Top-level packages that a fresh interpreter has loaded when ``code`` is over."""
    done = subprocess.run([sys.executable, "-c", REPORT + code], cwd=cwd, capture_output=True, timeout=60)
    last = done.stderr.decode().splitlines()[-1]
    assert last.startswith("loaded: "), done.stderr.decode()
    return set(last.split()[1:])


def called(*arguments: str) -> str:
    return f"import sys; sys.argv = {['vaultkit', *arguments]!r}; from vaultkit.cli.entry_point import main; main()"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("---\na: [b]\n---\n[[b]] ![[p.png]]\nWhat?::\n", encoding="utf-8")
    # A whole picture: only one that its first and last bytes leave in doubt is worth opening.
    (tmp_path / "p.png").write_bytes(PICTURE.read_bytes())
    return tmp_path


def test_the_report_sees_what_is_loaded(tmp_path: Path) -> None:
    assert "PIL" in loaded("import PIL", tmp_path)
    assert "PIL" in loaded("import PIL, os; os._exit(0)", tmp_path)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import vaultkit", id="import vaultkit"),
        pytest.param("import vaultkit.vault.load, vaultkit.lint.engine", id="the library"),
        pytest.param(called("--help"), id="vaultkit --help"),
        pytest.param(called("--version"), id="vaultkit --version"),
        pytest.param(called("check"), id="vaultkit check"),
        pytest.param(called("check", "--output-format", "full"), id="vaultkit check, full"),
        pytest.param(called("check", "--help"), id="vaultkit check --help"),
        pytest.param(called("rule", "LK001"), id="vaultkit rule"),
        pytest.param(called("metadata"), id="vaultkit metadata"),
    ],
)
def test_no_heavy_import(vault: Path, code: str) -> None:
    assert loaded(code, vault).isdisjoint(HEAVY)


@pytest.mark.parametrize("arguments", [["check"], ["check", "-q"], ["check", "a.md"]])
def test_a_check_without_options_imports_no_click(vault: Path, arguments: list[str]) -> None:
    found = loaded(called(*arguments), vault)
    assert "msgspec" in found
    assert "click" not in found


def test_import_vaultkit_imports_nothing_else_of_it(tmp_path: Path) -> None:
    code = "import sys, vaultkit; sys.exit(str([name for name in sys.modules if name.startswith('vaultkit.')]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=60)
    assert done.stderr.decode().strip() == "[]"
