"""Create a note that a view of a base shows, as Obsidian's `base:create`."""

from __future__ import annotations

import click

from vaultkit.cli.bases import asked_bases
from vaultkit.cli.note_words import new_path, numbered, said, unescaped, write_text
from vaultkit.cli.obsidian_cli import WINDOW_WORDS, ObsidianWordCommand, file_options, open_vault, vault_option
from vaultkit.note.property_edits import with_property
from vaultkit.query.bases.rows import view_named
from vaultkit.query.new_rows import values_of_filters


@click.command(cls=ObsidianWordCommand, without_effect=WINDOW_WORDS)
@file_options
@vault_option
@click.option("--view", metavar="VIEW", help="The view. Default: the first.")
@click.option("--name", "new", metavar="NAME", default="Untitled", show_default=True, help="The name of the note.")
@click.option("--content", metavar="TEXT", default="", help="The text; \\\\n is a line end, \\\\t a tab.")
def command(
    name: str | None, file: str | None, path: str | None, vault: str | None, view: str | None, new: str, content: str
) -> int:
    """Create a note with the folder, tags and properties that the filters of a base's view ask for."""
    read = open_vault(vault, name, path)
    definition, chosen = view_named(asked_bases(read, name, file, path), view)
    wanted = values_of_filters(definition.filters, chosen.filters)
    target = numbered(read, new_path(read, new, None, wanted.folder))
    text = unescaped(content)
    for key, value in wanted.properties:
        text = with_property(text, key, value)
    write_text(read, target, text, None)
    said(f"created {target}")
    click.echo(target)
    return 0
