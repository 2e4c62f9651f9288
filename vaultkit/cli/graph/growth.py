"""How the vault grew, by week and by topic."""

from __future__ import annotations

import datetime

import click

from vaultkit.cli.console import terminal_width
from vaultkit.cli.graphs import topic_options, whole_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines

NAME_COLUMNS = 30


@click.command(cls=ObsidianStyleCommand)
@topic_options
@click.option(
    "--step",
    type=click.Choice(["week", "month", "year"]),
    help="Length of a column. Default: the shortest with at most 60 columns.",
)
@click.option("--since", metavar="DATE", help="Count only notes that are new since this day (YYYY-MM-DD).")
@format_options("text", "json")
def command(
    vault: str | None, by: str | None, excluded: bool, step: str | None, since: str | None, output_format: str
) -> None:
    """Show the number of new notes by week, month or year, in total and by topic, as a small chart.

    A note is new on the date in its properties (created, date …) or its name, on the date of its oldest pasted
    image, or in the commit that added it. Each line has its own scale. Topics are communities, or folders where few
    notes are linked.
    """
    first = _day(since) if since is not None else None
    read, core = whole_graph(vault, excluded=excluded)
    from vaultkit.graph.gaps import topics_of
    from vaultkit.graph.growth import MEASURE, bars, growth

    found = growth(read, topics_of(read, core, by), step=step, since=first)
    if output_format == "json":
        rows = [
            {"name": one.name, "notes": one.notes, "counts": list(one.counts)} for one in (found.total, *found.topics)
        ]
        print_json(
            {
                "measure": MEASURE,
                "step": found.step,
                "periods": list(found.periods),
                "total": rows[0],
                "topics": rows[1:],
                "undated": found.undated,
            }
        )
        return
    click.echo(MEASURE, err=True)
    if not found.periods:
        click.echo("no note has a known date of creation", err=True)
        return
    room = max(10, terminal_width() - NAME_COLUMNS - 8)
    shown = found.periods[-room:]
    lines = [f"{'':6}  by {found.step}, {shown[0]} to {shown[-1]}"]
    lines += [f"{one.notes:>6}  {bars(one.counts, room)}  {one.name}" for one in (found.total, *found.topics)]
    print_lines(lines)
    if found.undated:
        click.echo(f"{found.undated:,} notes have no known date of creation", err=True)


def _day(text: str) -> int:
    try:
        return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days
    except ValueError:
        raise click.BadParameter(f"{text} is not a date; write YYYY-MM-DD", param_hint="--since") from None
