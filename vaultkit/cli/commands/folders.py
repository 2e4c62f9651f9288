"""List the folders of the vault, as Obsidian's `folders`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_lines,
    total_option,
    vault_option,
)
from vaultkit.query.files import listed_folders


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option("--folder", metavar="PATH", default="", help="List only folders below this one.")
@total_option
@format_options("text", "json")
def command(vault: str | None, folder: str, total: bool, output_format: str) -> None:
    """List the folders of the vault by path, empty ones too, without the root."""
    print_lines(listed_folders(open_vault(vault), folder), output_format, total=total)
