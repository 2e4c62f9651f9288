"""List the CSS snippets that are switched on, as Obsidian's `snippets:enabled`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, total_option, vault_option
from vaultkit.query.obsidian_files import read_setting, snippets, texts_of


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
def command(vault: str | None, total: bool) -> int:
    """List the CSS snippets that are switched on, by name."""
    read = open_vault(vault)
    enabled = texts_of(read_setting(read, "appearance.json").get("enabledCssSnippets"))
    print_lines([one for one in snippets(read) if one in enabled], total=total)
    return 0
