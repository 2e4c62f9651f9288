"""In which order to read the notes of a topic."""

from __future__ import annotations

import click

from vaultkit.base.record import field_names
from vaultkit.cli.graphs import whole_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, vault_option
from vaultkit.query.files import text_of


@click.command(cls=ObsidianStyleCommand)
@click.argument("topic")
@vault_option
@click.option("--excluded", is_flag=True, help="Include files that the vault's settings exclude.")
@click.option("--mentions/--no-mentions", default=True, show_default=True, help="Count names without a link.")
@click.option("--verbose", is_flag=True, help="Print what each note builds on.")
@format_options("text", "json")
def command(topic: str, vault: str | None, excluded: bool, mentions: bool, verbose: bool, output_format: str) -> None:
    """List the notes of TOPIC in the order in which to read them.

    TOPIC is a #tag, a folder, a community, a word of its name, or a note, which means its community. A note comes
    after those that it links to, names, or lists under a heading such as Prerequisites. A series is ordered by
    number. Notes that only list the topic come first, marked *. The number is how many notes build on it. A + marks
    notes that use a later one because both use each other.
    """
    read, core = whole_graph(vault, excluded=excluded)
    from vaultkit.graph.reading_order import MEASURE, notes_of_topic, reading_order

    name, paths = notes_of_topic(read, core, topic)
    found = reading_order(read, paths, lambda path: text_of(read, path), name, with_mentions=mentions)
    if output_format == "json":
        print_json(
            {
                "measure": MEASURE,
                "topic": name,
                "steps": [{key: _plain(getattr(step, key)) for key in field_names(step)} for step in found.steps],
                "cycles": [list(ring) for ring in found.cycles],
            }
        )
        return
    click.echo(f"{name}, {len(paths)} notes: {MEASURE}", err=True)
    lines = []
    for at, step in enumerate(found.steps, 1):
        mark = "*" if step.is_overview else "+" if step.ahead else ""
        lines.append(f"{at}{mark}\t{step.needed_by}\t{step.path}")
        if verbose and step.builds_on:
            lines.append(f"\t\tbuilds on {', '.join(step.builds_on)}")
        if step.ahead:
            lines.append(f"\t\tuses {', '.join(step.ahead)} before it is explained")
    print_lines(lines)
    for ring in found.cycles:
        click.echo("cycle: " + " -> ".join((*ring, ring[0])), err=True)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
