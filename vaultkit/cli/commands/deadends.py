"""List notes without outgoing links, as Obsidian's `deadends`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_lines,
    total_option,
    vault_option,
)
from vaultkit.query.links import deadends


@click.command(cls=ObsidianStyleCommand)
@vault_option
@total_option
@click.option("--all", "with_attachments", is_flag=True, help="Include attachments, canvases and bases.")
@click.option("--self", "count_self", is_flag=True, help="Count links of a note to itself.")
@click.option("--excluded", is_flag=True, help="Include files that the vault's settings exclude.")
@format_options("text", "json")
def command(
    vault: str | None, total: bool, with_attachments: bool, count_self: bool, excluded: bool, output_format: str
) -> None:
    """List notes without outgoing links. A link to a note that does not exist counts as a link."""
    found = deadends(
        open_vault(vault), with_attachments=with_attachments, count_self=count_self, include_excluded=excluded
    )
    print_lines(found, output_format, total=total)
