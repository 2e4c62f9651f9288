"""Print a template, as Obsidian's `template:read`."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from vaultkit.cli.note_words import template_path, template_text, text_at
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, vault_option


@click.command(cls=ObsidianWordCommand)
@vault_option
@click.option("--name", metavar="NAME", required=True, help="The template.")
@click.option("--resolve", is_flag=True, help="Fill in the variables {{title}}, {{date}} and {{time}}.")
@click.option("--title", metavar="TITLE", default="", help="The title for {{title}}.")
def command(vault: str | None, name: str, resolve: bool, title: str) -> int:
    """Print the text of a template."""
    read = open_vault(vault)
    if resolve:
        text = template_text(read, name, title, datetime.now())
    else:
        text = text_at(read, template_path(read, name))[0]
    sys.stdout.write(text)
    return 0
