"""The pair of CSV files that `neo4j-admin database import` loads in bulk.

    neo4j-admin database import full --nodes=graph-nodes.csv --relationships=graph-relationships.csv neo4j

Values are exact, without a guard against formulas: these files are not for spreadsheets.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.graph.exports.cypher import LABELS, TYPES
from vaultkit.graph.exports.drawing import EDGE_COLUMNS, NODE_COLUMNS, Drawing, Files, edge_table, node_table

SUFFIX = ".csv"
_TYPES = {int: ":long", float: ":double", bool: ":boolean", str: ""}


def write(drawing: Drawing) -> Files:
    """``-nodes.csv`` and ``-relationships.csv``, with heads that say types."""
    nodes, edges = node_table(drawing), edge_table(drawing)
    node_heads = ["id:ID", *_heads(NODE_COLUMNS, ("id",)), ":LABEL"]
    labels = [f"VaultNode;{LABELS[kind]}" for kind in nodes["kind"]]
    node_rows = zip(*nodes.values(), labels, strict=True)
    edge_heads = [":START_ID", ":END_ID", ":TYPE", *_heads(EDGE_COLUMNS, ("source", "target", "kind"))]
    types = [TYPES[kind] for kind in edges["kind"]]
    rest = [column for name, column in edges.items() if name not in ("source", "target", "kind")]
    edge_rows = zip(edges["source"], edges["target"], types, *rest, strict=True)
    return {"-nodes.csv": _table(node_heads, node_rows), "-relationships.csv": _table(edge_heads, edge_rows)}


def _heads(columns: Mapping[str, type], without: tuple[str, ...]) -> list[str]:
    return [name + _TYPES[kind] for name, kind in columns.items() if name not in without]


def _table(heads: list[str], rows: Iterable[tuple[Any, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):  # the importer reads no field over more than one line unless told
        return value.replace("\r", " ").replace("\n", " ")
    return value
