"""Canvas files: JSON Canvas 1.0, the files its nodes show and the links in its text cards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from vaultkit.base.json_spans import JsonText, json_texts, offsets_within
from vaultkit.base.record import changed, record
from vaultkit.base.text import decode
from vaultkit.note.model import Link
from vaultkit.note.parse import parse_text


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
    """A canvas, read. fault: why it could not be, or ""; nameless: ids of file nodes that name no file.

    card_links: links in text cards, with offsets in the canvas file's text, where escapes make some
    characters longer. Obsidian rewrites them on a rename and counts them neither as links nor as backlinks (R116).
    """

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
            return Canvas(f"not a canvas: its {key} are not a list", (), (), ())
    nodes: list[CanvasNode] = []
    nameless: list[str] = []
    links: list[Link] = []
    ids: set[str] = set()
    places: dict[tuple[str | int, ...], JsonText] = {}

    def place(number: int, field: str) -> JsonText:
        if not places:  # most canvases need none of them
            places.update((found.path, found) for found in json_texts(text))
        return places["nodes", number, field]

    for number, node in _objects(value.get("nodes")):
        node_id = str(node.get("id", ""))
        ids.add(node_id)
        kind = node.get("type")
        field = "background" if kind == "group" else "file"
        if kind in ("file", "group") and isinstance(node.get(field), str):
            subpath = node.get("subpath") if kind == "file" else ""
            start, end = _span(text, node[field]) or (place(number, field).start, place(number, field).end)
            subpath = subpath if isinstance(subpath, str) else ""
            nodes.append(CanvasNode(node_id, node[field], subpath, start, end, kind == "group"))
        elif kind == "file":
            nameless.append(node_id)
        elif kind == "text" and isinstance(node.get("text"), str):
            found = parse_text(node["text"]).links
            links.extend(_in_file(found, text, place(number, "text")) if found else ())
    dangling = [
        str(edge.get("id", ""))
        for _, edge in _objects(value.get("edges"))
        if not all(isinstance(edge.get(end), str) and edge[end] in ids for end in ("fromNode", "toNode"))
    ]
    return Canvas("", tuple(nodes), tuple(links), tuple(dangling), tuple(nameless))


def _objects(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The members of a list that are objects, with their places in it."""
    members = enumerate(value) if isinstance(value, list) else ()
    return [(number, member) for number, member in members if isinstance(member, dict)]


def _span(text: str, path: str) -> tuple[int, int] | None:
    """Return the span of a path between its quotes; None if it occurs more than once, or with escapes."""
    written = json.dumps(path, ensure_ascii=False)
    at = text.find(written)
    if at < 0 or text.find(written, at + 1) >= 0:
        return None
    return at + 1, at + len(written) - 1


def _in_file(links: Iterable[Link], text: str, place: JsonText) -> Iterator[Link]:
    """The links of a card with the offsets that they have in the canvas file's text."""
    try:
        at = offsets_within(text, place)
    except ValueError:  # characters cannot be counted, so the whole card is the place
        at = [place.start] * len(place.value) + [place.end]
    for link in links:
        yield changed(
            link,
            start=at[link.start],
            end=at[link.end],
            target_start=at[link.target_start],
            target_end=at[link.target_end],
        )
