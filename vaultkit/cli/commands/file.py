"""Print path, size and dates of a file, as Obsidian's `file`."""

from __future__ import annotations

from datetime import datetime

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
    """Print path, name, extension, size in bytes, and when FILE was created and modified.

    Text has milliseconds since 1970, as Obsidian prints them. JSON has dates and times in UTC.
    """
    read = open_vault(vault, name, path)
    info = file_info(read, one_file(read, name, file, path))
    is_json = output_format == "json"
    fields = {
        "path": info.path,
        "name": info.name,
        "extension": info.extension,
        "size": info.size,
        "created": info.created if is_json else _milliseconds(info.created),
        "modified": info.modified if is_json else _milliseconds(info.modified),
    }
    if is_json:
        print_json(fields)
    else:
        print_lines([f"{key}\t{value}" for key, value in fields.items()])


def _milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp()) * 1000
