"""List the files of the vault, as Obsidian's `files`."""

from __future__ import annotations

import click

from vaultkit.cli.words import WordCommand, format_options, open_vault, print_lines, total_option, vault_option
from vaultkit.query.files import listed_files


@click.command(cls=WordCommand)
@vault_option
@click.option("--folder", metavar="PATH", default="", help="Only files below this folder.")
@click.option("--ext", metavar="EXT", default="", help="Only files with this extension.")
@total_option
@format_options("text", "json")
def command(vault: str | None, folder: str, ext: str, total: bool, output_format: str) -> None:
    """List the files that Obsidian lists, by path."""
    print_lines(listed_files(open_vault(vault), folder, ext), output_format, total=total)
