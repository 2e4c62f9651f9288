"""List the CSS snippets, as Obsidian's `snippets`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, total_option, vault_option
from vaultkit.query.obsidian_files import snippets


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
def command(vault: str | None, total: bool) -> int:
    """List the CSS snippets, by name."""
    read = open_vault(vault)
    print_lines(snippets(read), total=total)
    return 0
