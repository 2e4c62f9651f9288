"""List notes that links ask for and nobody has written, the most wanted first."""

from __future__ import annotations

import click

from vaultkit.cli.words import (
    WordCommand,
    format_options,
    open_vault,
    print_table,
    print_total,
    total_option,
    vault_option,
)


@click.command(cls=WordCommand)
@vault_option
@total_option
@click.option("--min", "least", type=click.IntRange(min=1), default=1, help="Only what so many notes ask for.")
@click.option("--verbose", is_flag=True, help="Print the notes with such links, too.")
@format_options("tsv", "json", "csv")
def command(vault: str | None, total: bool, least: int, verbose: bool, output_format: str) -> None:
    """List the notes that are linked to and not there, those that most notes ask for first.

    Columns: name, notes that ask for it, links, sources (with verbose). JSON always has all four.
    `vaultkit unresolved` lists every name as it is written, as Obsidian does.
    """
    from vaultkit.graph.suggest import ideas

    found = [idea for idea in ideas(open_vault(vault)) if idea.notes >= least]
    if total:
        print_total(len(found), output_format)
        return
    rows = [{"name": one.name, "notes": one.notes, "links": one.links, "sources": list(one.sources)} for one in found]
    print_table(rows, ["name", "notes", "links", *(["sources"] if verbose else [])], output_format)
