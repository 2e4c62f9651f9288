"""Every export, read back by another tool, has the same nodes and edges."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import networkx as nx
import pyarrow.parquet
import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.graph.export import FORMATS
from vaultkit.cli.schemas import schema
from vaultkit.graph.attributes import measured
from vaultkit.graph.build import networkx_graph, simple_graph
from vaultkit.graph.exports.cypher import LABELS, TYPES
from vaultkit.graph.exports.drawing import EDGE_COLUMNS, NODE_COLUMNS, Drawing
from vaultkit.graph.exports.mermaid import escaped
from vaultkit.graph.from_vault import graph_core
from vaultkit.vault.canvas import read_canvas
from vaultkit.vault.load import snapshot_of_texts as vault_of

HOSTILE = '=HYPERLINK("x")'
TEXTS: dict[str, str | None] = {
    "a.md": "---\naliases: ['=1+1', \"two; 'three'\"]\nup: '[[x/b]]'\n---\n[[x/b|see \"this\"]] [[x/b]] ![[p.png]] #Bio/cell\n",
    "x/b.md": "[[a#Top]] [[@idea]] [[<script>alert(1)<-script>]] [[b\\n]] [[--> end;]] [[a]] [[x/b]]",
    f"{HOSTILE}.md": "[[细胞]] [[a]] [[`${evil}`]] [[%% x %%]]",
    "p.png": None,
    "w\x01bell.md": "[[q.png]]",
    "board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "a.md"}]}',
    "list.base": "",
}
CORE = graph_core(
    vault_of(TEXTS),
    cards={"a.md": {"cards": 4, "cards_empty": 1}},
    findings={"a.md": {"empty-side": 1}},
    facts={"a.md": {"created": "2024-02-29T10:00", "words": 7}, "p.png": {"created": "2023-01-01"}},
)
GRAPH = networkx_graph(CORE)
PLACES = {node: (float(at), float(-at)) for at, node in enumerate(CORE.ids)}
DRAWING = Drawing(CORE, 'My "vault"', PLACES)
EMPTY = Drawing(graph_core(vault_of({})), "empty")
IDS = {node.replace("\x01", "\ufffd") for node in GRAPH}
NODE_KINDS = Counter(kind for _, kind in GRAPH.nodes(data="kind"))
EDGE_KINDS = Counter(kind for *_, kind in GRAPH.edges(data="kind"))


def exported(name: str, drawing: Drawing = DRAWING) -> dict[str, bytes]:
    files: dict[str, bytes] = importlib.import_module(f"vaultkit.graph.exports.{FORMATS[name]}").write(drawing)
    return files


def one(name: str, drawing: Drawing = DRAWING) -> bytes:
    return next(iter(exported(name, drawing).values()))


@pytest.mark.parametrize("name", [*FORMATS])
def test_the_same_graph_gives_the_same_bytes(name: str) -> None:
    assert exported(name) == exported(name)
    assert exported(name, EMPTY)


def test_node_link_is_what_networkx_reads() -> None:
    data = json.loads(one("json"))
    jsonschema.validate(data, schema("graph export json"))
    jsonschema.validate(json.loads(one("json", EMPTY)), schema("graph export json"))
    back = nx.node_link_graph(data, edges="edges")
    assert isinstance(back, nx.MultiDiGraph)
    assert {
        node: {key: value for key, value in found.items() if key not in "xy"} for node, found in back.nodes.items()
    } == {**GRAPH.nodes}
    assert list(back.edges(keys=True, data=True)) == list(GRAPH.edges(keys=True, data=True))
    assert [data["nodes"][1]["x"], data["nodes"][1]["y"]] == [1.0, -1.0]


def test_graphml_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "g.graphml").write_bytes(one("graphml"))
    back: Any = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert set(back) == IDS
    assert Counter(kind for _, kind in back.nodes(data="kind")) == NODE_KINDS
    assert Counter(kind for *_, kind in back.edges(data="kind")) == EDGE_KINDS
    assert back.nodes["note:a.md"]["aliases"] == '["=1+1", "two; \'three\'"]'
    assert back.nodes["note:a.md"]["cards"] == 4
    assert json.loads(back.nodes["note:a.md"]["findings"]) == {"empty-side": 1}


def test_gexf_is_read_back_with_places_colours_and_dates(tmp_path: Path) -> None:
    data = one("gexf")
    (tmp_path / "g.gexf").write_bytes(data)
    back: Any = nx.read_gexf(tmp_path / "g.gexf", version="1.2draft")
    assert set(back) == IDS
    assert Counter(kind for *_, kind in back.edges(data="kind")) == EDGE_KINDS
    a = back.nodes["note:a.md"]
    at = CORE.index["note:a.md"]
    assert a["viz"]["position"] == {"x": float(at), "y": float(-at), "z": 0.0}
    assert a["viz"]["color"] == {"r": 0, "g": 114, "b": 178, "a": 1.0}
    root = ElementTree.fromstring(data)
    space = {"g": root.tag[1:].partition("}")[0]}
    graph = root.find("g:graph", space)
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    starts = {node.get("id"): node.get("start") for node in root.iter(f"{{{space['g']}}}node") if node.get("start")}
    assert starts == {"note:a.md": "2024-02-29", "attachment:p.png": "2023-01-01"}
    assert b"lastmodifieddate" not in data


_QUOTED = r'"((?:[^"\\]|\\.)*)"'


def test_dot_has_every_node_and_edge() -> None:
    text = one("dot").decode()
    unquoted = [re.sub(r"\\(.)", r"\1", found) for found in re.findall(rf"^  {_QUOTED} \[", text, re.MULTILINE)]
    assert set(unquoted) == IDS
    kinds = Counter(
        found[2] for found in re.findall(rf'^  {_QUOTED} -> {_QUOTED} \[class="([a-z-]+)"', text, re.MULTILINE)
    )
    assert kinds == EDGE_KINDS


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_dot() -> None:
    done = subprocess.run(["dot", "-Tplain"], input=one("dot"), capture_output=True, check=True)
    lines = Counter(line.split(b" ")[0] for line in done.stdout.splitlines())
    assert (lines[b"node"], lines[b"edge"]) == (len(CORE), CORE.edges)


def test_mermaid_draws_small_graphs_only() -> None:
    text = one("mermaid").decode()
    assert len(re.findall(r"^  n\d+ --> ?|^  n\d+ -->\|", text, re.MULTILINE)) == simple_graph(CORE).number_of_edges()
    assert text.count('"') % 2 == 0
    for syntax in ("<script", "${", "HYPERLINK(", "%%"):
        assert syntax not in text
    assert escaped("--> end;") == "--#62; end#59;"
    large = graph_core(vault_of({f"{at}.md": f"[[{at + 1}]]" for at in range(600)}))
    with pytest.raises(VaultkitError, match="600 links, and Mermaid draws at most 500"):
        exported("mermaid", Drawing(large))


def test_canvas_cards_do_not_overlap() -> None:
    crowded = {node: (float(at % 3), 0.0) for at, node in enumerate(CORE.ids)}
    for positions in (crowded, PLACES, dict.fromkeys(CORE.ids, (0.0, 0.0))):
        cards = json.loads(one("canvas", Drawing(CORE, "v", positions)))["nodes"]
        for at, card in enumerate(cards):
            for other in cards[at + 1 :]:
                apart = abs(card["x"] - other["x"]) >= card["width"] or abs(card["y"] - other["y"]) >= card["height"]
                assert apart, (card, other)


def test_canvas_is_a_canvas() -> None:
    canvas = read_canvas(one("canvas"))
    assert canvas.fault == ""
    assert canvas.dangling_edges == ()
    assert canvas.card_links == ()
    assert {node.path.replace("\x01", "\ufffd") for node in canvas.nodes} == {
        path.replace("\x01", "\ufffd") for path in CORE.files
    }
    for drawing in (DRAWING, Drawing(CORE)):
        data = json.loads(one("canvas", drawing))
        jsonschema.validate(data, JSON_CANVAS)
        assert len(data["nodes"]) == len(CORE)
        assert len(data["edges"]) == simple_graph(CORE).number_of_edges()
        assert len({(card["x"], card["y"]) for card in data["nodes"]}) == len(CORE)


# Source: jsoncanvas.org, specification 1.0.
JSON_CANVAS = {
    "type": "object",
    "required": ["nodes", "edges"],
    "properties": {
        "nodes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "type", "x", "y", "width", "height"],
                "properties": {
                    "id": {"type": "string"},
                    "type": {"enum": ["text", "file"]},
                    "color": {"enum": ["1", "2", "3", "4", "5", "6"]},
                    **{name: {"type": "integer"} for name in ("x", "y", "width", "height")},
                },
                "if": {"properties": {"type": {"const": "file"}}},
                "then": {"required": ["file"]},
                "else": {"required": ["text"]},
            },
        },
        "edges": {"type": "array", "items": {"type": "object", "required": ["id", "fromNode", "toNode"]}},
    },
}


def test_svg_is_a_picture_of_all_nodes_and_pairs() -> None:
    space = {"s": "http://www.w3.org/2000/svg"}
    for drawing in (DRAWING, Drawing(CORE), Drawing(measured(CORE), "v", PLACES)):
        data = one("svg", drawing)
        root = ElementTree.fromstring(data)
        discs = root.findall(".//s:circle", space)
        assert Counter(disc.get("class") for disc in discs) == NODE_KINDS
        assert len(root.findall(".//s:line", space)) == simple_graph(CORE).number_of_edges()
        assert len({(disc.get("cx"), disc.get("cy")) for disc in discs}) == len(CORE)
        titles = {disc.findtext("s:title", namespaces=space) for disc in discs}
        assert titles == {label.replace("\x01", "\ufffd") for label in CORE.labels}
        assert b"<script" not in data
        assert not {tag for element in root.iter() for tag in element.attrib if tag.startswith("on")}
    fills = {disc.get("fill") for disc in discs if not disc.get("stroke-dasharray")}
    assert len(fills) > 1, "communities have colours"
    assert [disc.get("cx") for disc in discs] == [f"{PLACES[node][0]:.1f}" for node in CORE.ids]


def write_pair(folder: Path, name: str) -> list[Path]:
    paths = []
    for ending, data in exported(name).items():
        paths.append(folder / f"g{ending}")
        paths[-1].write_bytes(data)
    return paths


def test_csv_is_read_back_by_duckdb_and_holds_no_formula(tmp_path: Path) -> None:
    nodes, edges = write_pair(tmp_path, "csv")
    with duckdb.connect() as base:
        found = base.execute("SELECT kind, count(*) FROM read_csv(?) GROUP BY kind", [str(nodes)]).fetchall()
        assert Counter(dict(found)) == NODE_KINDS
        found = base.execute("SELECT kind, count(*) FROM read_csv(?) GROUP BY kind", [str(edges)]).fetchall()
        assert Counter(dict(found)) == EDGE_KINDS
        rows = base.execute("SELECT * FROM read_csv(?, all_varchar=true)", [str(nodes)]).fetchall()
    cells = [cell for row in rows for cell in row if cell]
    texts = [cell for cell in cells if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
    assert not [cell for cell in texts if cell[0] in "=+-@\t\r"]
    assert f"'{HOSTILE}" in cells


def test_parquet_is_read_back_by_pyarrow_and_duckdb(tmp_path: Path) -> None:
    nodes, edges = write_pair(tmp_path, "parquet")
    table = pyarrow.parquet.read_table(nodes)
    assert (table.num_rows, table.column_names) == (len(CORE), [*NODE_COLUMNS])
    assert set(table.column("id").to_pylist()) == IDS
    table = pyarrow.parquet.read_table(edges)
    assert (table.num_rows, table.column_names) == (CORE.edges, [*EDGE_COLUMNS])
    with duckdb.connect() as base:
        found = base.execute("SELECT kind, count(*) FROM read_parquet(?) GROUP BY kind", [str(edges)]).fetchall()
        assert Counter(dict(found)) == EDGE_KINDS
        joined = base.execute(
            "SELECT count(*) FROM read_parquet(?) e JOIN read_parquet(?) n ON e.target = n.id", [str(edges), str(nodes)]
        ).fetchone()
        assert joined == (CORE.edges,)


def test_neo4j_files_are_read_back_by_duckdb(tmp_path: Path) -> None:
    nodes, relationships = write_pair(tmp_path, "neo4j")
    with duckdb.connect() as base:
        found = base.execute("SELECT kind, count(*) FROM read_csv(?) GROUP BY kind", [str(nodes)]).fetchall()
        assert Counter(dict(found)) == NODE_KINDS
        found = base.execute('SELECT ":TYPE", count(*) FROM read_csv(?) GROUP BY 1', [str(relationships)]).fetchall()
        assert Counter(dict(found)) == Counter({TYPES[kind]: count for kind, count in EDGE_KINDS.items()})
        joined = base.execute(
            'SELECT count(*) FROM read_csv(?) e JOIN read_csv(?) n ON e.":END_ID" = n."id:ID"',
            [str(relationships), str(nodes)],
        ).fetchone()
        assert joined == (CORE.edges,)
    assert nodes.read_text(encoding="utf-8").splitlines()[0].startswith("id:ID,kind,label,path,folder,degree_in:long")


def literal(text: str) -> Any:
    """A Cypher literal as this exporter writes it, read by JSON's rules."""
    return json.loads(re.sub(r"`([a-z_]+)`:", r'"\1":', text))


def test_cypher_holds_every_node_and_edge_as_literals() -> None:
    statements = one("cypher").decode().split("\n")[1:-1]
    nodes: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    for statement in statements:
        found = re.fullmatch(r"UNWIND (\[.*\]) AS row (.*);", statement)
        assert found is not None
        rows = literal(found[1])
        label = re.search(r"SET n:(\w+)", found[2])
        kind = re.search(r"\[r:(\w+)", found[2])
        if label:
            nodes[label[1]] += len(rows)
            assert {row["id"] for row in rows} <= IDS
        else:
            assert kind is not None
            edges[kind[1]] += len(rows)
            assert len({(row["source"], row["target"], row["key"]) for row in rows}) == len(rows)
    assert nodes == Counter({LABELS[kind]: count for kind, count in NODE_KINDS.items()})
    assert edges == Counter({TYPES[kind]: count for kind, count in EDGE_KINDS.items()})


@pytest.mark.parametrize("name", ["csv_pair", "cypher", "dot", "mermaid"])
def test_examples_in_docstrings(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"vaultkit.graph.exports.{name}"))
    assert found.attempted
    assert not found.failed
