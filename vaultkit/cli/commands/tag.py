"""Print how often a tag is used and in which notes, as Obsidian's `tag`."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_json,
    print_lines,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.metadata import tag


@click.command(cls=ObsidianStyleCommand)
@click.argument("tag_name", required=False, metavar="[TAG]")
@click.option("--name", metavar="TAG", help="Tag, with or without #.")
@vault_option
@total_option
@click.option("--verbose", is_flag=True, help="Include how often the tag occurs in each note.")
@click.option("--nested", is_flag=True, help="Include nested tags.")
@format_options("text", "json")
def command(
    tag_name: str | None,
    name: str | None,
    vault: str | None,
    total: bool,
    verbose: bool,
    nested: bool,
    output_format: str,
) -> None:
    """Print how often TAG is used, and the notes that use it."""
    wanted = name if name is not None else tag_name
    if not wanted or not wanted.strip("# "):
        raise VaultkitError("no tag given; use name=TAG")
    read = open_vault(vault)
    row = tag(read, wanted, nested=nested)
    if total:
        print_total(row.count, output_format)
    elif output_format == "json":
        print_json({"tag": row.tag, "count": row.count, "files": list(row.files)})
    else:
        counts = {path: tag(read, wanted, nested=nested, paths=[path]).count for path in row.files} if verbose else {}
        files = [f"{path}\t{counts[path]}" if verbose else path for path in row.files]
        print_lines([f"{row.tag}\t{row.count}", *files])
