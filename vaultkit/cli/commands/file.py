"""Print path, size and dates of a file, as Obsidian's `file`."""

from __future__ import annotations

import click

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
from vaultkit.query.files import file_info


@click.command(cls=ObsidianStyleCommand)
@file_options
@vault_option
@format_options("text", "json")
def command(name: str | None, file: str | None, path: str | None, vault: str | None, output_format: str) -> None:
    """Print path, name, extension, size in bytes, and when FILE was created and modified (UTC)."""
    read = open_vault(vault, name, path)
    info = file_info(read, one_file(read, name, file, path))
    fields = {
        "path": info.path,
        "name": info.name,
        "extension": info.extension,
        "size": info.size,
        "created": info.created,
        "modified": info.modified,
    }
    if output_format == "json":
        print_json(fields)
    else:
        print_lines([f"{key}\t{value}" for key, value in fields.items()])
