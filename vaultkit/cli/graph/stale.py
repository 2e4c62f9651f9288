"""Central notes that were not edited for long, or that are full of findings."""

from __future__ import annotations

import click

from vaultkit.base.record import field_names
from vaultkit.cli.graphs import findings_by_note, whole_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, vault_option
from vaultkit.cli.options import open_workspace

MOST_CHECKED = 20_000


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option("--excluded", is_flag=True, help="Include files that the vault's settings exclude.")
@click.option(
    "--findings/--no-findings",
    "with_findings",
    default=None,
    help="Whether findings of `vaultkit check` count. Default: in vaults of up to 20,000 notes.",
)
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="Maximum number of results; 0 for all."
)
@format_options("text", "json")
def command(vault: str | None, excluded: bool, with_findings: bool | None, limit: int, output_format: str) -> None:
    """List notes to look at again: many others link to them, and they are old or full of findings.

    The score is the logarithm of the backlinks, times the age of the last change (a year counts fully) relative to
    the notes that link to it, plus its findings. Dates come from properties (updated, last edited …), git or
    the disk. If all files have the same date, as in a copy, dates of the disk are not used. Columns: score,
    backlinks, those changed later, days since the change, findings, note.
    """
    read, core = whole_graph(vault, excluded=excluded)
    from vaultkit.graph.stale import MEASURE, current_day, stale_notes

    if with_findings is None:
        with_findings = len(read.notes) <= MOST_CHECKED
        if not with_findings:
            click.echo(f"findings are not counted above {MOST_CHECKED:,} notes; --findings includes them", err=True)
    findings = findings_by_note(open_workspace(read.root)) if with_findings else {}
    found = stale_notes(read, core, findings, current_day())
    listed = found.notes[:limit] if limit else found.notes
    if output_format == "json":
        rows = [{key: getattr(item, key) for key in field_names(item)} for item in listed]
        print_json({"measure": MEASURE, "dates": found.dates, "notes": rows})
        return
    dates = f"dates from {found.dates}" if found.dates else "no dates are known: all files have the same one"
    click.echo(f"{MEASURE}; {dates}", err=True)
    print_lines(
        [
            f"{item.score:.2f}\t{item.backlinks}\t{item.newer}\t{'-' if item.days is None else item.days}\t"
            f"{item.findings}\t{item.path}"
            for item in listed
        ]
    )
