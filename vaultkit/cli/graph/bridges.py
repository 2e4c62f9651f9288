"""Links and notes without which a part of the graph would come off."""

from __future__ import annotations

import click

from vaultkit.cli.graphs import graph_options, node_row, open_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines


@click.command(cls=ObsidianStyleCommand)
@graph_options
@click.option(
    "--min-size",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Minimum number of nodes that would be separated.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Maximum number of each.")
@format_options("text", "json")
def command(
    vault: str | None, kinds: str | None, excluded: bool, min_size: int, limit: int | None, output_format: str
) -> None:
    """List links and nodes that alone connect parts of the graph, the most important first.

    The number counts the nodes that would be separated. Single nodes at the edge are left out; --min-size 1 lists
    them.
    """
    _, core = open_graph(vault, kinds, excluded=excluded)
    from vaultkit.graph.bridges import bridges
    from vaultkit.graph.lookup import shown

    every_link, every_node = bridges(core)
    links = [item for item in every_link if item.cuts_off >= min_size][:limit]
    nodes = [item for item in every_node if item.cuts_off >= min_size][:limit]
    if output_format == "json":
        print_json(
            {
                "bridges": [
                    {"near": node_row(core, item.near), "far": node_row(core, item.far), "cuts_off": item.cuts_off}
                    for item in links
                ],
                "cut_nodes": [
                    {**node_row(core, item.node), "parts": item.parts, "cuts_off": item.cuts_off} for item in nodes
                ],
            }
        )
        return
    lines = [f"link\t{item.cuts_off}\t{shown(core, item.near)} — {shown(core, item.far)}" for item in links]
    lines += [f"note\t{item.cuts_off}\t{shown(core, item.node)} ({item.parts} parts)" for item in nodes]
    print_lines(lines)
