"""List the saved workspaces, as Obsidian's `workspaces`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, total_option, vault_option
from vaultkit.query.obsidian_files import read_setting


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
def command(vault: str | None, total: bool) -> int:
    """List the saved workspaces, by name."""
    read = open_vault(vault)
    saved = read_setting(read, "workspaces.json").get("workspaces")
    print_lines(sorted(saved) if isinstance(saved, dict) else [], total=total)
    return 0
