"""Append text to the daily note, as Obsidian's `daily:append`."""

from __future__ import annotations

from datetime import datetime

import click

from vaultkit.cli.note_words import content_option, dated_text, inline_option, said, unescaped, write_text
from vaultkit.cli.obsidian_cli import WINDOW_WORDS, ObsidianWordCommand, open_vault, vault_option
from vaultkit.query.obsidian_files import daily_note
from vaultkit.refactor.note_texts import appended


@click.command(cls=ObsidianWordCommand, without_effect=WINDOW_WORDS)
@vault_option
@content_option
@inline_option
def command(vault: str | None, content: str, inline: bool) -> int:
    """Append text to today's note, which is created from its template if it is not there."""
    read = open_vault(vault)
    path, text, before = dated_text(read, daily_note(read), datetime.now())
    write_text(read, path, appended(text, unescaped(content), is_inline=inline), before)
    said(f"appended to {path}")
    return 0
