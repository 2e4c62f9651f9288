"""List the files that were opened last, as Obsidian's `recents`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, total_option, vault_option
from vaultkit.query.obsidian_files import read_setting, texts_of


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
def command(vault: str | None, total: bool) -> int:
    """List the files that were opened last, the latest first."""
    read = open_vault(vault)
    print_lines(texts_of(read_setting(read, "workspace.json").get("lastOpenFiles")), total=total)
    return 0
