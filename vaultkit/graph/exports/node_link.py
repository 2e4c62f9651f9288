"""JSON, node-link, as `networkx.node_link_graph(data, edges="edges")` reads it.

Version 1: {"format": "vaultkit-graph", "version": 1, "vault", "directed": true, "multigraph": true,
"graph": {}, "nodes": [{"id", ...}], "edges": [{"source", "target", "key", ...}]}; attributes of nodes
and edges are those of `vaultkit.graph.build`, "x" and "y" where the graph was laid out. Keys may be
added within a version; `vaultkit schema "graph export json"` prints the JSON Schema.
"""

from __future__ import annotations

import json

from vaultkit.graph.build import networkx_graph
from vaultkit.graph.exports.drawing import Drawing, Files

SUFFIX = ".json"
VERSION = 1


def write(drawing: Drawing) -> Files:
    """One file."""
    graph = networkx_graph(drawing.core)
    nodes = []
    for node, attributes in graph.nodes(data=True):
        place = drawing.positions.get(node) if drawing.positions is not None else None
        nodes.append({"id": node, **attributes, **({"x": place[0], "y": place[1]} if place else {})})
    data = {
        "format": "vaultkit-graph",
        "version": VERSION,
        "vault": drawing.name,
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": nodes,
        "edges": [
            {"source": source, "target": target, "key": key, **attributes}
            for source, target, key, attributes in graph.edges(keys=True, data=True)
        ],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Names with undecodable bytes hold lone surrogates, which only an escape can carry.
    return {SUFFIX: text.encode("utf-8", "backslashreplace") + b"\n"}
