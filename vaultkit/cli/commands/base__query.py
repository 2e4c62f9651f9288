"""Answer a view of a base, as Obsidian's `base:query`."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence

import click

from vaultkit.base.csv_cells import guarded_cell
from vaultkit.cli.bases import asked_bases
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    file_options,
    format_options,
    open_vault,
    print_json,
    print_lines,
    vault_option,
)


@click.command(cls=ObsidianStyleCommand)
@file_options
@vault_option
@click.option("--view", "view_name", metavar="NAME", help="Name of the view. Default: the first.")
@click.option("--this", metavar="NAME", help="File that `this` means in the base. Default: the base itself.")
@format_options("json", "csv", "tsv", "md", "paths")
def command(
    name: str | None,
    file: str | None,
    path: str | None,
    vault: str | None,
    view_name: str | None,
    this: str | None,
    output_format: str,
) -> None:
    """Print the rows of a view of the base FILE, filtered, sorted and limited as the view defines.

    FILE may be a note. Then --view names a view of its base code blocks, and `this` is the note.

    JSON has one object per row, with its path and the columns of the view as keys. csv, tsv and md have a header
    row with the displayed names. In csv a cell that a spreadsheet would run gets a quote mark. Dates are in local time. If a function does not accept a value, the result is
    empty.
    """
    from datetime import datetime

    from vaultkit.query.bases.rows import rows, view_named
    from vaultkit.query.bases.values import json_of, text_of
    from vaultkit.query.file_lookup import file_named

    read = open_vault(vault, name, path)
    base, view = view_named(asked_bases(read, name, file, path), view_name)
    that = file_named(read, this) if this is not None else None
    found = rows(read, base, view, this=that, now=datetime.now())
    if output_format == "paths":
        print_lines([row.path for row in found])
    elif output_format == "json":
        print_json([{"path": row.path, **{key: json_of(cell) for key, cell in row.values.items()}} for row in found])
    else:
        head = [base.names.get(column, column.removeprefix("formula.")) for column in view.order]
        table = [[text_of(row.values[column]) for column in view.order] for row in found]
        _print_table(head, table, output_format)


def _print_table(head: Sequence[str], table: Sequence[Sequence[str]], output_format: str) -> None:
    if output_format == "csv":
        out = io.StringIO()
        rows = ([guarded_cell(cell) for cell in row] for row in (head, *table))
        csv.writer(out, lineterminator="\n").writerows(rows)
        sys.stdout.write(out.getvalue())
        return
    lines = [[" ".join(cell.replace("\t", " ").splitlines()) for cell in row] for row in (head, *table)]
    if output_format == "tsv":
        print_lines(["\t".join(line) for line in lines])
        return
    lines.insert(1, ["---"] * len(head))
    print_lines(["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines])
