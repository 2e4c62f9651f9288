"""Changed files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vaultkit.errors import VaultkitError
from vaultkit.index.write import write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / f"{name}.md").write_bytes(name.encode())
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


BEFORE = {"a.md": b"a", "b.md": b"b", "c.md": b"c"}


def test_all_are_written_with_their_permissions(folder: Path) -> None:
    (folder / "a.md").chmod(0o640)
    write_files(str(folder), {"a.md": (b"a", b"A"), "b.md": (b"b", b"")})
    assert contents(folder) == {"a.md": b"A", "b.md": b"", "c.md": b"c"}
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640


def test_nothing_is_written_when_a_file_changed_meanwhile(folder: Path) -> None:
    with pytest.raises(VaultkitError, match=r"^b\.md: it was changed meanwhile, so nothing was written"):
        write_files(str(folder), {"a.md": (b"a", b"A"), "b.md": (b"other", b"B")})
    assert contents(folder) == BEFORE


def test_nothing_is_written_when_a_file_is_gone(folder: Path) -> None:
    with pytest.raises(VaultkitError, match=r"^d\.md: cannot be read"):
        write_files(str(folder), {"a.md": (b"a", b"A"), "d.md": (b"", b"D")})
    assert contents(folder) == BEFORE


def test_nothing_is_written_when_there_is_no_room_beside_a_file(folder: Path) -> None:
    (folder / ".b.md.vaultkit-new").write_bytes(b"somebody else's")
    with pytest.raises(VaultkitError, match=r"^b\.md: cannot be written \(File exists\), so nothing was written"):
        write_files(str(folder), {"a.md": (b"a", b"A"), "b.md": (b"b", b"B")})
    assert contents(folder) == {**BEFORE, ".b.md.vaultkit-new": b"somebody else's"}


def test_what_is_in_place_is_put_back_when_a_later_file_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def fails_on_b(source: str, target: str) -> None:
        if target.endswith("b.md"):
            raise OSError(5, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails_on_b)
    with pytest.raises(VaultkitError, match=r"^b\.md: cannot be written"):
        write_files(str(folder), {"a.md": (b"a", b"A"), "b.md": (b"b", b"B"), "c.md": (b"c", b"C")})
    assert contents(folder) == BEFORE


def test_a_symbolic_link_stays_one(folder: Path) -> None:
    (folder / "link.md").symlink_to("a.md")
    write_files(str(folder), {"link.md": (b"a", b"A")})
    assert (folder / "link.md").is_symlink()
    assert (folder / "a.md").read_bytes() == b"A"
