"""A pair of Parquet files, nodes and edges, for Spark, DuckDB, pandas and polars."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from vaultkit.base.extras import import_extra
from vaultkit.graph.exports.drawing import EDGE_COLUMNS, NODE_COLUMNS, Column, Drawing, Files, edge_table, node_table

SUFFIX = ".parquet"


def write(drawing: Drawing) -> Files:
    """``-nodes.parquet`` and ``-edges.parquet``; null where there is no value.

    Raises:
        ExtraMissingError: pyarrow is not installed.
    """
    pyarrow: Any = import_extra("pyarrow", "the format parquet")
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    return {
        "-nodes.parquet": _file(node_table(drawing), NODE_COLUMNS, types),
        "-edges.parquet": _file(edge_table(drawing), EDGE_COLUMNS, types),
    }


def _file(table: dict[str, Column], columns: Mapping[str, type], types: Mapping[type, Any]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(table, schema=schema), out)
    return out.getvalue()
