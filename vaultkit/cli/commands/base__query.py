"""Answer a view of a base, as Obsidian's `base:query`."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.csv_cells import guarded_cell
from vaultkit.cli.bases import asked_bases
from vaultkit.cli.console import notice
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    file_options,
    format_options,
    open_vault,
    print_json,
    print_lines,
    vault_option,
)

if TYPE_CHECKING:
    from vaultkit.query.bases.definition import Base, BaseView
    from vaultkit.query.bases.rows import BaseTable


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
    row with the displayed names. In csv a cell that a spreadsheet would run gets a quote mark. Dates are in local time.
    If a function does not accept a value, the result is empty. A cell whose formula is wrong has the error, null in JSON.

    md has a table for each group of the view, and a row with its summaries. The other formats have the rows only.
    """
    from datetime import datetime

    from vaultkit.query.bases.rows import table, view_named
    from vaultkit.query.bases.values import json_of, text_of
    from vaultkit.query.file_lookup import file_named

    read = open_vault(vault, name, path)
    base, view = view_named(asked_bases(read, name, file, path), view_name)
    that = file_named(read, this) if this is not None else None
    found = table(read, base, view, this=that, now=datetime.now())
    for fault in found.faults:
        notice(fault)
    if output_format == "paths":
        print_lines([row.path for row in found.rows])
        return
    if output_format == "json":
        print_json(
            [{"path": row.path, **{key: json_of(cell) for key, cell in row.values.items()}} for row in found.rows]
        )
        return
    head = [base.names.get(column, column.removeprefix("formula.")) for column in view.order]
    cells = {row.path: [text_of(row.values[column]) for column in view.order] for row in found.rows}
    if output_format == "csv":
        _print_csv([head, *cells.values()])
    elif output_format == "tsv":
        print_lines(["\t".join(map(_in_one_line, row)) for row in (head, *cells.values())])
    else:
        print_lines(list(_markdown(base, view, found, head, cells)))


def _print_csv(rows: Iterable[Sequence[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([guarded_cell(cell) for cell in row] for row in rows)
    sys.stdout.write(out.getvalue())


def _markdown(
    base: Base, view: BaseView, found: BaseTable, head: Sequence[str], cells: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Yield a table for each group, and of the view as a whole where it has none."""
    from vaultkit.query.bases.values import text_of

    for group in found.groups:
        name = base.names.get(view.group, view.group.removeprefix("formula."))
        yield f"**{_in_one_line(name)}: {_in_one_line(text_of(group.value)) or '(empty)'}**"
        yield ""
        rows = [cells[row.path] for row in group.rows]
        yield from _markdown_table([head, *rows, *_summary_row(view, group.summaries)])
        yield ""
    if not found.groups:
        yield from _markdown_table([head, *cells.values(), *_summary_row(view, found.summaries)])


def _summary_row(view: BaseView, summaries: Mapping[str, Any]) -> list[list[str]]:
    from vaultkit.query.bases.values import text_of

    texts = {column: f"**{view.summaries[column]}:** {text_of(value)}".rstrip() for column, value in summaries.items()}
    return [[texts.get(column, "") for column in view.order]] if texts else []


def _markdown_table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    head, *rest = rows
    for row in (head, ["---"] * len(head), *rest):
        yield "| " + " | ".join(_in_one_line(cell).replace("|", "\\|") for cell in row) + " |"


def _in_one_line(text: str) -> str:
    return " ".join(text.replace("\t", " ").splitlines())
