"""Suggest alternative texts for pictures that have none."""

from __future__ import annotations

import click

from vaultkit.base.text import line_and_column
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, vault_option
from vaultkit.cli.picture_options import asked_vault, known_texts
from vaultkit.pictures.alternatives import alternatives


@click.command(cls=ObsidianStyleCommand)
@vault_option
@format_options("text", "json")
def command(vault: str | None, output_format: str) -> None:
    """List embeds of pictures without an alternative text, each with the title on the picture.

    Obsidian uses the text after the pipe, as in ![[slide.png|MinHash]], for readers who cannot see the picture.
    Nothing is written.
    """
    read = asked_vault(vault)
    texts = known_texts(read).texts
    rows = []
    for one in alternatives(read, texts):
        line, column = line_and_column(read.notes[one.note].line_starts, one.start)
        rows.append((one.note, line, column, one.picture, one.text))
    if output_format == "json":
        print_json([dict(zip(("note", "line", "column", "picture", "text"), row, strict=True)) for row in rows])
    else:
        print_lines([f"{note}:{line}:{column}: {picture}: {text}" for note, line, column, picture, text in rows])
