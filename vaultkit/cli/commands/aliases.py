"""List the aliases of the vault or of a note, as Obsidian's `aliases`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    WHOLE_VAULT,
    ObsidianStyleCommand,
    asked_note,
    file_options,
    format_options,
    open_vault,
    print_json,
    print_lines,
    total_option,
    vault_option,
)
from vaultkit.query.metadata import all_aliases


@click.command(cls=ObsidianStyleCommand, without_effect=WHOLE_VAULT)
@file_options
@vault_option
@total_option
@click.option("--verbose", is_flag=True, help="Include the note of each alias.")
@format_options("text", "json")
def command(
    name: str | None,
    file: str | None,
    path: str | None,
    vault: str | None,
    total: bool,
    verbose: bool,
    output_format: str,
) -> None:
    """List aliases, of FILE or of the whole vault."""
    read = open_vault(vault, name, path)
    asked = asked_note(read, name, file, path)
    rows = all_aliases(read, None if asked is None else [asked])
    if output_format == "json" and not total:
        print_json([{"alias": row.alias, "file": row.file} for row in rows])
        return
    lines = [f"{row.alias}\t{row.file}" if verbose else row.alias for row in rows]
    print_lines(lines, output_format, total=total)
