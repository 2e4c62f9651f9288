"""The notes most related to a note, linked or not, with the reason."""

from __future__ import annotations

import click

from vaultkit.cli.graphs import graph_options, node_row, open_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines


@click.command(cls=ObsidianStyleCommand)
@click.argument("note", metavar="NOTE")
@graph_options
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Maximum number of nodes.")
@click.option("--unlinked", is_flag=True, help="List only nodes without a link to or from NOTE.")
@format_options("text", "json")
def command(
    note: str,
    vault: str | None,
    kinds: str | None,
    excluded: bool,
    limit: int,
    unlinked: bool,
    output_format: str,
) -> None:
    """List the nodes most related to NOTE: by common neighbours that have few others (Adamic-Adar), and by links
    close to each other in other notes (same line 1, same section 1/2, same note 1/4).

    Columns: score (at most 2), node, what connects them. A + marks nodes that are linked already.
    """
    read, core = open_graph(vault, kinds, excluded=excluded)
    from vaultkit.graph.lookup import node_named, shown
    from vaultkit.graph.related import related

    at = node_named(read, core, note)
    found = related(read, core, at, len(core))
    found = tuple(item for item in found if not (unlinked and item.is_linked))[:limit]
    if not found:
        what = "no other node shares a neighbour with it or is linked beside it"
        click.echo(f"{shown(core, at)}: {what}; `vaultkit suggest` finds notes that name it", err=True)
    if output_format == "json":
        print_json(
            [
                {
                    **node_row(core, item.node),
                    "score": round(item.score, 6),
                    "adamic_adar": round(item.adamic_adar, 6),
                    "cocitation": round(item.cocitation, 6),
                    "is_linked": item.is_linked,
                    "through": [core.ids[node] for node in item.through],
                }
                for item in found
            ]
        )
        return
    print_lines(
        [
            f"{item.score:.3f}{'+' if item.is_linked else ' '}\t{shown(core, item.node)}\t"
            + ", ".join(core.labels[node] for node in item.through)
            for item in found
        ]
    )
