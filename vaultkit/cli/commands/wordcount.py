"""Count the words and characters of a note, as Obsidian's `wordcount`."""

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
    vault_option,
)
from vaultkit.query.file_lookup import note_named
from vaultkit.query.files import read_text
from vaultkit.query.metadata import word_count


@click.command(cls=ObsidianStyleCommand)
@file_options
@click.option("--words", is_flag=True, help="Print only the number of words.")
@click.option("--characters", is_flag=True, help="Print only the number of characters.")
@vault_option
@format_options("text", "json")
def command(
    name: str | None,
    file: str | None,
    path: str | None,
    words: bool,
    characters: bool,
    vault: str | None,
    output_format: str,
) -> None:
    """Count words and characters of FILE without its properties.

    Each Chinese or Japanese character counts as a word; Obsidian does not document its own rule.
    """
    read = open_vault(vault, name, path)
    note = note_named(read, one_file(read, name, file, path))
    found = word_count(read.notes[note], read_text(read, note))
    fields = {"words": found.words, "characters": found.characters}
    if words != characters:
        fields = {"words": found.words} if words else {"characters": found.characters}
        if output_format == "text":
            print_lines([str(value) for value in fields.values()])
            return
    if output_format == "json":
        print_json(fields)
    else:
        print_lines([f"{key}\t{value}" for key, value in fields.items()])
