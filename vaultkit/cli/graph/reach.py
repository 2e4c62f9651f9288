"""What following links from a home note reaches, and what it misses."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.graphs import graph_options, open_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, total_option


@click.command(cls=ObsidianStyleCommand)
@click.argument("note", required=False, metavar="[HOME]")
@click.option("--home", metavar="NOTE", help="Home note. Default: home, index, readme … in the vault's root.")
@graph_options
@total_option
@format_options("text", "json")
def command(
    note: str | None,
    home: str | None,
    vault: str | None,
    kinds: str | None,
    excluded: bool,
    total: bool,
    output_format: str,
) -> None:
    """List the notes that cannot be reached from HOME by following links. The number of reached notes is printed on
    stderr.

    With --total only the number of unreached notes is printed.
    """
    read, core = open_graph(vault, kinds, excluded=excluded)
    from vaultkit.graph.lookup import node_named
    from vaultkit.graph.paths import reach
    from vaultkit.graph.stats import guessed_home

    home = note or home or guessed_home(core)
    if not home:
        raise VaultkitError("no home note found; name it, as in `vaultkit graph reach NOTE`")
    found = reach(core, node_named(read, core, home))
    missed = [core.paths[node] for node in found.missed]
    if output_format == "json" and not total:
        print_json(
            {
                "notes": found.notes,
                "reached": found.reached,
                "by_distance": list(found.by_distance),
                "missed": missed,
            }
        )
        return
    print_lines(missed, output_format, total=total)
    if not total:
        share = 100 * found.reached / found.notes if found.notes else 0.0
        steps = max(len(found.by_distance) - 1, 0)
        click.echo(
            f"{found.reached} of {found.notes} notes can be reached ({share:.1f} %) in at most {steps} steps", err=True
        )
