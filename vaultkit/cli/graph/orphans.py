"""Notes without any link, in or out, as Obsidian's graph shows them."""

from __future__ import annotations

import click

from vaultkit.cli.graphs import graph_options, open_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_lines, total_option


@click.command(cls=ObsidianStyleCommand)
@graph_options
@total_option
@format_options("text", "json")
def command(vault: str | None, kinds: str | None, excluded: bool, total: bool, output_format: str) -> None:
    """List notes without any link to or from another node. Tags count as nodes only with --kinds.

    `vaultkit orphans` lists notes without incoming links.
    """
    _, core = open_graph(vault, kinds, excluded=excluded)
    from vaultkit.graph.paths import isolates

    print_lines([core.paths[node] for node in isolates(core)], output_format, total=total)
