"""Central notes that nobody has touched for long, or that are full of findings."""

from __future__ import annotations

import click

from vaultkit.base.record import field_names
from vaultkit.cli.graphs import findings_by_note, whole_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, vault_option
from vaultkit.cli.options import open_workspace

MOST_CHECKED = 20_000


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option("--excluded", is_flag=True, help="Also files that the vault's settings exclude.")
@click.option(
    "--findings/--no-findings",
    "with_findings",
    default=None,
    help="Whether what `vaultkit check` finds counts; by default in vaults of up to 20,000 notes.",
)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="The first N; 0 for all.")
@format_options("text", "json")
def command(vault: str | None, excluded: bool, with_findings: bool | None, limit: int, output_format: str) -> None:
    """List notes to look at again: many others link to them, and they are long untouched or full of findings.

    The score is the logarithm of the backlinks, times how long the note is untouched (a year counts fully) beside the
    notes that link to it, plus its findings. Dates come from properties (updated, modified), from git, or from the
    disk; files that all have one date, as in a copy, tell none. Columns: score, backlinks, those of them that changed
    later, days since it changed, findings, note.
    """
    read, core = whole_graph(vault, excluded=excluded)
    from vaultkit.graph.stale import MEASURE, current_day, stale_notes

    if with_findings is None:
        with_findings = len(read.notes) <= MOST_CHECKED
        if not with_findings:
            click.echo(f"findings are left out above {MOST_CHECKED:,} notes; --findings counts them", err=True)
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
