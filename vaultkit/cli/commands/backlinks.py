"""List the files that link to a file, as Obsidian's `backlinks`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    counts_option,
    file_options,
    format_options,
    one_file,
    open_vault,
    print_table,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.links import backlinks


@click.command(cls=ObsidianStyleCommand)
@file_options
@vault_option
@counts_option
@total_option
@format_options("tsv", "json", "csv")
def command(
    name: str | None,
    file: str | None,
    path: str | None,
    vault: str | None,
    counts: bool,
    total: bool,
    output_format: str,
) -> None:
    """List the files that link to FILE, by links, embeds, properties or canvases.

    Columns: file, count (with counts). JSON always has both.
    """
    read = open_vault(vault, name, path)
    rows = backlinks(read, one_file(read, name, file, path))
    if total:
        print_total(len(rows), output_format)
        return
    columns = ["file", "count"] if counts else ["file"]
    print_table([{"file": row.file, "count": row.count} for row in rows], columns, output_format)
