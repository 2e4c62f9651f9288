"""Remove a property from a note, as Obsidian's `property:remove`."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.note_words import said, target_options, text_at, write_text
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, one_file, open_vault
from vaultkit.note.property_edits import PropertyEditError, without_property
from vaultkit.query.file_lookup import note_named


@click.command(cls=ObsidianWordCommand)
@target_options
@click.option("--name", "wanted", metavar="PROPERTY", required=True, help="The property.")
def command(name: str | None, file: str | None, path: str | None, vault: str | None, wanted: str) -> int:
    """Remove a property from FILE. All other lines of the properties stay as they are."""
    read = open_vault(vault, name, path)
    note = note_named(read, one_file(read, name, file, path))
    text, before = text_at(read, note)
    try:
        new = without_property(text, wanted)
    except PropertyEditError as error:
        raise VaultkitError(f"{note}: {error}") from None
    if new is None:
        raise VaultkitError(f"{note}: there is no property {wanted!r}")
    write_text(read, note, new, before)
    said(f"removed {wanted} from {note}")
    return 0
