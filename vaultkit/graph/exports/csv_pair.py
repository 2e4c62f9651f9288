"""A pair of CSV files, nodes and edges, for spreadsheets, DuckDB and pandas.

A spreadsheet runs what begins with = + - @ as a formula. Such texts get an apostrophe in front, as
do those that begin with one, so that the guard can be taken off again.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from vaultkit.graph.exports.drawing import Column, Drawing, Files, edge_table, node_table

SUFFIX = ".csv"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def write(drawing: Drawing) -> Files:
    """``-nodes.csv`` and ``-edges.csv`` in UTF-8 with a head line; empty cells where there is no value."""
    return {"-nodes.csv": table(node_table(drawing)), "-edges.csv": table(edge_table(drawing))}


def table(columns: dict[str, Column]) -> bytes:
    """Columns as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(value) for value in row] for row in zip(*columns.values(), strict=True))
    return out.getvalue().encode()


def guarded(value: Any) -> Any:
    """The value of a cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded(-1), guarded(None), guarded(True)
    ("'=1+1", -1, '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return value
