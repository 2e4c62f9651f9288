"""List the templates, as Obsidian's `templates`."""

from __future__ import annotations

import click

from vaultkit.cli.note_words import templates
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, total_option, vault_option
from vaultkit.vault.snapshot import basename


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
def command(vault: str | None, total: bool) -> int:
    """List the notes in the folder of templates, by name."""
    print_lines([basename(path) for path in templates(open_vault(vault))], total=total)
    return 0
