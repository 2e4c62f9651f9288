"""Print the value of one property of a note, as Obsidian's `property:read`."""

from __future__ import annotations

import json

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    file_options,
    format_options,
    one_file,
    open_vault,
    print_json,
    print_lines,
    vault_option,
)
from vaultkit.query.file_lookup import note_named
from vaultkit.query.metadata import property_value


@click.command(cls=ObsidianStyleCommand)
@file_options
@click.option("--name", "wanted", metavar="PROPERTY", help="Name of the property. Case does not count.")
@vault_option
@format_options("text", "json")
def command(
    name: str | None, file: str | None, path: str | None, wanted: str | None, vault: str | None, output_format: str
) -> None:
    """Print the value of a property of FILE; a list has one item per line."""
    if not wanted:
        raise VaultkitError("no property given; use name=PROPERTY")
    read = open_vault(vault, name, path)
    note = note_named(read, one_file(read, name, file, path))
    has, value = property_value(read.notes[note], wanted)
    if not has:
        names = ", ".join(read.notes[note].properties) or "none"
        raise VaultkitError(f"{note}: there is no property {wanted!r}; it has {names}")
    if output_format == "json":
        print_json(value)
    else:
        print_lines([_text(member) for member in (value if isinstance(value, list) else [value])])


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
