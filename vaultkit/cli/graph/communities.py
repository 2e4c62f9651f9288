"""Groups of notes that link among themselves, with names."""

from __future__ import annotations

import click

from vaultkit.cli.graphs import graph_options, node_row, optional_kinds, wanted_kinds
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines
from vaultkit.cli.options import open_workspace

SHOWN = 5


@click.command(cls=ObsidianStyleCommand)
@graph_options
@click.option(
    "--name-by",
    type=click.Choice(["topic", "rank", "tag"]),
    default="topic",
    show_default=True,
    help="What a community is named after.",
)
@click.option("--verbose", is_flag=True, help="Print all their notes.")
@format_options("text", "json")
def command(
    vault: str | None, kinds: str | None, excluded: bool, name_by: str, verbose: bool, output_format: str
) -> None:
    """List the communities, the largest first, with their most connected notes.

    A community is a group of nodes with more links inside than outside (Louvain). It is named after the note that
    most of its members link to and whose words its texts share. --name-by rank uses the note with the highest
    PageRank, --name-by tag the most typical tag. Columns: nodes, notes among them, name, typical words.
    """
    from vaultkit.graph.cache import vault_and_graph
    from vaultkit.graph.communities import communities
    from vaultkit.graph.core import NOTE
    from vaultkit.graph.layout.communities import SEED
    from vaultkit.graph.lookup import shown

    wanted = wanted_kinds(kinds)
    read, whole = vault_and_graph(open_workspace(vault), include_excluded=excluded, optional=optional_kinds(wanted))
    core = whole.only(wanted)
    found = communities(core, whole, vault=read, name_by=name_by)
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
                        "notes": sum(bool(core.kind[node] == NOTE) for node in group.nodes),
                        "terms": list(group.terms),
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
        notes = sum(bool(core.kind[node] == NOTE) for node in group.nodes)
        about = f"\t({', '.join(group.terms)})" if group.terms else ""
        lines.append(f"{len(group.nodes)} nodes\t{notes} notes\t{group.name}{about}")
        listed = group.nodes if verbose else group.nodes[:SHOWN]
        lines += [f"\t{shown(core, node)}" for node in listed]
    print_lines(lines)
