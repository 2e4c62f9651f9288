"""What an exporter is given, and the tables that several of them write."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from vaultkit.base.record import record
from vaultkit.graph.core import EDGE_KINDS, NODE_KINDS, GraphCore
from vaultkit.graph.metrics import degrees

Column = list[Any]
Files = dict[str, bytes]

NODE_COLUMNS: Mapping[str, type] = {
    "id": str,
    "kind": str,
    "label": str,
    "path": str,
    "folder": str,
    "degree_in": int,
    "degree_out": int,
    "aliases": str,
    "tags": str,
    "properties": str,
    "format": str,
    "created": str,
    "modified": str,
    "words": int,
    "cards": int,
    "cards_empty": int,
    "findings": str,
    "thumb": str,
    "rank": float,
    "component": int,
    "community": int,
    "community_name": str,
    "x": float,
    "y": float,
}
EDGE_COLUMNS: Mapping[str, type] = {
    "source": str,
    "target": str,
    "kind": str,
    "key": int,
    "count": int,
    "resolved": bool,
    "line": int,
    "col": int,
    "target_raw": str,
    "alias": str,
    "anchor": str,
    "name": str,
}
# Told apart in light and dark, and by readers who do not see red and green alike (Okabe and Ito).
COLOURS: Mapping[str, tuple[int, int, int]] = {
    "note": (0, 114, 178),
    "unresolved": (153, 153, 153),
    "attachment": (0, 158, 115),
    "missing-attachment": (213, 94, 0),
    "tag": (230, 159, 0),
    "canvas": (204, 121, 167),
    "base": (86, 180, 233),
    "folder": (120, 120, 120),
    "external": (140, 109, 49),
}
# Control characters have no place in XML 1.0, lone surrogates in no encoding.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@record
class Drawing:
    """A graph to be written. positions: id -> (x, y), None when nobody laid it out; name: of the vault."""

    core: GraphCore
    name: str = ""
    positions: Mapping[str, tuple[float, float]] | None = None


def clean(text: str) -> str:
    """The text without characters that other tools refuse; a replacement mark stands for each."""
    return _UNWRITABLE.sub("\ufffd", text)


def node_table(drawing: Drawing) -> dict[str, Column]:
    """`NODE_COLUMNS` by name, None where a node has no such attribute; lists and findings as one text."""
    core = drawing.core
    arriving, leaving = degrees(core)
    n = len(core)
    kinds = [NODE_KINDS[kind] for kind in core.kind.tolist()]
    table: dict[str, Column] = {name: [None] * n for name in NODE_COLUMNS}
    table["id"] = [clean(node) for node in core.ids]
    table["kind"] = list(kinds)
    table["label"] = [clean(label) for label in core.labels]
    table["path"] = [clean(path) for path in core.paths]
    table["folder"] = [
        clean(path[: max(path.rfind("/"), 0)]) if kind in ("note", "attachment", "canvas", "base") else None
        for path, kind in zip(core.paths, kinds, strict=True)
    ]
    table["degree_in"] = arriving.tolist()
    table["degree_out"] = leaving.tolist()
    for at, facts in core.facts.items():
        for name, value in facts.items():
            if name in table:
                table[name][at] = as_text(value) if isinstance(value, list | dict) else value
    for at, node in enumerate(core.ids):
        if drawing.positions is not None and node in drawing.positions:
            table["x"][at], table["y"][at] = map(float, drawing.positions[node])
    return table


def edge_table(drawing: Drawing) -> dict[str, Column]:
    """`EDGE_COLUMNS` by name, None where an edge has no such attribute.

    key: number of the edge between the same two nodes, as in a networkx multigraph.
    """
    core = drawing.core
    ids = [clean(node) for node in core.ids]
    sources, targets = core.source.tolist(), core.target.tolist()
    seen: dict[tuple[int, int], int] = {}
    keys = []
    for pair in zip(sources, targets, strict=True):
        keys.append(seen.get(pair, 0))
        seen[pair] = keys[-1] + 1
    raws = core.raws or [""] * core.edges
    resolved = ~np.isin(
        core.kind[core.target], (NODE_KINDS.index("unresolved"), NODE_KINDS.index("missing-attachment"))
    )
    extra: dict[str, Column] = {name: [None] * core.edges for name in ("alias", "anchor", "name")}
    for at, values in core.extra.items():
        for name, value in values.items():
            extra[name][at] = clean(value)
    return {
        "source": [ids[node] for node in sources],
        "target": [ids[node] for node in targets],
        "kind": [EDGE_KINDS[kind] for kind in core.edge_kind.tolist()],
        "key": keys,
        "count": core.count.tolist(),
        "resolved": resolved.tolist(),
        "line": [line or None for line in core.line.tolist()],
        "col": [column or None for column in core.column.tolist()],
        "target_raw": [clean(raw) or None for raw in raws],
        **extra,
    }


def as_text(value: list[Any] | dict[str, Any]) -> str:
    """A list or mapping as one text: JSON, so that nothing is lost."""
    return clean(json.dumps(value, ensure_ascii=False))
