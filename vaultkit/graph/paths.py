"""Ways through the graph: shortest paths, neighbourhoods, what a home note reaches."""

from __future__ import annotations

import numpy as np

from vaultkit.base.record import record
from vaultkit.graph.core import NOTE, GraphCore, Ints
from vaultkit.graph.metrics import degrees, distances, distinct, gather, neighbour_lists

# An index note links to so large a share of the notes; a way through it says nothing. In a vault of a
# dozen notes every third link would make one, so it has more than so many links, too.
HUB_SHARE = 0.2
HUB_LINKS = 3


@record
class Near:
    """A node and how many steps away it is."""

    node: int
    distance: int


@record
class Reach:
    """What following links from a home note reaches.

    notes: all notes.  reached: those that are reached, home included.  by_distance: number of notes 0, 1, 2 … steps away.
    missed: nodes of the notes that are not reached.
    """

    notes: int
    reached: int
    by_distance: tuple[int, ...]
    missed: tuple[int, ...]


def hubs(core: GraphCore) -> Ints:
    """The index notes: those that link to more than a fifth of all notes, and to more than three."""
    _, leaving = degrees(core)
    notes = int((core.kind == NOTE).sum())
    is_hub = (core.kind == NOTE) & (leaving > max(HUB_SHARE * notes, HUB_LINKS))
    return np.flatnonzero(is_hub).astype(np.int32)


def shortest_path(
    core: GraphCore, start: int, end: int, *, direction: str = "both", without: Ints | None = None
) -> tuple[int, ...]:
    """The nodes of a shortest way, both ends included; empty when there is none.

    direction: links may be gone along "out", "in" or "both" ways.  without: nodes that are not passed through.
    Of several shortest ways it is that with the first nodes, so the answer is always the same.
    """
    indptr, indices = neighbour_lists(core, direction)
    back_indptr, back = (indptr, indices) if direction == "both" else neighbour_lists(core, _opposite(direction))
    blocked = np.zeros(len(core), bool)
    if without is not None:
        blocked[without] = True
    blocked[[start, end]] = False
    # Steps to the end, so that the way can be walked from the start by the first node that is nearer.
    steps = np.full(len(core), -1, np.int32)
    steps[end] = 0
    frontier = np.array([end])
    while len(frontier) and steps[start] < 0:
        near = gather(back_indptr, back, frontier)
        near = distinct(near[(steps[near] < 0) & ~blocked[near]])
        steps[near] = steps[frontier[0]] + 1
        frontier = near
    if steps[start] < 0:
        return ()
    way = [start]
    while way[-1] != end:
        near = indices[indptr[way[-1]] : indptr[way[-1] + 1]]
        way.append(int(near[steps[near] == steps[way[-1]] - 1][0]))
    return tuple(way)


def _opposite(direction: str) -> str:
    return {"in": "out", "out": "in"}.get(direction, direction)


def neighbours(core: GraphCore, node: int, *, depth: int = 1, direction: str = "both") -> tuple[Near, ...]:
    """The nodes within ``depth`` steps, nearest first, then in the graph's order; the node itself is not among them."""
    steps = distances(*neighbour_lists(core, direction), node, depth)
    found = np.flatnonzero(steps > 0)
    order = np.lexsort((found, steps[found]))
    return tuple(Near(int(at), int(steps[at])) for at in found[order])


def reach(core: GraphCore, home: int) -> Reach:
    """What following links from ``home`` reaches; ways lead through any kind of node in the graph."""
    steps = distances(*neighbour_lists(core, "out"), home)
    is_note = core.kind == NOTE
    reached = is_note & (steps >= 0)
    return Reach(
        int(is_note.sum()),
        int(reached.sum()),
        tuple(np.bincount(steps[reached]).tolist()),
        tuple(np.flatnonzero(is_note & (steps < 0)).tolist()),
    )


def isolates(core: GraphCore) -> tuple[int, ...]:
    """The notes without any link to or from another node: what Obsidian's graph calls orphans (R101)."""
    arriving, leaving = degrees(core)
    return tuple(np.flatnonzero((core.kind == NOTE) & (arriving + leaving == 0)).tolist())
