"""Write the graph of vaults in every format and read it back: `python tests/bench/exports_round_trip.py VAULT ...`.

Each format is read by a tool of its own kind: networkx (GraphML, GEXF, GML), pyarrow and DuckDB (Parquet, CSV), and ocg, an
openCypher engine (Cypher; `pip install ocg`, left out where it is missing). Every attribute of every node and edge is
compared. Cards of the canvas must not overlap. Prints one line a vault; the exit status is 1 when anything differs.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from vaultkit.graph.attributes import described
from vaultkit.graph.build import concept_graph
from vaultkit.graph.core import GraphCore
from vaultkit.graph.exports.drawing import EDGE_COLUMNS, NODE_COLUMNS, Drawing, edge_table, node_table
from vaultkit.graph.from_vault import graph_core
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import load_vault

Rows = list[dict[str, Any]]


def main() -> int:
    """Check all vaults."""
    failed = False
    for root in sys.argv[1:]:
        vault = load_vault(root)
        core, _ = described(vault, partial(_core, vault))
        chance = np.random.default_rng(1)
        places = {
            node: (float(x), float(y)) for node, (x, y) in zip(core.ids, chance.random((len(core), 2)), strict=True)
        }
        drawing = Drawing(core, vault.name, places)
        found = []
        for name, check in CHECKS.items():
            with tempfile.TemporaryDirectory() as folder:
                count = check(drawing, Path(folder))
            found.append(f"{name} {'skipped' if count is None else count}")
            failed |= bool(count)
        with tempfile.TemporaryDirectory() as folder:
            count = flat(root, Path(folder) / "g.gml")
            found.append(f"gml {count}")
            failed |= bool(count)
        print(f"{root}: {len(core)} nodes, {core.edges} edges; differences: {', '.join(found)}", flush=True)
    return int(failed)


def _core(vault: Snapshot, facts: Mapping[str, Mapping[str, Any]]) -> GraphCore:
    return graph_core(vault, facts=facts)


def rows(table: dict[str, list[Any]]) -> Rows:
    """The rows of a table without empty cells."""
    return [
        {name: column[at] for name, column in table.items() if column[at] is not None}
        for at in range(len(next(iter(table.values()))))
    ]


def differing(one: Iterable[dict[str, Any]], two: Iterable[dict[str, Any]], *keys: str) -> int:
    """Number of rows that are in one of both only, or differ; ``keys`` identify a row."""
    first = {tuple(row[key] for key in keys): row for row in one}
    second = {tuple(row[key] for key in keys): row for row in two}
    return sum(first.get(key) != second.get(key) for key in first.keys() | second.keys())


def written(name: str, drawing: Drawing, folder: Path) -> dict[str, Path]:
    """The files of a format by their endings."""
    found = {}
    for ending, data in importlib.import_module(f"vaultkit.graph.exports.{name}").write(drawing).items():
        found[ending] = folder / f"g{ending}"
        found[ending].write_bytes(data)
    return found


def compared(drawing: Drawing, nodes: Rows, edges: Rows) -> int:
    """Differences between what was written and what was read."""
    return differing(rows(node_table(drawing)), nodes, "id") + differing(
        rows(edge_table(drawing)), edges, "source", "target", "key"
    )


def _networkx(drawing: Drawing, graph: Any, drop: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    nodes = [drop({"id": node, **values}) for node, values in graph.nodes(data=True)]
    edges = [
        drop({"source": source, "target": target, "key": int(key), **values})
        for source, target, key, values in graph.edges(keys=True, data=True)
    ]
    return compared(drawing, nodes, edges)


def graphml(drawing: Drawing, folder: Path) -> int:
    """networkx."""
    (path,) = written("graphml", drawing, folder).values()
    return _networkx(drawing, nx.read_graphml(path, force_multigraph=True), lambda row: row)


def gexf(drawing: Drawing, folder: Path) -> int:
    """networkx; places are those of the drawing, colours and weights are added."""
    (path,) = written("gexf", drawing, folder).values()
    graph: Any = nx.read_gexf(path, version="1.2draft")
    if not graph.is_multigraph():
        graph = nx.MultiDiGraph(graph)
    seen: dict[tuple[str, str], int] = {}
    nodes, edges = [], []
    for node, values in graph.nodes(data=True):
        place = values.pop("viz")["position"]
        values.pop("start", None)
        nodes.append({"id": node, **values, "x": place["x"], "y": place["y"]})
    for source, target, _, values in graph.edges(keys=True, data=True):
        key = seen.get((source, target), 0)
        seen[source, target] = key + 1
        row = {name: value for name, value in values.items() if name in EDGE_COLUMNS}
        edges.append({"source": source, "target": target, **row, "key": key})
    return compared(drawing, nodes, edges)


def parquet(drawing: Drawing, folder: Path) -> int:
    """pyarrow."""
    import pyarrow.parquet

    files = written("parquet_pair", drawing, folder)
    return compared(drawing, *(plain(pyarrow.parquet.read_table(path).to_pylist()) for path in files.values()))


def plain(found: Rows) -> Rows:
    """Rows without empty cells."""
    return [{name: value for name, value in row.items() if value is not None} for row in found]


def csv(drawing: Drawing, folder: Path) -> int:
    """DuckDB, with the types of the columns; the guard against formulas taken off."""
    import duckdb

    words = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN"}
    tables = []
    files = written("csv_pair", drawing, folder)
    for path, columns in zip(files.values(), (NODE_COLUMNS, EDGE_COLUMNS), strict=True):
        types = ", ".join(f"'{name}': '{words[kind]}'" for name, kind in columns.items())
        read = duckdb.sql(
            f"select * from read_csv('{path}', header=true, columns={{{types}}}, quote='\"', escape='\"', nullstr='')"
        )
        names = [item[0] for item in read.description]
        tables.append([dict(zip(names, map(bare, row), strict=True)) for row in read.fetchall()])
    return compared_without_empty(drawing, *map(plain, tables))


def bare(value: Any) -> Any:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    return value[1:] if isinstance(value, str) and value.startswith("'") else value


def compared_without_empty(drawing: Drawing, nodes: Rows, edges: Rows) -> int:
    """As `compared`, where an empty text and no text are the same."""

    def full(found: Rows) -> Rows:
        return [{name: value for name, value in row.items() if value != ""} for row in found]

    return differing(full(rows(node_table(drawing))), full(nodes), "id") + differing(
        full(rows(edge_table(drawing))), full(edges), "source", "target", "key"
    )


def cypher(drawing: Drawing, folder: Path) -> int | None:
    """ocg; constraints are schema commands, which openCypher does not have."""
    try:
        import ocg
    except ImportError:
        return None
    from vaultkit.graph.exports.cypher import LABELS, TYPES

    (path,) = written("cypher", drawing, folder).values()
    graph = ocg.Graph()
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("CREATE CONSTRAINT"):
            graph.execute(line.removesuffix(";"))
    kinds = {label: kind for kind, label in LABELS.items()}
    nodes = []
    for row in graph.execute("MATCH (n) RETURN properties(n) AS p, labels(n) AS l"):
        (label,) = set(row["l"]) - {"VaultNode"}
        nodes.append({**row["p"], "kind": kinds[label]})
    words = {word: kind for kind, word in TYPES.items()}
    found = graph.execute("MATCH (a)-[r]->(b) RETURN a.id AS source, b.id AS target, type(r) AS t, properties(r) AS p")
    edges = [{"source": row["source"], "target": row["target"], **row["p"], "kind": words[row["t"]]} for row in found]
    return compared(drawing, nodes, edges)


def canvas(drawing: Drawing, folder: Path) -> int:
    """vaultkit's own reader of canvases; one arrow for each linked pair, and no two cards overlap."""
    from vaultkit.vault.canvas import read_canvas

    (path,) = written("canvas", drawing, folder).values()
    data = path.read_bytes()
    read = read_canvas(data)
    cards = json.loads(data)["nodes"]
    differences = bool(read.fault) + len(read.dangling_edges) + abs(len(cards) - len(drawing.core))
    differences += abs(len(json.loads(data)["edges"]) - len(drawing.core.collapsed[1]))
    return differences + overlaps(cards)


