"""Build the graph and tell what is in it; with --json all of it, in node-link form."""

from __future__ import annotations

import sys

import click

from vaultkit.cli.graphs import DEFAULT_KINDS, described_graph, optional_kinds, wanted_kinds, whole_graph_options
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_lines
from vaultkit.cli.options import open_workspace


@click.command(cls=ObsidianStyleCommand)
@whole_graph_options
@format_options("text", "json")
def command(vault: str | None, kinds: str | None, excluded: bool, output_format: str) -> None:
    """Print the number of nodes and edges by kind; with --json the graph itself.

    By default all kinds of nodes except folders and external hosts are included. The JSON is
    that of `graph export json`.
    """
    wanted = wanted_kinds(kinds, DEFAULT_KINDS)
    if output_format == "json":
        from vaultkit.graph.exports import node_link
        from vaultkit.graph.exports.drawing import Drawing

        read, core = described_graph(
            open_workspace(vault),
            excluded=excluded,
            with_findings=True,
            wanted=wanted,
            measured_kinds=wanted_kinds(kinds),
            narrow=lambda _, core: core,
        )
        sys.stdout.flush()
        sys.stdout.buffer.write(node_link.write(Drawing(core, read.name))[node_link.SUFFIX])
        return
    from vaultkit.graph.cache import vault_and_graph
    from vaultkit.graph.core import EDGE_KINDS, NODE_KINDS
    from vaultkit.graph.stats import by_kind

    _, whole = vault_and_graph(open_workspace(vault), include_excluded=excluded, optional=optional_kinds(wanted))
    core = whole.only(wanted)
    lines = [f"node\t{kind}\t{count}" for kind, count in by_kind(core.kind, NODE_KINDS)]
    print_lines([*lines, *(f"edge\t{kind}\t{count}" for kind, count in by_kind(core.edge_kind, EDGE_KINDS))])
