"""Print the daily note, as Obsidian's `daily:read`."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.note_words import dated_text
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, vault_option
from vaultkit.query.obsidian_files import daily_note


@click.command(cls=ObsidianWordCommand)
@vault_option
def command(vault: str | None) -> int:
    """Print the text of today's note."""
    read = open_vault(vault)
    path, text, before = dated_text(read, daily_note(read), datetime.now())
    if before is None:
        raise VaultkitError(f"{path}: there is no note for today; `vaultkit daily` creates it")
    sys.stdout.write(text)
    return 0
