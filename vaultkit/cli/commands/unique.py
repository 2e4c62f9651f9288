"""Create a note named by the time, as Obsidian's `unique`."""

from __future__ import annotations

from datetime import datetime

import click

from vaultkit.cli.note_words import new_path, numbered, said, template_text, unescaped, write_text
from vaultkit.cli.obsidian_cli import WINDOW_WORDS, ObsidianWordCommand, open_vault, vault_option
from vaultkit.query.obsidian_files import dated_path, unique_note
from vaultkit.refactor.note_texts import appended
from vaultkit.vault.snapshot import basename


@click.command(cls=ObsidianWordCommand, without_effect=WINDOW_WORDS)
@vault_option
@click.option("--name", metavar="NAME", default="", help="What follows the time in the name.")
@click.option("--content", metavar="TEXT", default="", help="The text; \\n is a line end, \\t a tab.")
def command(vault: str | None, name: str, content: str) -> int:
    """Create a note whose name is the time, as the settings of the unique note creator say; print its path."""
    read = open_vault(vault)
    settings, now = unique_note(read), datetime.now()
    stem = dated_path(settings, now).removesuffix(".md")
    path = numbered(read, new_path(read, None, f"{stem} {name}.md" if name else f"{stem}.md"))
    text = template_text(read, settings.template, basename(path), now) if settings.template else ""
    text = appended(text, unescaped(content)) if content else text
    write_text(read, path, text, None)
    said(f"created {path}")
    click.echo(path)
    return 0
