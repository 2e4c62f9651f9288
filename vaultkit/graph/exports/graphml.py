"""GraphML, for Gephi, yEd, Cytoscape, igraph and networkx."""

from __future__ import annotations

import io

import networkx as nx

from vaultkit.graph.exports.drawing import Drawing, Files, edge_table, node_table

SUFFIX = ".graphml"


def write(drawing: Drawing) -> Files:
    """One file; aliases and findings as JSON texts, since GraphML knows only plain values."""
    graph = plain_graph(drawing)
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out, encoding="utf-8")
    return {SUFFIX: out.getvalue()}


def plain_graph(drawing: Drawing) -> nx.MultiDiGraph[str]:
    """The graph with plain values only, and without characters that XML has no place for."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes, edges = node_table(drawing), edge_table(drawing)
    for at, node in enumerate(nodes["id"]):
        graph.add_node(
            node, **{name: column[at] for name, column in nodes.items() if name != "id" and column[at] is not None}
        )
    rest = [name for name in edges if name not in ("source", "target", "key")]
    for at in range(len(edges["source"])):
        attributes = {name: edges[name][at] for name in rest if edges[name][at] is not None}
        graph.add_edge(edges["source"][at], edges["target"][at], edges["key"][at], **attributes)
    return graph
