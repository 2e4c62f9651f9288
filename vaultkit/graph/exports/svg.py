"""SVG, a picture for print and for pages: places from the layout, colours by community, names of the most central."""

from __future__ import annotations

import math
from html import escape

from vaultkit.graph.core import MISSING, UNRESOLVED
from vaultkit.graph.exports.drawing import Drawing, Files, clean

SUFFIX = ".svg"
PADDING = 60
GAP = 60  # between nodes of a graph that nobody laid out
MOST_NAMES = 60
NAME_CHARACTERS = 40
PAPER, INK, GHOST, LINK = "#ffffff", "#23262b", "#8b9099", "#8a8f98"
# Told apart by readers who do not see red and green alike; the ninth community has the first one's again.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f6fb0", "#8c6d31")


def write(drawing: Drawing) -> Files:
    """One file: a line for each pair that is linked, a disc for each node, its name as the disc's title.

    What is not there is a dashed ring. Without positions the nodes stand in a grid, in the graph's order.
    """
    core = drawing.core
    places = _places(drawing)
    radii = _radii(drawing)
    xs, ys = [x for x, _ in places] or [0.0], [y for _, y in places] or [0.0]
    left, top = min(xs) - PADDING, min(ys) - PADDING
    width, height = max(xs) - left + PADDING, max(ys) - top + PADDING
    box = f'x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}"'
    title = _text(f"Graph of {drawing.name}: {len(core):,} nodes, {core.edges:,} links")
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" role="img">\n',
        f'<title>{title}</title>\n<rect {box} fill="{PAPER}"/>\n',
        f'<g class="edges" stroke="{LINK}" stroke-opacity="0.35">\n',
    ]
    indptr, target, _ = core.collapsed
    for source in range(len(core)):
        for to in target[indptr[source] : indptr[source + 1]].tolist():
            (x, y), (to_x, to_y) = places[source], places[to]
            parts.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>\n')
    parts.append('</g>\n<g class="nodes">\n')
    for at, (x, y) in enumerate(places):
        parts.append(
            f'<circle class="{core.node_kind(at)}" cx="{x:.1f}" cy="{y:.1f}" r="{radii[at]:.1f}" {_paint(drawing, at)}>'
            f"<title>{_text(core.labels[at])}</title></circle>\n"
        )
    size = max(12.0, max(width, height) / 90)
    parts.append(
        f'</g>\n<g class="names" font-family="sans-serif" font-size="{size:.0f}" text-anchor="middle" fill="{INK}" '
        f'stroke="{PAPER}" stroke-width="{size / 5:.1f}" paint-order="stroke">\n'
    )
    named = sorted(range(len(core)), key=lambda at: (-core.facts.get(at, {}).get("rank", 0.0), -radii[at], at))
    for at in named[:MOST_NAMES]:
        x, y = places[at]
        parts.append(
            f'<text x="{x:.1f}" y="{y + radii[at] + size:.1f}">{_text(core.labels[at][:NAME_CHARACTERS])}</text>\n'
        )
    return {SUFFIX: "".join([*parts, "</g>\n</svg>\n"]).encode()}


def _places(drawing: Drawing) -> list[tuple[float, float]]:
    core = drawing.core
    columns = max(1, math.ceil(math.sqrt(len(core))))
    grid = [((at % columns) * float(GAP), (at // columns) * float(GAP)) for at in range(len(core))]
    if drawing.positions is None:
        return grid
    return [drawing.positions.get(node, place) for node, place in zip(core.ids, grid, strict=True)]


def _radii(drawing: Drawing) -> list[float]:
    from vaultkit.graph.metrics import degrees

    arriving, leaving = degrees(drawing.core)
    return [min(26.0, 4 + 1.6 * math.sqrt(degree)) for degree in (arriving + leaving).tolist()]


def _paint(drawing: Drawing, at: int) -> str:
    if drawing.core.kind[at] in (UNRESOLVED, MISSING):
        return f'fill="{PAPER}" stroke="{GHOST}" stroke-width="1.5" stroke-dasharray="3 2"'
    community = drawing.core.facts.get(at, {}).get("community")
    return f'fill="{GHOST if community is None else COLOURS[community % len(COLOURS)]}"'


def _text(text: str) -> str:
    """The text as XML holds it: nothing of it is markup."""
    return escape(clean(text))
