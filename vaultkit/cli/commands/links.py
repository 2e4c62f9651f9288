"""List what a file links to, as Obsidian's `links`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    file_options,
    format_options,
    one_file,
    open_vault,
    print_json,
    print_lines,
    total_option,
    vault_option,
)
from vaultkit.query.links import outgoing_links


@click.command(cls=ObsidianStyleCommand)
@file_options
@vault_option
@total_option
@format_options("text", "json")
def command(
    name: str | None, file: str | None, path: str | None, vault: str | None, total: bool, output_format: str
) -> None:
    """List what FILE links to, each target once. Names without a file are marked " (unresolved)"."""
    read = open_vault(vault, name, path)
    rows = outgoing_links(read, one_file(read, name, file, path))
    if output_format == "json" and not total:
        print_json([{"target": row.target, "resolved": row.resolved, "count": row.count} for row in rows])
        return
    lines = [row.target if row.resolved else f"{row.target} (unresolved)" for row in rows]
    print_lines(lines, output_format, total=total)
