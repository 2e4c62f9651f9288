"""Print the text of a file, as Obsidian's `read`."""

from __future__ import annotations

import sys

import click

from vaultkit.cli.note_words import target_options, text_at
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, one_file, open_vault


@click.command(cls=ObsidianWordCommand)
@target_options
def command(name: str | None, file: str | None, path: str | None, vault: str | None) -> int:
    """Print the text of FILE as it is."""
    read = open_vault(vault, name, path)
    sys.stdout.write(text_at(read, one_file(read, name, file, path))[0])
    return 0
