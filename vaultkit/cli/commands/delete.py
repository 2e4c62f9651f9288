"""Delete a file, as Obsidian's `delete`."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.base.trash import to_system_trash
from vaultkit.cli.note_words import said, target_options
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, one_file, open_vault
from vaultkit.query.obsidian_files import read_setting
from vaultkit.vault.trash import move_to_trash


@click.command(cls=ObsidianWordCommand)
@target_options
@click.option("--permanent", is_flag=True, help="Delete the file for good instead of moving it to the trash.")
def command(name: str | None, file: str | None, path: str | None, vault: str | None, permanent: bool) -> int:
    """Move FILE to the trash that Obsidian's settings name: the system's, or .trash in the vault.

    Links to the file are not rewritten; the number of notes that link to it is printed.
    """
    read = open_vault(vault, name, path)
    target = one_file(read, name, file, path)
    links = len(read.backlinks.get(target, ()))
    choice = read_setting(read, "app.json").get("trashOption", "system")
    place = os.path.join(read.root, target)
    if permanent or choice == "none":
        if not permanent:
            raise VaultkitError(f"{target}: Obsidian's settings delete files for good; say permanent to do so")
        try:
            os.unlink(place)
        except OSError as error:
            raise VaultkitError(f"{target}: {(error.strerror or str(error)).lower()}; nothing was deleted") from error
        said(f"deleted {target}")
    elif choice == "system" and sys.platform not in ("win32", "darwin"):
        said(f"moved {target} to {to_system_trash(place)}")
    else:
        try:
            moves = move_to_trash(read.root, [target], datetime.now())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise VaultkitError(f"{error.filename or read.root}: {reason}; nothing was deleted") from error
        if moves.refused:
            raise VaultkitError(f"{target}: {moves.refused[0][1]}; nothing was deleted")
        said(f"moved {target} to {moves.done[0].after}")
    if links:
        said(f"{links} note{'s' if links > 1 else ''} link{'' if links > 1 else 's'} to it")
    return 0
