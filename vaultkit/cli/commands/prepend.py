"""Put text before a note's text, behind its properties, as Obsidian's `prepend`."""

from __future__ import annotations

import click

from vaultkit.cli.note_words import content_option, inline_option, said, target_options, text_at, unescaped, write_text
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, one_file, open_vault
from vaultkit.query.file_lookup import note_named
from vaultkit.refactor.note_texts import prepended


@click.command(cls=ObsidianWordCommand)
@target_options
@content_option
@inline_option
def command(name: str | None, file: str | None, path: str | None, vault: str | None, content: str, inline: bool) -> int:
    """Put text before the text of FILE, behind its properties."""
    read = open_vault(vault, name, path)
    note = note_named(read, one_file(read, name, file, path))
    text, before = text_at(read, note)
    write_text(read, note, prepended(text, unescaped(content), is_inline=inline), before)
    said(f"prepended to {note}")
    return 0
