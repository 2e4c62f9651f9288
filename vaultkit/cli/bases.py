"""What the commands about one base share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.cli.words import asked_file
from vaultkit.errors import VaultkitError
from vaultkit.index.vault import Vault
from vaultkit.query.files import listed_files, read_text

if TYPE_CHECKING:
    from vaultkit.query.bases.definition import Base


def asked_base(vault: Vault, name: str | None, file: str | None, path: str | None) -> Base:
    """The base that the options name, with or without its extension.

    Raises:
        VaultkitError: none is named, it is not there, or it is not a base.
    """
    from vaultkit.query.bases.definition import read_base

    found = asked_file(vault, _with_extension(vault, name), _with_extension(vault, file), path)
    if found is None:
        known = listed_files(vault, "", "base")
        there = f"there are {', '.join(known[:10])}" if known else "the vault has none"
        raise VaultkitError(f"no base is named; say file=NAME or path=PATH; {there}")
    if vault.files[found].kind != "base":
        raise VaultkitError(f"{found}: not a base; `vaultkit bases` lists them")
    return read_base(found, read_text(vault, found))


def _with_extension(vault: Vault, name: str | None) -> str | None:
    """The name with ``.base`` behind it where such a file is there: nobody names a note here."""
    if name is None or name.lower().endswith(".base") or not name.strip():
        return name
    return f"{name}.base" if vault.resolve(f"{name}.base", "").path is not None else name
