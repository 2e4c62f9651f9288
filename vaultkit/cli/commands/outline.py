"""Print the headings of a note, as Obsidian's `outline`."""

from __future__ import annotations

import click

from vaultkit.base.text import line_of
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    file_options,
    format_options,
    one_file,
    open_vault,
    print_json,
    print_lines,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.file_lookup import note_named
from vaultkit.query.metadata import outline_tree


@click.command(cls=ObsidianStyleCommand)
@file_options
@vault_option
@total_option
@format_options("tree", "md", "json")
def command(
    name: str | None, file: str | None, path: str | None, vault: str | None, total: bool, output_format: str
) -> None:
    """Print the headings of FILE as a tree, as Markdown or as JSON."""
    read = open_vault(vault, name, path)
    note = read.notes[note_named(read, one_file(read, name, file, path))]
    if total:
        print_total(len(note.headings), output_format)
    elif output_format == "json":
        print_json(
            [
                {"heading": item.text, "level": item.level, "line": line_of(note.line_starts, item.start) + 1}
                for item in note.headings
            ]
        )
    elif output_format == "md":
        print_lines([f"{'#' * item.level} {item.text}" for item in note.headings])
    else:
        print_lines(outline_tree(note.headings))
