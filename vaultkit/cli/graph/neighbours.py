"""The nodes within some steps of a note."""

from __future__ import annotations

import click

from vaultkit.cli.graphs import graph_options, node_row, open_graph
from vaultkit.cli.words import WordCommand, format_options, print_json, print_lines, total_option


@click.command(cls=WordCommand)
@click.argument("note", metavar="NOTE")
@graph_options
@click.option("--depth", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--direction", type=click.Choice(["both", "out", "in"]), default="both", show_default=True)
@total_option
@format_options("text", "json")
def command(
    note: str,
    vault: str | None,
    kinds: str | None,
    excluded: bool,
    depth: int,
    direction: str,
    total: bool,
    output_format: str,
) -> None:
    """List the nodes within DEPTH steps of NOTE, nearest first, with the number of steps."""
    read, core = open_graph(vault, kinds, excluded=excluded)
    from vaultkit.graph.names import node_named, shown
    from vaultkit.graph.routes import neighbours

    found = neighbours(core, node_named(read, core, note), depth=depth, direction=direction)
    if output_format == "json" and not total:
        print_json([{**node_row(core, near.node), "distance": near.distance} for near in found])
        return
    print_lines([f"{near.distance}\t{shown(core, near.node)}" for near in found], output_format, total=total)
