"""DOT, for Graphviz."""

from __future__ import annotations

from vaultkit.graph.exports.drawing import COLOURS, Drawing, Files, clean, edge_table, node_table

SUFFIX = ".dot"
_STYLES = {"embed": "bold", "tag": "dotted", "parent-tag": "dotted", "property": "dashed"}


def write(drawing: Drawing) -> Files:
    """One file with one edge for each link; positions, where there are some, for `neato -n`."""
    nodes, edges = node_table(drawing), edge_table(drawing)
    lines = [f"digraph {quoted(drawing.name)} {{", "  node [shape=box, style=rounded];"]
    for at, node in enumerate(nodes["id"]):
        kind = nodes["kind"][at]
        colour = "#{:02x}{:02x}{:02x}".format(*COLOURS[kind])
        style = ', style="rounded,dashed"' if kind in ("unresolved", "missing-attachment") else ""
        place = f', pos="{nodes["x"][at]:.2f},{nodes["y"][at]:.2f}"' if nodes["x"][at] is not None else ""
        lines.append(f'  {quoted(node)} [label={quoted(nodes["label"][at])}, color="{colour}"{style}{place}];')
    for at in range(len(edges["source"])):
        kind = edges["kind"][at]
        style = f", style={_STYLES[kind]}" if kind in _STYLES else ""
        lines.append(f'  {quoted(edges["source"][at])} -> {quoted(edges["target"][at])} [class="{kind}"{style}];')
    lines.append("}")
    return {SUFFIX: "\n".join([*lines, ""]).encode()}


def quoted(text: str) -> str:
    r"""A DOT string: quotes escaped, backslashes doubled since Graphviz reads ``\n`` and ``\N`` in labels.

    >>> print(quoted('a "b" \\n'))
    "a \"b\" \\n"
    """
    text = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("\r", " ").replace("\n", " ")
    return f'"{text}"'
