"""List the tags of the vault or of a note, as Obsidian's `tags`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    WHOLE_VAULT,
    ObsidianStyleCommand,
    asked_note,
    counts_option,
    file_options,
    format_options,
    open_vault,
    print_table,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.metadata import tags


@click.command(cls=ObsidianStyleCommand, without_effect=WHOLE_VAULT)
@file_options
@vault_option
@click.option(
    "--sort", type=click.Choice(["name", "count"]), default="name", show_default=True, help="Order of the tags."
)
@total_option
@counts_option
@format_options("tsv", "json", "csv")
def command(
    name: str | None,
    file: str | None,
    path: str | None,
    vault: str | None,
    sort: str,
    total: bool,
    counts: bool,
    output_format: str,
) -> None:
    """List tags in text and properties, of FILE or of the whole vault. Case does not count.

    Columns: tag, count (with --counts). JSON has tag, count and notes.
    """
    read = open_vault(vault, name, path)
    asked = asked_note(read, name, file, path)
    rows = tags(read, None if asked is None else [asked], by_count=sort == "count")
    if total:
        print_total(len(rows), output_format)
        return
    table = [{"tag": row.tag, "count": row.count, "notes": len(row.files)} for row in rows]
    print_table(table, ["tag", "count"] if counts else ["tag"], output_format)
