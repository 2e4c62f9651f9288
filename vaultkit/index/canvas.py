"""Canvas files: JSON Canvas 1.0, the files its nodes show and the links in its text cards."""

from __future__ import annotations

import json
from typing import Any

from vaultkit.note.model import Link
from vaultkit.note.parse import parse_text
from vaultkit.record import record
from vaultkit.text import decode


@record
class CanvasNode:
    """A node that shows a file. path: from the vault's root, with extension; subpath with its "#".

    start: offset of the path in the canvas file's text.  is_background: image of a group.
    """

    id: str
    path: str
    subpath: str
    start: int
    end: int
    is_background: bool


@record
class Canvas:
    """A canvas, read. fault: why it could not be, or ""; nameless: ids of file nodes that name no file."""

    fault: str
    nodes: tuple[CanvasNode, ...]
    card_links: tuple[Link, ...]
    dangling_edges: tuple[str, ...]
    nameless: tuple[str, ...] = ()


def read_canvas(data: bytes) -> Canvas:
    """The file nodes of a canvas and the links in its text cards. Never raises."""
    decoded = decode(data)
    if decoded.fault:
        return Canvas(decoded.fault, (), (), ())
    text = decoded.text
    if not text.strip():
        return Canvas("", (), (), ())
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Canvas(f"not valid JSON: {error}", (), (), ())
    if not isinstance(value, dict):
        return Canvas("not a canvas: the top is no object", (), (), ())
    for key in ("nodes", "edges"):
        if not isinstance(value.get(key, []), list):
            return Canvas(f"not a canvas: its {key} are no list", (), (), ())
    nodes: list[CanvasNode] = []
    nameless: list[str] = []
    links: list[Link] = []
    ids: set[str] = set()
    for node in _objects(value.get("nodes")):
        node_id = str(node.get("id", ""))
        ids.add(node_id)
        kind = node.get("type")
        if kind == "file" and isinstance(node.get("file"), str):
            subpath = node.get("subpath")
            nodes.append(_node(text, node_id, node["file"], subpath if isinstance(subpath, str) else "", False))
        elif kind == "file":
            nameless.append(node_id)
        elif kind == "group" and isinstance(node.get("background"), str):
            nodes.append(_node(text, node_id, node["background"], "", True))
        elif kind == "text" and isinstance(node.get("text"), str):
            links.extend(parse_text(node["text"]).links)
    dangling = [
        str(edge.get("id", ""))
        for edge in _objects(value.get("edges"))
        if edge.get("fromNode") not in ids or edge.get("toNode") not in ids
    ]
    return Canvas("", tuple(nodes), tuple(links), tuple(dangling), tuple(nameless))


def _objects(value: Any) -> list[dict[str, Any]]:
    return [member for member in value if isinstance(member, dict)] if isinstance(value, list) else []


def _node(text: str, node_id: str, path: str, subpath: str, is_background: bool) -> CanvasNode:
    for written in (json.dumps(path, ensure_ascii=False), json.dumps(path)):
        at = text.find(written)
        if at >= 0:
            return CanvasNode(node_id, path, subpath, at + 1, at + len(written) - 1, is_background)
    return CanvasNode(node_id, path, subpath, 0, 0, is_background)
