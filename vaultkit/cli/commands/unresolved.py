"""List link targets that do not exist, as Obsidian's `unresolved`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    counts_option,
    format_options,
    open_vault,
    print_table,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.links import unresolved_names


@click.command(cls=ObsidianStyleCommand)
@vault_option
@total_option
@counts_option
@click.option("--verbose", is_flag=True, help="Include the files with such links.")
@format_options("tsv", "json", "csv")
def command(vault: str | None, total: bool, counts: bool, verbose: bool, output_format: str) -> None:
    """List link targets that do not exist in the vault.

    Columns: link, count (with --counts), sources (with --verbose). JSON always has all three.
    """
    names = unresolved_names(open_vault(vault))
    if total:
        print_total(len(names), output_format)
        return
    columns = ["link", *(["count"] if counts else []), *(["sources"] if verbose else [])]
    rows = [{"link": name.link, "count": name.count, "sources": list(name.sources)} for name in names]
    print_table(rows, columns, output_format)
