"""A shortest path between two notes."""

from __future__ import annotations

import itertools

import click

from vaultkit.cli.graphs import graph_options, node_row, open_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines


@click.command(cls=ObsidianStyleCommand)
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@graph_options
@click.option(
    "--skip-hubs",
    is_flag=True,
    help="Do not use paths through index notes, which link to a fifth of all notes or more.",
)
@click.option(
    "--direction",
    type=click.Choice(["both", "out", "in"]),
    default="both",
    show_default=True,
    help="Follow links in both directions, only outgoing, or only incoming ones.",
)
@format_options("text", "json")
def command(
    start: str,
    end: str,
    vault: str | None,
    kinds: str | None,
    excluded: bool,
    skip_hubs: bool,
    direction: str,
    output_format: str,
) -> None:
    """Print a shortest path from A to B, one node per line. Arrows show the direction of the links.

    By default links are followed in both directions. If there is no path, only a note on stderr is printed.
    """
    read, core = open_graph(vault, kinds, excluded=excluded)
    from vaultkit.graph.lookup import node_named, shown
    from vaultkit.graph.paths import hubs, shortest_path

    ends = node_named(read, core, start), node_named(read, core, end)
    index_notes = hubs(core)
    way = shortest_path(core, *ends, direction=direction, without=index_notes if skip_hubs else None)
    passed = sorted(set(way[1:-1]) & set(index_notes.tolist()))
    if output_format == "json":
        print_json(
            {
                "path": [node_row(core, node) for node in way],
                "length": len(way) - 1 if way else None,
                "through_hubs": [core.ids[node] for node in passed],
                "skipped_hubs": [core.ids[node] for node in index_notes.tolist()] if skip_hubs else [],
            }
        )
        return
    if not way:
        click.echo(f"there is no path from {shown(core, ends[0])} to {shown(core, ends[1])}", err=True)
        return
    indptr, target, _ = core.collapsed
    lines = [shown(core, way[0])]
    for here, there in itertools.pairwise(way):
        goes = there in target[indptr[here] : indptr[here + 1]]
        comes = here in target[indptr[there] : indptr[there + 1]]
        lines.append(f"{'↔' if goes and comes else '→' if goes else '←'} {shown(core, there)}")
    print_lines(lines)
    if passed and not skip_hubs:
        named = ", ".join(shown(core, node) for node in passed)
        click.echo(f"this path uses index notes ({named}); --skip-hubs avoids them", err=True)
