"""Which file a name on the command line means."""

from __future__ import annotations

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.query.file_lookup import file_by_path, file_named, note_named
from vaultkit.vault.load import snapshot_of_texts as vault_of

VAULT = vault_of(
    {
        "Cell.md": "",
        "x/Wall.md": "---\naliases: [Mauer]\n---",
        "y/Wall.md": "",
        "z/Deep Note.md": "",
        "p.png": None,
    }
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Cell", "Cell.md"),
        ("cell.md", "Cell.md"),
        ("deep note", "z/Deep Note.md"),
        ("y/wall", "y/Wall.md"),
        ("x/Wall.md", "x/Wall.md"),
        ("p.png", "p.png"),
    ],
)
def test_names_resolve_as_links_do(name: str, expected: str) -> None:
    assert file_named(VAULT, name) == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Wall", "Wall: ambiguous name; write the path of one of x/Wall.md, y/Wall.md"),
        ("Mauer", "Mauer: no file of that name; it is an alias of x/Wall.md"),
        ("Deep Nott", "Deep Nott: no such file in the vault; did you mean 'Deep Note'?"),
        ("qqqq", "qqqq: no such file in the vault; `vaultkit files` lists them"),
        ("", "empty file name; use file=NAME or path=PATH"),
    ],
)
def test_what_names_no_file(name: str, message: str) -> None:
    with pytest.raises(VaultkitError) as fault:
        file_named(VAULT, name)
    assert str(fault.value) == message


def test_a_path_is_exact() -> None:
    assert file_by_path(VAULT, "z/deep note.md") == "z/Deep Note.md"
    with pytest.raises(VaultkitError):
        file_by_path(VAULT, "Deep Note.md")


def test_only_notes() -> None:
    with pytest.raises(VaultkitError, match="not a note"):
        note_named(VAULT, "p.png")
