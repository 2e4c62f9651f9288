"""Print the theme, as Obsidian's `theme`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, vault_option
from vaultkit.query.obsidian_files import read_setting


@click.command(cls=ObsidianWordCommand)
@vault_option
def command(vault: str | None) -> int:
    """Print the name of the theme; "default" for Obsidian's own."""
    theme = read_setting(open_vault(vault), "appearance.json").get("cssTheme")
    print_lines([theme if isinstance(theme, str) and theme else "default"])
    return 0
