"""The nodes within some steps of a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaultkit.cli.graphs import graph_options, node_row, open_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, total_option

if TYPE_CHECKING:
    from vaultkit.graph.core import GraphCore, Ints


@click.command(cls=ObsidianStyleCommand)
@click.argument("note", metavar="NOTE")
@graph_options
@click.option("--depth", type=click.IntRange(min=1), default=1, show_default=True, help="Maximum number of steps.")
@click.option(
    "--direction",
    type=click.Choice(["both", "out", "in"]),
    default="both",
    show_default=True,
    help="Follow links in both directions, only outgoing, or only incoming ones.",
)
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
    """List the nodes within DEPTH steps of NOTE, nearest first.

    Columns: steps, direction of the link for nodes one step away (-> from NOTE, <- to it, <-> both), node.
    """
    read, core = open_graph(vault, kinds, excluded=excluded)
    from vaultkit.graph.lookup import node_named, shown
    from vaultkit.graph.paths import neighbours

    at = node_named(read, core, note)
    found = neighbours(core, at, depth=depth, direction=direction)
    out, back = (set(lists[1][lists[0][at] : lists[0][at + 1]].tolist()) for lists in _both(core))

    def way(node: int) -> str:
        return {(True, True): "<->", (True, False): "->", (False, True): "<-"}.get((node in out, node in back), "")

    if output_format == "json" and not total:
        print_json(
            [{**node_row(core, near.node), "distance": near.distance, "direction": way(near.node)} for near in found]
        )
        return
    lines = [f"{near.distance}\t{way(near.node)}\t{shown(core, near.node)}" for near in found]
    print_lines(lines, output_format, total=total)


def _both(core: GraphCore) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    from vaultkit.graph.metrics import neighbour_lists

    return neighbour_lists(core, "out"), neighbour_lists(core, "in")
