"""JSON Canvas 1.0, which Obsidian opens: file cards for what is there, text cards for the rest."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from itertools import count

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
    placed = _placed(drawing)
    nodes = []
    for at, node in enumerate(core.ids):
        x, y = placed.get(node) or ((at % columns) * (WIDTH + GAP), (at // columns) * (HEIGHT + GAP))
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


def _placed(drawing: Drawing) -> dict[str, tuple[int, int]]:
    """A place for each card, as near to its position as there is room: no two cards overlap.

    Empty unless every node has a position.
    """
    ids = drawing.core.ids
    if not drawing.positions or not all(node in drawing.positions for node in ids):
        return {}
    stretch = _stretch(drawing)
    step_x, step_y = WIDTH + GAP, HEIGHT + GAP
    taken: set[tuple[int, int]] = set()
    found: dict[str, tuple[int, int]] = {}
    for node in ids:
        x, y = drawing.positions[node]
        column, row = round(x * stretch * 2 / step_x), round(y * stretch / step_y)  # a card is wide
        cell = next(cell for cell in _around(column, row) if cell not in taken)
        taken.add(cell)
        found[node] = cell[0] * step_x, cell[1] * step_y
    return found


def _around(column: int, row: int) -> Iterator[tuple[int, int]]:
    """The cells of a grid around one, ring by ring, the nearest of each ring first."""
    yield column, row
    for ring in count(1):
        cells = [(x, y) for x in range(-ring, ring + 1) for y in range(-ring, ring + 1) if max(abs(x), abs(y)) == ring]
        # A step to the side is as long as nearly three down.
        cells.sort(key=lambda cell: (abs(cell[0]) * (WIDTH + GAP) + abs(cell[1]) * (HEIGHT + GAP), cell))
        yield from ((column + x, row + y) for x, y in cells)


def _stretch(drawing: Drawing) -> float:
    """Factor for positions so that a card has room: layouts count in any unit."""
    if not drawing.positions:
        return 1.0
    xs, ys = zip(*drawing.positions.values(), strict=True)
    area = (max(xs) - min(xs)) * (max(ys) - min(ys))
    if area <= 0:
        return 1.0
    room = len(drawing.positions) * (WIDTH + GAP) * (HEIGHT + GAP) * 2
    return math.sqrt(room / (2 * area))
