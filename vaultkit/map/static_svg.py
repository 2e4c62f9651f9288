"""The map as a still SVG, for readers without JavaScript and for pages that show a picture of a vault."""

from __future__ import annotations

from html import escape

import numpy as np

from vaultkit.map.drawing import KINDS, Drawn

MOST_NODES = 700  # the most linked; a browser without scripts gets a sketch, not 50,000 elements
PADDING = 60
PAPER, INK, GHOST, LINK = "#faf8f4", "#23262b", "#8b9099", "#8a8f98"
# The page's own colours in light: OKLCH 0.64 0.125 with the hues of paint.js.
COLOURS = (
    "#558ed6", "#cb6f4f", "#4ca162", "#b66eb0", "#aa8817", "#8580d5",
    "#cc6a73", "#00a39d", "#839735", "#9e77c9", "#bf7a2c", "#009bc5",
)  # fmt: skip


def still(drawn: Drawn, labels: list[str], communities: list[list[object]]) -> str:
    """SVG of the notes, ghosts and their links; pictures and tags are left out, as on the page at first."""
    wanted = np.isin(drawn.kind, [KINDS.index(kind) for kind in ("note", "unresolved", "missing", "canvas", "base")])
    order = np.argsort(-drawn.radius, kind="stable")
    chosen = order[wanted[order]][:MOST_NODES]
    if not len(chosen):
        return ""
    is_chosen = np.zeros(len(drawn.kind), dtype=bool)
    is_chosen[chosen] = True
    x, y = drawn.places.astype(int).T.tolist()
    low, high = drawn.places[chosen].min(axis=0) - PADDING, drawn.places[chosen].max(axis=0) + PADDING
    width, height = (high - low).astype(int).tolist()
    lines = drawn.pairs[is_chosen[drawn.pairs[:, 0]] & is_chosen[drawn.pairs[:, 1]]][:, :2].tolist()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{int(low[0])} {int(low[1])} {width} {height}" '
        'width="1000" role="img" aria-label="Map of the most linked notes">',
        f'<rect x="{int(low[0])}" y="{int(low[1])}" width="{width}" height="{height}" fill="{PAPER}"/>',
        f'<path stroke="{LINK}" stroke-opacity="0.3" fill="none" d="',
        "".join(f"M{x[a]} {y[a]}l{x[b] - x[a]} {y[b] - y[a]}" for a, b in lines),
        '"/>',
    ]
    # A dot is a line of no length with round ends: a third of the words that as many circles take.
    dots: dict[str, list[str]] = {}
    for node in chosen[::-1].tolist():
        radius = float(drawn.radius[node])
        community = int(drawn.community[node])
        hue = communities[community][1] if community >= 0 else None
        colour = COLOURS[int(str(hue)) % len(COLOURS)] if hue is not None else GHOST
        is_open = KINDS[int(drawn.kind[node])] in ("unresolved", "missing")
        for stroke, wide in [(GHOST, 2 * radius + 1), (PAPER, 2 * radius - 1)] if is_open else [(colour, 2 * radius)]:
            dots.setdefault(f'stroke="{stroke}" stroke-width="{round(wide, 1):g}"', []).append(
                f"M{x[node]} {y[node]}h0"
            )
    parts.append('<g stroke-linecap="round">')
    parts += [f'<path {pen} d="{"".join(places)}"/>' for pen, places in dots.items()]
    parts.append("</g>")
    size = max(14, int(max(width, height) / 70))
    for _, _, hub, members in communities[:14]:
        node = int(str(hub))
        if int(str(members)) > 3 and is_chosen[node]:
            top = y[node] + int(drawn.radius[node]) + size
            parts.append(
                f'<text x="{x[node]}" y="{top}" font-size="{size}" font-family="sans-serif" text-anchor="middle" '
                f'fill="{INK}" stroke="{PAPER}" stroke-width="{size / 4}" paint-order="stroke">'
                f"{escape(labels[node][:40])}</text>"
            )
    return "".join([*parts, "</svg>"])
