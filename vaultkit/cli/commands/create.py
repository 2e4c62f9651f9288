"""Create a note, as Obsidian's `create`."""

from __future__ import annotations

from datetime import datetime

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.note_words import is_taken, new_path, numbered, said, template_text, text_at, unescaped, write_text
from vaultkit.cli.obsidian_cli import WINDOW_WORDS, ObsidianWordCommand, open_vault, vault_option
from vaultkit.refactor.note_texts import appended
from vaultkit.vault.snapshot import basename


@click.command(cls=ObsidianWordCommand, without_effect=WINDOW_WORDS)
@click.option(
    "--name", metavar="NAME", help="The name; the folder is the one that Obsidian's settings name for new notes."
)
@click.option("--path", metavar="PATH", help="The path from the vault's folder.")
@click.option("--content", metavar="TEXT", default="", help="The text; \\n is a line end, \\t a tab.")
@click.option("--template", metavar="NAME", help="A template, whose text comes first.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
@vault_option
def command(
    name: str | None, path: str | None, content: str, template: str | None, overwrite: bool, vault: str | None
) -> int:
    """Create a note with the text; one named by name= gets a number if the name is taken."""
    read = open_vault(vault)
    target = new_path(read, name, path)
    before = None
    if is_taken(read, target):
        if overwrite:
            target = read.file_at(target) or target
            before = text_at(read, target)[1]
        elif path is not None:
            raise VaultkitError(f"{target}: exists already; overwrite replaces it")
        else:
            target = numbered(read, target)
    text = unescaped(content)
    if template:
        begun = template_text(read, template, basename(target), datetime.now())
        text = appended(begun, text) if text else begun
    write_text(read, target, text, before)
    said(f"created {target}")
    return 0
