"""Cypher statements, for Neo4j, Memgraph and others: running them twice changes nothing.

cypher-shell -f graph.cypher
"""

from __future__ import annotations

import json
from typing import Any

from vaultkit.graph.exports.drawing import Drawing, Files, edge_table, node_table

SUFFIX = ".cypher"
ROWS_A_STATEMENT = 500
LABELS = {
    "note": "Note",
    "unresolved": "Unresolved",
    "attachment": "Attachment",
    "missing-attachment": "MissingAttachment",
    "tag": "Tag",
    "canvas": "Canvas",
    "base": "Base",
    "folder": "Folder",
    "external": "External",
}
TYPES = {
    "link": "LINKS_TO",
    "embed": "EMBEDS",
    "property": "PROPERTY",
    "tag": "HAS_TAG",
    "canvas": "SHOWS",
    "parent-tag": "BELOW",
    "folder": "IN_FOLDER",
    "mention": "MENTIONS",
    "picture-mention": "SHOWS_NAME_OF",
}


def write(drawing: Drawing) -> Files:
    """One file; every value is an escaped literal."""
    nodes, edges = node_table(drawing), edge_table(drawing)
    lines = ["CREATE CONSTRAINT vaultkit_id IF NOT EXISTS FOR (n:VaultNode) REQUIRE n.id IS UNIQUE;"]
    for kind, label in LABELS.items():
        rows = _rows(nodes, kind, without=("kind",))
        lines += _statements(rows, f"MERGE (n:VaultNode {{id: row.id}}) SET n:{label}, n += row")
    for kind, word in TYPES.items():
        rows = [
            {
                "source": row.pop("source"),
                "target": row.pop("target"),
                "key": row["key"],
                "properties": row,  # with the key: some engines take += for =
            }
            for row in _rows(edges, kind, without=("kind",))
        ]
        lines += _statements(
            rows,
            "MATCH (a:VaultNode {id: row.source}), (b:VaultNode {id: row.target}) "
            f"MERGE (a)-[r:{word} {{key: row.key}}]->(b) SET r += row.properties",
        )
    return {SUFFIX: "\n".join([*lines, ""]).encode()}


def _rows(table: dict[str, list[Any]], kind: str, without: tuple[str, ...]) -> list[dict[str, Any]]:
    names = [name for name in table if name not in without]
    return [
        {name: table[name][at] for name in names if table[name][at] is not None}
        for at, own in enumerate(table["kind"])
        if own == kind
    ]


def _statements(rows: list[dict[str, Any]], what: str) -> list[str]:
    return [
        f"UNWIND {literal(rows[at : at + ROWS_A_STATEMENT])} AS row {what};"
        for at in range(0, len(rows), ROWS_A_STATEMENT)
    ]


def literal(value: Any) -> str:
    r"""A Cypher literal. Its strings have JSON's escapes; a key is a name between backticks.

    >>> literal([{"a": "x\ny", "b": None, "c": True}])
    '[{`a`: "x\\ny", `b`: null, `c`: true}]'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"`{key}`: {literal(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(member) for member in value) + "]"
    return json.dumps(value, ensure_ascii=False)
