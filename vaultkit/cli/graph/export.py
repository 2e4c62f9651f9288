"""Write the graph for another tool: JSON, GraphML, GEXF, DOT, SVG, Mermaid, Canvas, CSV, Cypher, Neo4j, Parquet."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.atomic_write import write_whole
from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_named
from vaultkit.cli.graphs import DEFAULT_KINDS, described_graph, wanted_kinds, whole_graph_options
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand
from vaultkit.cli.options import open_workspace

if TYPE_CHECKING:
    from vaultkit.graph.core import GraphCore
    from vaultkit.vault.snapshot import Snapshot

_MOST_POSITIONS = 200_000_000
# Format -> module of `vaultkit.graph.exports`.
FORMATS = {
    "json": "node_link",
    "graphml": "graphml",
    "gexf": "gexf",
    "dot": "dot",
    "svg": "svg",
    "mermaid": "mermaid",
    "canvas": "canvas",
    "csv": "csv_pair",
    "cypher": "cypher",
    "neo4j": "neo4j_admin",
    "parquet": "parquet_pair",
}
# What is looked at rather than read needs places.
DRAWN = ("gexf", "svg", "canvas")
# These draw one line for each ordered pair of nodes.
MERGED = ("svg", "canvas")


@click.command(cls=ObsidianStyleCommand)
@click.argument("format_name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@whole_graph_options
@click.option(
    "-o", "--output", metavar="FILE", help="File to write. Default, and for -: standard output, for one file."
)
@click.option("--around", metavar="NOTE", help="Include only nodes near this note.")
@click.option(
    "--depth", type=click.IntRange(min=0), default=1, show_default=True, help="Maximum distance from the --around note."
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Include only the N most central nodes (PageRank)."
)
@click.option(
    "--findings/--no-findings", "with_findings", default=True, help="Include the findings of `vaultkit check`."
)
@click.option("--mentions", "with_mentions", is_flag=True, help="Add edges for names without a link.")
@click.option(
    "--picture-mentions",
    "with_pictures",
    is_flag=True,
    help="Add edges from notes to the notes that their pictures name. `vaultkit pictures` reads pictures.",
)
@click.option(
    "--layout/--no-layout",
    "with_layout",
    default=None,
    help=f"Include the positions of the nodes on the map. Default: for {', '.join(DRAWN)}.",
)
@click.option("--positions", metavar="FILE", help="Use these positions: JSON of id -> [x, y].")
def command(
    format_name: str,
    vault: str | None,
    kinds: str | None,
    excluded: bool,
    output: str | None,
    around: str | None,
    depth: int,
    limit: int | None,
    with_findings: bool,
    with_mentions: bool,
    with_pictures: bool,
    with_layout: bool | None,
    positions: str | None,
) -> None:
    """Write the graph as FORMAT. csv, neo4j and parquet are pairs of files, named after -o.

    All kinds of nodes except folders and external hosts are written unless --kinds says otherwise. rank, component
    and community are those of `graph stats` and `graph communities`: of notes, unresolved names, canvases and
    bases, or of the kinds that --kinds names. --around and --limit do not change them.
    """
    from importlib import import_module

    from vaultkit.graph.exports.drawing import Drawing

    wanted = wanted_kinds(kinds, DEFAULT_KINDS)
    read, core = described_graph(
        open_workspace(vault),
        excluded=excluded,
        with_findings=with_findings,
        with_mentions=with_mentions,
        with_pictures=with_pictures,
        wanted=wanted,
        measured_kinds=wanted_kinds(kinds),
        narrow=lambda read, core: _narrowed(read, core, around, depth, limit),
    )
    if with_layout is None:
        with_layout = format_name in DRAWN
    exporter = import_module(f"vaultkit.graph.exports.{FORMATS[format_name]}")
    places = _positions(positions) if positions else _layout(read.root, core) if with_layout else None
    files = exporter.write(Drawing(core, read.name, places))
    if output is None or output == "-":
        if len(files) > 1:
            raise VaultkitError(f"{format_name}: these are {len(files)} files; name them with -o NAME")
        sys.stdout.flush()
        sys.stdout.buffer.write(next(iter(files.values())))
        return
    for name, data in _named(output, exporter.SUFFIX, files).items():
        try:
            write_whole(name, data)
        except OSError as error:
            raise VaultkitError(f"{name}: cannot be written ({error.strerror}); choose another place") from error
        edges = len(core.collapsed[1]) if format_name in MERGED else core.edges
        what = "pairs of nodes with links" if format_name in MERGED else "edges"
        click.echo(f"{name}: {len(core):,} nodes, {edges:,} {what}", err=True)


def _layout(root: str, core: GraphCore) -> dict[str, tuple[float, float]]:
    """The places of the vault's last map for nodes that were on it, new ones for the others."""
    from vaultkit.graph.layout.cache import cache_file, read_places
    from vaultkit.map.drawing import draw

    if not len(core):
        return {}
    places = draw(core, known=read_places(cache_file(root))).places.tolist()
    return {node: (x, y) for node, (x, y) in zip(core.ids, places, strict=True)}


def _narrowed(vault: Snapshot, core: GraphCore, around: str | None, depth: int, limit: int | None) -> GraphCore:
    import numpy as np

    from vaultkit.graph.lookup import node_named
    from vaultkit.graph.metrics import distances, neighbour_lists, pagerank

    if around is not None:
        core = core.keep(distances(*neighbour_lists(core), node_named(vault, core, around), depth) >= 0)
    if limit is not None and limit < len(core):
        click.echo(f"{limit:,} of {len(core):,} nodes, by PageRank; the other nodes are left out", err=True)
        best = np.lexsort((np.arange(len(core)), -pagerank(core)))[:limit]
        mask = np.zeros(len(core), bool)
        mask[best] = True
        core = core.keep(mask)
    return core


def _positions(path: str) -> dict[str, tuple[float, float]]:
    try:
        data: Any = json.loads(read_named(path, _MOST_POSITIONS))
        return {str(node): (float(place[0]), float(place[1])) for node, place in data.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise VaultkitError(f"{path}: no positions can be read ({reason}); write JSON of id -> [x, y]") from error


def _named(output: str, suffix: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """File name -> bytes: one file has the name as it is, a pair has its endings behind the bare name."""
    if len(files) == 1:
        return {output: next(iter(files.values()))}
    bare = output[: -len(suffix)] if output.endswith(suffix) else output
    return {os.fspath(bare + ending): data for ending, data in files.items()}
