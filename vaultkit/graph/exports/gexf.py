"""GEXF 1.2, for Gephi: with colours by kind, sizes, positions, and dates for its timeline."""

from __future__ import annotations

import io
import math

import networkx as nx

from vaultkit.graph.exports.drawing import COLOURS, Drawing, Files
from vaultkit.graph.exports.graphml import plain_graph

SUFFIX = ".gexf"


def write(drawing: Drawing) -> Files:
    """One file; a node starts at its created date where it has one."""
    graph = plain_graph(drawing)
    is_dated = any("created" in attributes for _, attributes in graph.nodes(data=True))
    for _, attributes in graph.nodes(data=True):
        red, green, blue = COLOURS[attributes["kind"]]
        degree = attributes["degree_in"] + attributes["degree_out"]
        attributes["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": round(1 + math.sqrt(degree), 3),
        }
        if "x" in attributes:
            attributes["viz"]["position"] = {"x": attributes.pop("x"), "y": attributes.pop("y"), "z": 0.0}
        if "created" in attributes:
            attributes["start"] = attributes["created"][:10]
    for _, _, attributes in graph.edges(data=True):
        attributes["weight"] = attributes["count"]
        attributes["label"] = attributes["kind"]
    graph.graph["mode"] = "dynamic" if is_dated else "static"
    writer = nx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=False, version="1.2draft")
    writer.add_graph(graph)
    for meta in writer.xml.findall("{*}meta") or writer.xml.findall("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same vault gives the same bytes
    out = io.BytesIO()
    writer.write(out)
    return {SUFFIX: out.getvalue()}
