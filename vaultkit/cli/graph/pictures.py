"""Notes that are only pictures, and equal pictures."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_json,
    print_lines,
    vault_option,
)
from vaultkit.query.files import text_of


@click.command(cls=ObsidianStyleCommand)
@vault_option
@format_options("text", "json")
def command(vault: str | None, output_format: str) -> None:
    """List notes that consist of pictures only, and pictures that are stored more than once.

    Lines: `only`, number of pictures, the note; `equal`, number of copies, their paths. Add a sentence to a note of
    pictures so that search can find it.
    """
    read = open_vault(vault)
    from vaultkit.graph.pictures import pictures

    found = pictures(read, lambda path: text_of(read, path))
    if output_format == "json":
        print_json(
            {
                "only": [{"path": one.path, "pictures": one.pictures} for one in found.only],
                "equal": [list(paths) for paths in found.equal],
            }
        )
        return
    lines = [f"only\t{one.pictures}\t{one.path}" for one in found.only]
    print_lines([*lines, *(f"equal\t{len(paths)}\t{', '.join(paths)}" for paths in found.equal)])
