"""A store is dropped when the code of vaultkit changes, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vaultkit import __version__
from vaultkit.base import store


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one module in place of vaultkit."""
    module = tmp_path / "vaultkit" / "base" / "store.py"
    module.parent.mkdir(parents=True)
    module.write_text("")
    os.utime(module, ns=(10**18, 10**18))
    monkeypatch.setattr(store, "__file__", str(module))
    return tmp_path


def install(package: Path, record: str) -> Path:
    folder = package / f"obsidian_vaultkit-{__version__}.dist-info"
    folder.mkdir(exist_ok=True)
    (folder / "RECORD").write_text(record)
    return folder / "RECORD"


def test_an_installed_copy_is_known_by_the_hashes_of_its_files(package: Path) -> None:
    install(package, "vaultkit/base/store.py,sha256=one,0\n")
    one = store.code_stamp()
    os.utime(install(package, "vaultkit/base/store.py,sha256=one,0\n"), ns=(2 * 10**18, 2 * 10**18))
    assert store.code_stamp() == one, "the same code, installed again"
    install(package, "vaultkit/base/store.py,sha256=two,0\n")
    assert store.code_stamp() != one, "other code under the same version, installed in the same second"


def test_a_clone_is_known_by_its_newest_module(package: Path) -> None:
    one = store.code_stamp()
    assert store.code_stamp() == one
    os.utime(package / "vaultkit" / "base" / "store.py", ns=(10**18 + 1, 10**18 + 1))
    assert store.code_stamp() != one
