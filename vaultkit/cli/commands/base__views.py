"""List the views of a base, as Obsidian's `base:views`."""

from __future__ import annotations

import click

from vaultkit.cli.bases import asked_bases
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    file_options,
    format_options,
    open_vault,
    print_json,
    print_lines,
    total_option,
    vault_option,
)


@click.command(cls=ObsidianStyleCommand)
@file_options
@vault_option
@total_option
@format_options("text", "json")
def command(
    name: str | None, file: str | None, path: str | None, vault: str | None, total: bool, output_format: str
) -> None:
    """List the views of the base FILE. The first one is the default.

    FILE may be a note. Then the views of its base code blocks are listed.
    """
    bases = asked_bases(open_vault(vault, name, path), name, file, path)
    views = [view for base in bases for view in base.views]
    if output_format == "json" and not total:
        print_json([{"name": view.name, "type": view.type} for view in views])
        return
    print_lines([view.name for view in views], output_format, total=total)
