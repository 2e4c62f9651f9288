"""List the base files of the vault, as Obsidian's `bases`."""

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
from vaultkit.query.files import listed_files


@click.command(cls=ObsidianStyleCommand)
@vault_option
@total_option
@format_options("text", "json")
def command(vault: str | None, total: bool, output_format: str) -> None:
    """List the base files of the vault, by path."""
    print_lines(listed_files(open_vault(vault), "", "base"), output_format, total=total)
