"""Which files a vault has and what they are (rules R1 to R3, R6)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vaultkit.vault.files import extension, file_kind, is_hidden, walk


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("a.md", "note", id="R3 a note"),
        pytest.param("A.MD", "note", id="R3 in any case"),
        pytest.param("a.canvas", "canvas", id="R3 a canvas"),
        pytest.param("a.base", "base", id="R3 a base"),
        *(pytest.param(f"a.{kind}", "attachment", id=f"R3 {kind}") for kind in "avif webp svg 3gp ogg mkv pdf PNG".split()),
        *(pytest.param(f"a.{kind}", "unsupported", id=f"R3 {kind}") for kind in "txt markdown docx heic csv".split()),
        pytest.param("md", "unsupported", id="no extension"),
        pytest.param("a.b/c", "unsupported", id="a dot in the folder"),
        pytest.param("a.excalidraw.md", "note", id="R85 the last one counts"),
    ],
)  # fmt: skip
def test_file_kind(path: str, expected: str) -> None:
    assert file_kind(path) == expected


def test_extension_and_hidden() -> None:
    assert extension("x.y/.gitignore") == ""
    assert extension("a.") == ""
    assert is_hidden(".trash/a.md")
    assert is_hidden("a/.b/c.md")
    assert not is_hidden("a.b/c.md")


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x", encoding="utf-8")


def paths(root: Path) -> list[str]:
    return [file.path for file in walk(str(root)).files]


def test_walk_lists_what_belongs_to_the_vault(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/c.md", "a/d.png", "B.md", "é.md", ".obsidian/app.json", ".trash/x.md", "a/.git/y.md",
          ".z.md", "node_modules/n.md", "venv/v.md")  # fmt: skip
    assert paths(tmp_path) == ["B.md", "a/c.md", "a/d.png", "b.md", "é.md"]


def test_a_vault_in_the_vault_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, ".obsidian/app.json", "a.md", "inner/.obsidian/app.json", "inner/b.md")
    found = walk(str(tmp_path))
    assert [file.path for file in found.files] == ["a.md"]
    assert found.nested == ("inner",)


def test_what_is_kept_in_the_cloud_counts_as_present(tmp_path: Path) -> None:
    write(tmp_path, "pics/.plot.png.icloud", ".note.md.icloud")
    assert paths(tmp_path) == ["note.md", "pics/plot.png"]


def test_symbolic_links(tmp_path: Path) -> None:
    write(tmp_path, "vault/a.md", "vault/sub/b.md", "outside/c.md", "outside.md")
    vault = tmp_path / "vault"
    (vault / "file.md").symlink_to(vault / "a.md")
    (vault / "folder").symlink_to(vault / "sub")
    (vault / "loop").symlink_to(vault)
    (vault / "out").symlink_to(tmp_path / "outside")
    (vault / "out.md").symlink_to(tmp_path / "outside.md")
    (vault / "gone.md").symlink_to(vault / "nothing.md")
    (vault / "round").symlink_to(vault / "round")
    found = walk(str(vault))
    assert [file.path for file in found.files] == ["a.md", "file.md", "sub/b.md"]
    assert dict(found.faults) == {
        "folder": "a symbolic link to a folder of the same vault, not followed",
        "gone.md": "a symbolic link that points to a missing file, or in a loop",
        "loop": "a symbolic link to a folder of the same vault, not followed",
        "out": "a symbolic link out of the vault, not followed",
        "out.md": "a symbolic link out of the vault, not followed",
        "round": "a symbolic link that points to a missing file, or in a loop",
    }


def test_a_vault_that_is_itself_a_symbolic_link(tmp_path: Path) -> None:
    write(tmp_path, "real/a.md")
    (tmp_path / "real" / "b.md").symlink_to(tmp_path / "real" / "a.md")
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    found = walk(str(tmp_path / "linked"))
    assert [file.path for file in found.files] == ["a.md", "b.md"]
    assert found.faults == ()


def test_a_folder_that_cannot_be_listed_is_a_fault(tmp_path: Path) -> None:
    found = walk(str(tmp_path / "nowhere"))
    assert found.files == ()
    assert [place for place, _ in found.faults] == ["."]


@pytest.mark.skipif(os.name == "nt", reason="file names are text on Windows")
def test_names_with_undecodable_bytes_are_listed(tmp_path: Path) -> None:
    try:
        with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.md"), "wb"):
            pass
    except OSError:
        pytest.skip("this file system refuses such names")
    assert paths(tmp_path) == ["caf\udce9.md"]