def overlaps(cards: Rows) -> int:
    """Pairs of cards that overlap: all have one size, so rows are looked at line by line."""
    lines: dict[int, list[int]] = {}
    for card in cards:
        lines.setdefault(card["y"], []).append(card["x"])
    height, width = (cards[0]["height"], cards[0]["width"]) if cards else (0, 0)
    found = sum(two - one < width for xs in lines.values() for one, two in pairwise(sorted(xs)))
    return found + sum(two - one < height for one, two in pairwise(sorted(lines)))


def flat(root: str, path: Path) -> int:
    """networkx: GML of the graph that Python gets with flat=True."""
    graph = concept_graph(root, flat=True)
    nx.write_gml(graph, path)
    back: Any = nx.read_gml(path)
    return differing(flat_nodes(graph), flat_nodes(back), "id") + differing(flat_edges(graph), flat_edges(back), *ENDS)


ENDS = ("source", "target", "key")


def flat_nodes(graph: Any) -> Rows:
    """GML has the ids of nodes as labels; the labels are the names."""
    found = [{"id": node, **values} for node, values in graph.nodes(data=True)]
    return [{name: value for name, value in row.items() if name != "label"} for row in found]


def flat_edges(graph: Any) -> Rows:
    """GML has no booleans, but 1 and 0, which are equal to them."""
    return [
        {"source": source, "target": target, "key": key, **values}
        for source, target, key, values in graph.edges(keys=True, data=True)
    ]


CHECKS: dict[str, Callable[[Drawing, Path], int | None]] = {
    "graphml": graphml,
    "gexf": gexf,
    "parquet": parquet,
    "csv": csv,
    "cypher": cypher,
    "canvas": canvas,
}

if __name__ == "__main__":
    sys.exit(main())
