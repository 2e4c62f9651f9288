"""What the commands below `vaultkit pictures` share: which vault, which picture, where it is shown."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.obsidian_cli import open_vault
from vaultkit.pictures.decode import READABLE
from vaultkit.pictures.model import PictureText
from vaultkit.pictures.texts import Known, texts_of
from vaultkit.query.file_lookup import file_named
from vaultkit.vault.files import extension
from vaultkit.vault.snapshot import Snapshot


def asked_vault(vault: str | None) -> Snapshot:
    """The vault that is named here or before the subcommand; its notes are not read yet."""
    parent = click.get_current_context().parent
    if vault is None and parent is not None:
        vault = parent.params.get("vault")
    return open_vault(vault)


def known_texts(vault: Snapshot) -> Known:
    """What is known of the pictures of the vault.

    Raises:
        VaultkitError: nothing was ever read.
    """
    known = texts_of(vault.root, vault.files)
    if not known.texts and not known.skipped and known.digests:
        raise VaultkitError("no picture of this vault was read yet; run `vaultkit pictures` first")
    return known


def asked_picture(vault: Snapshot, name: str) -> str:
    """The path of the picture of this name.

    Raises:
        VaultkitError: there is none, or the file is no picture.
    """
    path = file_named(vault, name)
    if extension(path) not in READABLE:
        raise VaultkitError(f"{path}: not a picture or PDF; read are {', '.join(sorted(READABLE))}")
    return path


def asked_text(vault: Snapshot, name: str) -> PictureText:
    """The text of the picture of this name.

    Raises:
        VaultkitError: there is no such picture, it was not read yet, or cannot be read.
    """
    path = asked_picture(vault, name)
    known = texts_of(vault.root, [path])
    if path in known.texts:
        return known.texts[path]
    if path in known.skipped or path in known.faults:
        raise VaultkitError(f"{path}: skipped: {known.skipped.get(path) or known.faults[path]}")
    raise VaultkitError(f"{path}: not read yet; run `vaultkit pictures`")
