"""Print the number of files and the size of a folder, as Obsidian's `folder`."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
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
@click.argument("folder", required=False, metavar="[FOLDER]")
@click.option("--path", metavar="PATH", help="Folder.")
@click.option("--info", type=click.Choice(["files", "folders", "size"]), help="Print only this value.")
@vault_option
@format_options("text", "json")
def command(folder: str | None, path: str | None, info: str | None, vault: str | None, output_format: str) -> None:
    """Print the number of files and folders below FOLDER, and their size in bytes."""
    wanted = path if path is not None else folder
    if wanted is None:
        raise VaultkitError("no folder given; use path=FOLDER")
    found = folder_info(open_vault(vault), wanted)
    fields = {"path": found.path, "files": found.files, "folders": found.folders, "size": found.size}
    if info is not None:
        print_json({info: fields[info]}) if output_format == "json" else print_lines([str(fields[info])])
    elif output_format == "json":
        print_json(fields)
    else:
        print_lines([f"{key}\t{value}" for key, value in fields.items()])
