"""Orphan rate, unresolved rate, hubs, components, reach from home, most central notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.record import field_names
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, vault_option
from vaultkit.cli.options import open_workspace
from vaultkit.graph.measures import MEASURES
from vaultkit.query.file_lookup import note_named

if TYPE_CHECKING:
    from vaultkit.graph.core import GraphCore
    from vaultkit.graph.stats import Stats

# Rows of the table; `MEASURES` has their labels.
ROWS = (
    "notes",
    "links",
    "links_per_note",
    "unresolved_rate",
    "wanted",
    "isolated",
    "isolated_rate",
    "no_backlinks",
    "deadends",
    "hub_share",
    "components",
    "largest",
    "degeneracy",
    "reached",
)
MOST_BETWEEN = 10
RATES = frozenset(("unresolved_rate", "isolated_rate", "hub_share", "largest", "reached"))


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option("--home", metavar="NOTE", help="Home note. Default: home, index, readme … in the vault's root.")
@click.option("--since", "--before", "since", metavar="REVISION", help="Compare with the vault at this git revision.")
@click.option("--after", metavar="REVISION", help="Compare this revision instead of the folder as it is now.")
@click.option("--betweenness", is_flag=True, help="Include the notes on most shortest paths.")
@click.option("--excluded", is_flag=True, help="Include files that the vault's settings exclude.")
@format_options("text", "json")
def command(
    vault: str | None,
    home: str | None,
    since: str | None,
    after: str | None,
    betweenness: bool,
    excluded: bool,
    output_format: str,
) -> None:
    """Print the graph in numbers; with --before (the same as --since) and --after at two moments.

    Links are links, embeds and property links. Parts, core, hubs and PageRank are of notes, unresolved names,
    canvases and bases, as in Obsidian's graph. `vaultkit docs graph` defines every number.
    """
    from vaultkit.graph.cache import vault_and_graph
    from vaultkit.graph.from_vault import graph_core
    from vaultkit.graph.revisions import vault_at
    from vaultkit.graph.stats import stats

    workspace = open_workspace(vault)
    if after is None:
        read, core = vault_and_graph(workspace, include_excluded=excluded)
    else:
        read = vault_at(workspace, after)
        core = graph_core(read, include_excluded=excluded)
    home = note_named(read, home) if home is not None else None
    now = stats(core, home)
    # A home note that was not there yet reaches nothing.
    before = (
        stats(graph_core(vault_at(workspace, since), include_excluded=excluded), home) if since is not None else None
    )
    between, bounded = _most_between(core) if betweenness else ([], "")
    if bounded:
        click.echo(bounded, err=True)
    if output_format == "json":
        more: dict[str, Any] = {"before": {"revision": since, **_as_json(before)}} if before else {}
        if betweenness:
            rows = [{"path": path, "betweenness": share} for path, share in between]
            more["betweenness"] = {"note": bounded, "top": rows}
        print_json(_as_json(now) | more)
        return
    left_out = 0 if excluded else sum(1 for path in read.files if path.endswith(".md") and read.is_excluded(path))
    if left_out:
        click.echo(
            f"{left_out:,} excluded notes are left out, as in Obsidian's graph; --excluded includes them", err=True
        )
    heading = [] if before is None else [f"{'':40} {since or '':>12.12} {after or 'now':>12.12}"]
    print_lines([*heading, *_table(before, now), *_lists(now, between)])


def _table(before: Stats | None, now: Stats) -> Iterator[str]:
    """Yield a line for each number, with a column for each of the two moments."""
    for key in ROWS:
        label = MEASURES[key].words
        if key == "reached" and not now.home:
            yield "no home note found; name it with home=NOTE"
            continue
        label = f"{label} ({now.home})" if key == "reached" else label
        cells = [_cell(key, getattr(one, key)) for one in (before, now) if one is not None]
        yield f"{label:40} " + " ".join(f"{cell:>12}" for cell in cells)


def _lists(now: Stats, between: Sequence[tuple[str, float]]) -> Iterator[str]:
    """Yield the kinds of nodes and edges, then the most central notes."""
    for title, counts in (("nodes", now.nodes), ("edges", now.edges)):
        yield f"{title}: " + (", ".join(f"{count} {kind}" for kind, count in counts) or "none")
    if now.top:
        yield "most central (backlinks, PageRank):"
        yield from (f"  {item.backlinks:>5}  {item.rank:.4f}  {item.path}" for item in now.top)
    if between:
        yield "on most shortest paths (betweenness):"
        yield from (f"  {share:.4f}  {path}" for path, share in between)


def _most_between(core: GraphCore) -> tuple[list[tuple[str, float]], str]:
    """Return (path, share of shortest paths through it) of the ten highest notes above 0, and a note on sampling."""
    from vaultkit.graph.communities import betweenness
    from vaultkit.graph.core import CONCEPT_KINDS, NOTE

    concepts = core.only(CONCEPT_KINDS)
    shares, note = betweenness(concepts)
    order = sorted((-float(share), at) for at, share in enumerate(shares) if share > 0 and concepts.kind[at] == NOTE)
    return [(concepts.paths[at], -share) for share, at in order[:MOST_BETWEEN]], note


def _cell(key: str, value: float) -> str:
    if key in RATES:
        return f"{100 * value:.1f} %"
    return f"{value:.2f}" if isinstance(value, float) else f"{value:,}"


def _as_json(found: Stats) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(found, name) for name in field_names(found)}
    return fields | {
        "nodes": dict(found.nodes),
        "edges": dict(found.edges),
        "top": [{"path": item.path, "backlinks": item.backlinks, "pagerank": item.rank} for item in found.top],
    }
