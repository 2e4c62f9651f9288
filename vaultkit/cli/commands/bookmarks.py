"""List the bookmarks, as Obsidian's `bookmarks`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianWordCommand,
    format_options,
    open_vault,
    print_table,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.obsidian_files import bookmarks


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
@click.option("--verbose", is_flag=True, help="With the type and the group of each.")
@format_options("tsv", "json", "csv")
def command(vault: str | None, total: bool, verbose: bool, output_format: str) -> int:
    """List the bookmarks: what they open, with verbose also their type, title and group."""
    found = bookmarks(open_vault(vault))
    if total:
        print_total(len(found), output_format)
        return 0
    rows = [{"target": one.target, "type": one.kind, "title": one.title, "group": one.group} for one in found]
    print_table(rows, ["target", "type", "title", "group"] if verbose else ["target"], output_format)
    return 0
