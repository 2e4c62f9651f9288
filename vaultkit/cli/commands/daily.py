"""Create the daily note if it is not there, as Obsidian's `daily`."""

from __future__ import annotations

from datetime import datetime

import click

from vaultkit.cli.note_words import dated_text, said, write_text
from vaultkit.cli.obsidian_cli import WINDOW_WORDS, ObsidianWordCommand, open_vault, vault_option
from vaultkit.query.obsidian_files import daily_note


@click.command(cls=ObsidianWordCommand, without_effect=WINDOW_WORDS)
@vault_option
def command(vault: str | None) -> int:
    """Create today's note from its template if it is not there, and print its path. Nothing is opened."""
    read = open_vault(vault)
    path, text, before = dated_text(read, daily_note(read), datetime.now())
    if before is None:
        write_text(read, path, text, None)
        said(f"created {path}")
    click.echo(path)
    return 0
