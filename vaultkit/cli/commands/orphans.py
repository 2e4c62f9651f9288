"""List notes that nothing links to, as Obsidian's `orphans`."""

from __future__ import annotations

import click

from vaultkit.cli.words import WordCommand, format_options, open_vault, print_lines, total_option, vault_option
from vaultkit.query.links import orphans


@click.command(cls=WordCommand)
@vault_option
@total_option
@click.option("--attachments", is_flag=True, help="Also attachments, canvases and bases.")
@click.option("--self", "count_self", is_flag=True, help="A link of a note to itself counts.")
@click.option("--excluded", is_flag=True, help="Also files that the vault's settings exclude.")
@format_options("text", "json")
def command(
    vault: str | None, total: bool, attachments: bool, count_self: bool, excluded: bool, output_format: str
) -> None:
    """List notes without incoming links.

    Notes without any link, in or out, are what Obsidian's graph calls orphans: `vaultkit graph orphans`.
    """
    found = orphans(open_vault(vault), with_attachments=attachments, count_self=count_self, include_excluded=excluded)
    print_lines(found, output_format, total=total)
