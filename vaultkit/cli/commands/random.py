"""Print the path of a random note, as Obsidian's `random`."""

from __future__ import annotations

import click

from vaultkit.cli.note_words import random_note
from vaultkit.cli.obsidian_cli import WINDOW_WORDS, ObsidianWordCommand, open_vault, vault_option


@click.command(cls=ObsidianWordCommand, without_effect=WINDOW_WORDS)
@vault_option
@click.option("--folder", metavar="FOLDER", default="", help="Only notes below this folder.")
def command(vault: str | None, folder: str) -> int:
    """Print the path of a random note. Nothing is opened."""
    click.echo(random_note(open_vault(vault), folder))
    return 0
