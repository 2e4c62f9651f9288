"""Print the path of the daily note, as Obsidian's `daily:path`."""

from __future__ import annotations

from datetime import datetime

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, vault_option
from vaultkit.query.obsidian_files import daily_note, dated_path


@click.command(cls=ObsidianWordCommand)
@vault_option
def command(vault: str | None) -> int:
    """Print the path of today's note, whether it is there or not."""
    read = open_vault(vault)
    click.echo(dated_path(daily_note(read), datetime.now()))
    return 0
