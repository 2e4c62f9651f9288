"""JSON Canvas 1.0, which Obsidian opens: file cards for what is there, text cards for the rest."""

from __future__ import annotations

import hashlib
import json
import math

from vaultkit.graph.core import ATTACHMENT, BASE, CANVAS, NOTE
from vaultkit.graph.exports.drawing import Drawing, Files, clean

SUFFIX = ".canvas"
WIDTH, HEIGHT = 320, 80
GAP = 60
# Preset colours of the format: "1" red to "6" purple.
_COLOURS = {"unresolved": "1", "missing-attachment": "1", "tag": "3", "attachment": "4", "canvas": "6", "base": "5"}


def write(drawing: Drawing) -> Files:
    """One file with one arrow for each ordered pair.

    Without positions the cards stand in a grid, in the graph's order (kind, then path).
    """
    core = drawing.core
    ids = [hashlib.blake2b(node.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() for node in core.ids]
    columns = max(1, math.ceil(math.sqrt(len(core) / 2)))
    stretch = _stretch(drawing)
    nodes = []
    for at, node in enumerate(core.ids):
        place = drawing.positions.get(node) if drawing.positions is not None else None
        if place is not None:
            x, y = round(place[0] * stretch), round(place[1] * stretch)
        else:
            x, y = (at % columns) * (WIDTH + GAP), (at // columns) * (HEIGHT + GAP)
        card: dict[str, object] = {"id": ids[at], "x": x, "y": y, "width": WIDTH, "height": HEIGHT}
        if core.kind[at] in (NOTE, ATTACHMENT, CANVAS, BASE):
            card |= {"type": "file", "file": clean(core.paths[at])}
        else:
            card |= {"type": "text", "text": _card_text(clean(core.labels[at]))}
        kind = core.node_kind(at)
        if kind in _COLOURS:
            card["color"] = _COLOURS[kind]
        nodes.append(card)
    indptr, target, _ = core.collapsed
    edges = [
        {"id": f"{ids[source]}-{ids[int(target[at])]}", "fromNode": ids[source], "toNode": ids[int(target[at])]}
        for source in range(len(core))
        for at in range(indptr[source], indptr[source + 1])
    ]
    text = json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False, indent="\t")
    return {SUFFIX: text.encode() + b"\n"}


def _card_text(label: str) -> str:
    """The label as it is: a canvas reads text cards as Markdown, in which it must not become a link or a heading."""
    return "`" + label.replace("`", "'") + "`"


def _stretch(drawing: Drawing) -> float:
    """Factor for positions so that a card has room: layouts count in any unit."""
    if not drawing.positions:
        return 1.0
    xs, ys = zip(*drawing.positions.values(), strict=True)
    area = (max(xs) - min(xs)) * (max(ys) - min(ys))
    if area <= 0:
        return 1.0
    room = len(drawing.positions) * (WIDTH + GAP) * (HEIGHT + GAP) * 4
    return max(1.0, math.sqrt(room / area))
