"""List the properties of the vault or of a note, as Obsidian's `properties`."""

from __future__ import annotations

import sys
from typing import Any

import click

from vaultkit.cli.obsidian_cli import (
    WHOLE_VAULT,
    ObsidianStyleCommand,
    asked_note,
    counts_option,
    file_options,
    format_options,
    open_vault,
    print_json,
    print_table,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.metadata import properties


@click.command(cls=ObsidianStyleCommand, without_effect=WHOLE_VAULT)
@file_options
@click.option("--name", "wanted", metavar="PROPERTY", help="List only this property, with the number of notes.")
@vault_option
@click.option(
    "--sort", type=click.Choice(["name", "count"]), default="name", show_default=True, help="Order of the properties."
)
@total_option
@counts_option
@format_options("yaml", "json", "tsv")
def command(
    name: str | None,
    file: str | None,
    path: str | None,
    wanted: str | None,
    vault: str | None,
    sort: str,
    total: bool,
    counts: bool,
    output_format: str,
) -> None:
    """List the properties that the vault's notes use, or the properties of FILE with their values.

    For the vault: name and type, with --counts also the number of notes. JSON always has all three.
    """
    read = open_vault(vault, name, path)
    asked = asked_note(read, name, file, path)
    if asked is not None:
        values = {
            key: value
            for key, value in read.notes[asked].properties.items()
            if wanted is None or key.lower() == wanted.lower()
        }
        _print_values(values, output_format, total=total)
        return
    rows = [
        row
        for row in properties(read, by_count=sort == "count")
        if wanted is None or row.name.lower() == wanted.lower()
    ]
    if total:
        print_total(len(rows), output_format)
        return
    counts = counts or wanted is not None
    table = [{"name": row.name, "type": row.type, "count": row.count} for row in rows]
    if output_format == "yaml":
        _print_yaml({row.name: {"type": row.type, "count": row.count} if counts else row.type for row in rows})
    else:
        print_table(table, ["name", "type", *(["count"] if counts else [])], output_format)


def _print_values(values: dict[str, Any], output_format: str, *, total: bool) -> None:
    if total:
        print_total(len(values), output_format)
    elif output_format == "json":
        print_json(values)
    elif output_format == "yaml":
        _print_yaml(values)
    else:
        rows = [{"name": key, "value": "" if value is None else value} for key, value in values.items()]
        print_table(rows, ["name", "value"], output_format)


def _print_yaml(values: dict[str, Any]) -> None:
    if values:
        import yaml

        yaml.safe_dump(values, sys.stdout, allow_unicode=True, sort_keys=False, width=1_000_000)
