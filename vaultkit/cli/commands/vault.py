"""Print name, path and size of the vault, as Obsidian's `vault`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_json,
    print_lines,
    vault_option,
)
from vaultkit.query.files import folder_info


@click.command(cls=ObsidianStyleCommand)
@click.option("--info", type=click.Choice(["name", "path", "files", "folders", "size"]), help="Print only this value.")
@vault_option
@format_options("text", "json")
def command(info: str | None, vault: str | None, output_format: str) -> None:
    """Print name, path, number of files and folders, and size in bytes of the vault."""
    read = open_vault(vault)
    found = folder_info(read)
    fields = {
        "name": read.name,
        "path": read.root,
        "files": found.files,
        "folders": found.folders,
        "size": found.size,
    }
    if info is not None:
        print_json({info: fields[info]}) if output_format == "json" else print_lines([str(fields[info])])
    elif output_format == "json":
        print_json(fields)
    else:
        print_lines([f"{key}\t{value}" for key, value in fields.items()])
