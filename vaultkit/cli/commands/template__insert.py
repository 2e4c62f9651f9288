"""Insert a template at the end of a note, as Obsidian's `template:insert`."""

from __future__ import annotations

from datetime import datetime

import click

from vaultkit.cli.note_words import said, target_options, template_text, text_at, write_text
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, one_file, open_vault
from vaultkit.query.file_lookup import note_named
from vaultkit.refactor.note_texts import appended
from vaultkit.vault.snapshot import basename


@click.command(cls=ObsidianWordCommand)
@target_options
@click.option("--name", "template", metavar="NAME", required=True, help="The template.")
def command(name: str | None, file: str | None, path: str | None, vault: str | None, template: str) -> int:
    """Insert a template at the end of FILE, since outside the app there is no cursor."""
    read = open_vault(vault, name, path)
    note = note_named(read, one_file(read, name, file, path))
    text, before = text_at(read, note)
    filled = template_text(read, template, basename(note), datetime.now())
    write_text(read, note, appended(text, filled), before)
    said(f"inserted {template} into {note}")
    return 0
