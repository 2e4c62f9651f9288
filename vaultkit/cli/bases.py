"""What the commands about one base share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.obsidian_cli import asked_file
from vaultkit.query.files import listed_files, read_text
from vaultkit.vault.snapshot import Snapshot

if TYPE_CHECKING:
    from vaultkit.query.bases.definition import Base


def asked_bases(vault: Snapshot, name: str | None, file: str | None, path: str | None) -> list[Base]:
    """The base that the options name, with or without its extension, or the base code blocks of the note they name.

    Raises:
        VaultkitError: none is named, it is not there, or it is not a base.
    """
    from vaultkit.query.bases.definition import base_blocks, read_base

    found = asked_file(vault, _with_extension(vault, name), _with_extension(vault, file), path)
    if found is None:
        known = listed_files(vault, "", "base")
        there = f"there are {', '.join(known[:10])}" if known else "the vault has none"
        raise VaultkitError(f"no base named; use file=NAME or path=PATH; {there}")
    if vault.files[found].kind == "base":
        return [read_base(found, read_text(vault, found))]
    blocks = base_blocks(vault.notes[found], read_text(vault, found)) if found in vault.notes else []
    if not blocks:
        raise VaultkitError(f"{found}: not a base, nor a note with base code blocks; `vaultkit bases` lists bases")
    return [read_base(found, block) for block in blocks]


def _with_extension(vault: Snapshot, name: str | None) -> str | None:
    """The name with ``.base`` behind it if such a file exists; notes are not meant here."""
    if name is None or name.lower().endswith(".base") or not name.strip():
        return name
    return f"{name}.base" if vault.resolve(f"{name}.base", "").path is not None else name
