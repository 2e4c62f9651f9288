"""Set a property of a note, as Obsidian's `property:set`."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.note_words import said, target_options, text_at, write_text
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, one_file, open_vault
from vaultkit.note.property_edits import PropertyEditError, Scalar, with_property
from vaultkit.query.file_lookup import note_named

TYPES = ("text", "list", "number", "checkbox", "date", "datetime")


@click.command(cls=ObsidianWordCommand)
@target_options
@click.option("--name", "wanted", metavar="PROPERTY", required=True, help="The property.")
@click.option(
    "--value", metavar="VALUE", required=True, help="Its value; the members of a list are separated by commas."
)
@click.option(
    "--type", "kind", type=click.Choice(TYPES), help="Default: the type in Obsidian's list, else as it looks."
)
def command(
    name: str | None, file: str | None, path: str | None, vault: str | None, wanted: str, value: str, kind: str | None
) -> int:
    """Set a property of FILE. All other lines of the properties stay as they are."""
    read = open_vault(vault, name, path)
    note = note_named(read, one_file(read, name, file, path))
    text, before = text_at(read, note)
    known = {key.lower(): one for key, one in read.settings.property_types}.get(wanted.lower())
    try:
        new = with_property(text, wanted, typed(value, kind or _word(known)))
    except PropertyEditError as error:
        raise VaultkitError(f"{note}: {error}") from None
    write_text(read, note, new, before)
    said(f"set {wanted} in {note}")
    return 0


def _word(known: str | None) -> str | None:
    """The type here of a type in Obsidian's list."""
    return known if known in TYPES else "list" if known in ("multitext", "tags", "aliases") else None


def typed(value: str, kind: str | None) -> Scalar | list[Scalar]:
    """The value as its type has it; without a type numbers, true and false are themselves.

    Raises:
        VaultkitError: it is no value of this type.
    """
    if kind == "list":
        return [one.strip() for one in value.split(",") if one.strip()]
    if kind == "checkbox" or (kind is None and value in ("true", "false")):
        if value.lower() not in ("true", "false"):
            raise VaultkitError(f"value={value}: a checkbox is true or false")
        return value.lower() == "true"
    if kind == "number" or (kind is None and value.strip() == value):
        try:
            return int(value)
        except ValueError:
            try:
                if value.lower().lstrip("+-") not in ("inf", "infinity", "nan") and "_" not in value:
                    return float(value)
            except ValueError:
                pass
        if kind == "number":
            raise VaultkitError(f"value={value}: not a number")
    return value
