"""Groups of notes that link among themselves, with names."""

from __future__ import annotations

import click

from vaultkit.cli.graphs import graph_options, node_row, optional_kinds, wanted_kinds
from vaultkit.cli.options import vault_root
from vaultkit.cli.words import WordCommand, format_options, print_json, print_lines

SHOWN = 5


@click.command(cls=WordCommand)
@graph_options
@click.option("--name-by", type=click.Choice(["rank", "tag"]), default="rank", show_default=True)
@click.option("--verbose", is_flag=True, help="Print all their notes.")
@format_options("text", "json")
def command(
    vault: str | None, kinds: str | None, excluded: bool, name_by: str, verbose: bool, output_format: str
) -> None:
    """List the communities, the largest first, with their most central notes.

    Found by Louvain up to 30,000 nodes, beyond by label propagation, and the output says which.
    A community is named by its most central note, or by the tag that is most its own.
    """
    from vaultkit.graph.communities import SEED, communities
    from vaultkit.graph.kept import vault_and_graph
    from vaultkit.graph.names import shown

    wanted = wanted_kinds(kinds)
    _, whole = vault_and_graph(vault_root(vault), include_excluded=excluded, optional=optional_kinds(wanted))
    core = whole.only(wanted)
    found = communities(core, whole, name_by=name_by)
    if output_format == "json":
        print_json(
            {
                "method": found.method,
                "seed": SEED,
                "note": found.note,
                "modularity": round(found.modularity, 6),
                "communities": [
                    {
                        "name": group.name,
                        "size": len(group.nodes),
                        "nodes": [node_row(core, node) for node in group.nodes],
                    }
                    for group in found.groups
                ],
            }
        )
        return
    if found.note:
        click.echo(found.note, err=True)
    lines = [f"{len(found.groups)} communities by {found.method}, modularity {found.modularity:.3f}"]
    for group in found.groups:
        lines.append(f"{len(group.nodes)}\t{group.name}")
        listed = group.nodes if verbose else group.nodes[:SHOWN]
        lines += [f"\t{shown(core, node)}" for node in listed]
    print_lines(lines)
