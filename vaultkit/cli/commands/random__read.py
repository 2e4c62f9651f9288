"""Print a random note, as Obsidian's `random:read`."""

from __future__ import annotations

import sys

import click

from vaultkit.cli.note_words import random_note, text_at
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, vault_option


@click.command(cls=ObsidianWordCommand)
@vault_option
@click.option("--folder", metavar="FOLDER", default="", help="Only notes below this folder.")
def command(vault: str | None, folder: str) -> int:
    """Print the path of a random note, and its text below."""
    read = open_vault(vault)
    path = random_note(read, folder)
    sys.stdout.write(f"{path}\n{text_at(read, path)[0]}")
    return 0
