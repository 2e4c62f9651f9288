"""List notes that are linked to but do not exist, the most wanted first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from vaultkit.cli.graphs import whole_graph
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_json,
    print_lines,
    print_table,
    print_total,
    total_option,
    vault_option,
)

if TYPE_CHECKING:
    from vaultkit.query.wanted_notes import Idea

SHOWN_SOURCES = 3


@click.command(cls=ObsidianStyleCommand)
@vault_option
@total_option
@click.option(
    "--min", "least", type=click.IntRange(min=1), default=1, help="List only names that at least N notes link to."
)
@click.option("--verbose", is_flag=True, help="Include the notes with such links.")
@click.option("--by-topic", is_flag=True, help="Group the names by the topic (community) that links to them.")
@format_options("tsv", "json", "csv")
def command(vault: str | None, total: bool, least: int, verbose: bool, by_topic: bool, output_format: str) -> None:
    """List notes that are linked to but do not exist, the most wanted first.

    Columns: name, number of notes that link to it, links, sources (with --verbose). JSON always has all four.
    `vaultkit unresolved` lists every name as it is written, as Obsidian does. With --by-topic each topic is a line,
    with its names and the notes that link to them below.
    """
    if by_topic and not total:
        _print_topics(vault, least, output_format)
        return
    from vaultkit.query.wanted_notes import ideas

    found = [idea for idea in ideas(open_vault(vault)) if idea.notes >= least]
    if total:
        print_total(len(found), output_format)
        return
    rows = [_row(one) for one in found]
    print_table(rows, ["name", "notes", "links", *(["sources"] if verbose else [])], output_format)


def _print_topics(vault: str | None, least: int, output_format: str) -> None:
    read, core = whole_graph(vault, excluded=False)
    from vaultkit.graph.wanted import MEASURE, wanted_by_topic

    found = wanted_by_topic(read, core, least)
    if output_format == "json":
        print_json(
            {"measure": MEASURE, "topics": [{"topic": row.topic, "names": list(map(_row, row.ideas))} for row in found]}
        )
        return
    click.echo(MEASURE, err=True)
    lines = []
    for row in found:
        lines.append(row.topic or "of no topic")
        for idea in row.ideas:
            more = f" and {len(idea.sources) - SHOWN_SOURCES} more" if len(idea.sources) > SHOWN_SOURCES else ""
            lines.append(f"\t{idea.notes}\t{idea.name}\t{', '.join(idea.sources[:SHOWN_SOURCES])}{more}")
    print_lines(lines)


def _row(idea: Idea) -> dict[str, Any]:
    return {"name": idea.name, "notes": idea.notes, "links": idea.links, "sources": list(idea.sources)}
