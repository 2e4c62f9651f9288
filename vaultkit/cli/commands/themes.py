"""List the installed themes, as Obsidian's `themes`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, total_option, vault_option
from vaultkit.query.obsidian_files import installed, manifest_line


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
@click.option("--versions", is_flag=True, help="With their versions.")
def command(vault: str | None, total: bool, versions: bool) -> int:
    """List the themes that are installed, by name."""
    read = open_vault(vault)
    print_lines([manifest_line(one, "name", with_version=versions) for one in installed(read, "themes")], total=total)
    return 0
