"""Print the number of notes, links, unresolved names, tags and tasks."""

from __future__ import annotations

import click

from vaultkit.base.record import field_names
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_json,
    print_lines,
    vault_option,
)
from vaultkit.graph.measures import MEASURES
from vaultkit.query.counts import Counts, counts

LABELS = {
    "notes": "notes",
    "canvases": "canvases",
    "bases": "bases",
    "attachments": "attachments",
    "links": "links",
    "embeds": "embeds",
    "unresolved": "links and embeds that open nothing",
    **{key: MEASURES[key].words for key in ("unresolved_names", "no_backlinks", "deadends")},
    "headings": "headings",
    "tasks": "tasks",
    "tags": "tags",
    "aliases": "aliases",
}


@click.command(cls=ObsidianStyleCommand)
@vault_option
@format_options("text", "json")
def command(vault: str | None, output_format: str) -> None:
    """Print the vault in numbers. See `vaultkit graph stats` for its graph and `vaultkit cards stats` for its
    flashcards.
    """
    found = counts(open_vault(vault))
    values = {name: getattr(found, name) for name in field_names(Counts)}
    if output_format == "json":
        print_json(values)
        return
    print_lines([f"{value:>9,}  {LABELS[name]}" for name, value in values.items()])
