"""A graph's places: communities as islands, loose pieces between them, what has no link on a shelf below.

Every stock layout is spoiled by nodes without links: they stretch the frame until the connected
part is a dot. So each part is laid out for itself and the parts are packed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from vaultkit.base.record import record
from vaultkit.graph.layout.communities import by_size, communities, symmetric
from vaultkit.graph.layout.forces import relax, spread
from vaultkit.graph.layout.packing import fill_gaps, settle, shelf
from vaultkit.graph.sparse import Sparse, from_entries, parts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNIT = 30.0  # pixels between neighbours at scale 1
SEED = 6
CROWDING = 0.78  # radius of an island of n nodes is this times the root of n
FEW = 4  # a piece of fewer nodes needs no room to breathe
MANY_TINY = 60  # such pieces, from which on they stand in rows
TINY_STEP = 2.0  # units between two of them
Progress = Callable[[str], None]


@record
class Layout:
    """places: (n, 2) pixels at scale 1. community: of each node, by falling size; nodes without links have -1."""

    places: Floats
    community: Ints


def lay_out(
    count: int,
    source: Ints,
    target: Ints,
    radius: Floats,
    shelves: Sequence[tuple[int, str]],
    *,
    progress: Progress | None = None,
    community: Ints | None = None,
) -> Layout:
    """Places and communities of ``count`` nodes.

    source, target: ends of each link. radius: of each node's disc in pixels.
    shelves: for each node a (rank, word); nodes without links stand together by it, low ranks first.
    progress: told in words what is being done.
    community: of each node, -1 for none, where it is known; found here when None.
    """
    tell = progress or (lambda _: None)
    if count == 0:
        return Layout(np.zeros((0, 2)), np.zeros(0, dtype=np.int64))
    matrix = symmetric(count, source, target)
    degree = np.diff(matrix.indptr)
    linked = np.flatnonzero(degree)
    places = np.zeros((count, 2))
    member = np.full(count, -1, dtype=np.int64)
    if len(linked):
        tell("finding communities")
        inner = matrix.among(linked)
        group = communities(inner) if community is None else _completed(inner, community[linked])
        member[linked] = group if community is None else community[linked]
        tell("placing notes")
        places[linked] = _islands(inner, group, radius[linked] / UNIT)
    loose = np.flatnonzero(degree == 0)
    if len(loose):
        places[loose[_by_shelf(loose, shelves)]] = _shelf(places[linked], [shelves[i] for i in loose.tolist()])
    return Layout(np.round(places * UNIT, 1), member)


def _completed(matrix: Sparse, community: Ints) -> Ints:
    """A group for every node: the given ones, each in connected parts, and communities among the nodes without one."""
    group = community.copy()
    rest = np.flatnonzero(group < 0)
    if len(rest):
        group[rest] = communities(matrix.among(rest)) + group.max(initial=-1) + 1
    inside = group[matrix.rows] == group[matrix.indices]
    return by_size(parts(len(group), matrix.rows[inside], matrix.indices[inside]))


def join(
    known: NDArray[np.bool_], places: Floats, community: Ints, source: Ints, target: Ints, radius: Floats
) -> Layout:
    """Places for the nodes that are not ``known``, each beside its neighbours; the known do not move.

    places, community: of the known nodes; what they hold for the others does not matter.
    """
    count = len(known)
    matrix = symmetric(count, source, target)
    places, community = places.copy(), community.copy()
    placed = known.copy()
    while True:
        use = placed[matrix.indices] & ~placed[matrix.rows]
        found = np.unique(matrix.rows[use])
        if not len(found):
            break
        here = from_entries(matrix.rows[use], matrix.indices[use], np.ones(int(use.sum())), matrix.shape)
        places[found] = here.dot(np.where(placed[:, None], places, 0.0))[found] / here.sums[found][:, None]
        for node in found.tolist():
            near = here.indices[here.indptr[node] : here.indptr[node + 1]]
            groups = community[near][community[near] >= 0]
            community[node] = int(np.bincount(groups).argmax()) if len(groups) else -1
        placed[found] = True
    rest = np.flatnonzero(~placed)
    if len(rest):
        low, high = (places[placed].min(axis=0), places[placed].max(axis=0)) if placed.any() else (np.zeros(2),) * 2
        width = max(float(high[0] - low[0]) / UNIT, 12.0)
        places[rest] = shelf([len(rest)], width, 1.2) * UNIT + [low[0], high[1] + 2 * UNIT]
        community[rest] = -1
    community[np.diff(matrix.indptr) == 0] = -1
    moved = spread(places / UNIT, radius * 1.15 / UNIT, fixed=known) * UNIT
    return Layout(np.round(moved, 1), community)


def _by_shelf(loose: Ints, shelves: Sequence[tuple[int, str]]) -> Ints:
    """Order of the nodes without links: shelf by shelf, the fullest of a rank first."""
    size = Counter(shelves[i] for i in loose)

    def key(at: int) -> tuple[int, int, str, int]:
        rank, word = shelves[loose[at]]
        return rank, -size[rank, word], word, at

    return np.array(sorted(range(len(loose)), key=key), dtype=np.int64)


def _shelf(above: Floats, words: Sequence[tuple[int, str]]) -> Floats:
    """Places for the order that `_by_shelf` gives, below and centred under the places ``above``."""
    size = Counter(words)
    sizes = [size[word] for word in sorted(size, key=lambda word: (word[0], -size[word], word[1]))]
    step = 0.95
    low, high = (above.min(axis=0), above.max(axis=0)) if len(above) else (np.zeros(2), np.zeros(2))
    width = max(float(high[0] - low[0]), float(np.sqrt(len(words) * 2.6)) * step)
    rows = shelf(sizes, width, step)
    middle = (low[0] + high[0]) / 2 - rows[:, 0].max() / 2
    return np.asarray(rows + [middle, high[1] + (3.2 if len(above) else 0.0)])


def _islands(matrix: Sparse, group: Ints, radius: Floats) -> Floats:
    """Places, in units, of a graph in which each node has a link."""
    count = matrix.shape[0]
    piece = parts(count, matrix.rows, matrix.indices)
    pieces = int(piece.max()) + 1
    groups = int(group.max()) + 1
    room = np.bincount(group, weights=np.maximum(radius * 1.25, 0.62) ** 2, minlength=groups)
    island = CROWDING * np.sqrt(np.maximum(room / 0.62**2, 1.0)) + 0.35
    few = np.bincount(group, minlength=groups) < FEW
    island[few] -= 0.45
    piece_of = np.zeros(groups, dtype=np.int64)
    piece = by_size(piece)
    piece_of[group] = piece
    nodes_in = np.bincount(piece, minlength=pieces)
    one, two = group[matrix.rows], group[matrix.indices]
    across = one != two
    ties = from_entries(one[across], two[across], matrix.data[across], (groups, groups))
    centre = np.zeros((groups, 2))
    gap = 0.9 + 0.05 * float(np.sqrt(count))
    main = np.flatnonzero(piece_of == 0)
    groups_in = np.bincount(piece_of, minlength=pieces)
    main = main[np.argsort(-island[main], kind="stable")]
    centre[main] = settle(island[main], ties.among(main), gap)
    others = [np.flatnonzero(piece_of == at) for at in range(1, pieces)] if pieces < 64 else _by_piece(piece_of, pieces)
    shapes: list[tuple[float, Ints, Floats]] = []
    for members in others:
        if groups_in[piece_of[members[0]]] == 1:
            shapes.append((float(island[members[0]]), members, np.zeros((1, 2))))
            continue
        members = members[np.argsort(-island[members], kind="stable")]
        inner = settle(island[members], ties.among(members), gap * 0.6)
        shapes.append((float((np.hypot(*inner.T) + island[members]).max()), members, inner))
    shapes.sort(key=lambda shape: -shape[0])
    tiny = [shape for shape in shapes if nodes_in[piece_of[shape[1][0]]] < FEW]
    if len(tiny) > MANY_TINY:
        # Hundreds of pairs round the islands would drown them: they stand in rows, as the shelf below does.
        shapes = [shape for shape in shapes if nodes_in[piece_of[shape[1][0]]] >= FEW]
    else:
        tiny = []
    found = fill_gaps(centre[main], island[main], np.array([shape[0] for shape in shapes]), 0.3)
    for (_, members, inner), at in zip(shapes, found, strict=True):
        centre[members] = at + inner
    if tiny:
        placed = np.concatenate([main, *(members for _, members, _ in shapes)])
        low, high = (
            (centre[placed] - island[placed, None]).min(axis=0),
            (centre[placed] + island[placed, None]).max(axis=0),
        )
        width = max(float(high[0] - low[0]), float(np.sqrt(len(tiny) * 3)) * TINY_STEP)
        rows = shelf([len(tiny)], width, TINY_STEP, fills=True)
        left = (low[0] + high[0]) / 2 - rows[:, 0].max() / 2
        for (_, members, inner), at in zip(tiny, rows, strict=True):
            centre[members] = at + [left, high[1] + 2.4] + inner
    home = centre[group]
    reach = island[group] - 0.3
    start = home + _start(matrix, group) * reach[:, None]
    rounds = 220 if count < 1500 else 120 if count < 20000 else 80
    places = relax(start, matrix, home, reach, group, rounds=rounds)
    places = spread(places, np.maximum(radius * 1.15, 0.3))
    return np.asarray(places - (places.min(axis=0) + places.max(axis=0)) / 2)


def _by_piece(piece_of: Ints, pieces: int) -> list[Ints]:
    order = np.argsort(piece_of, kind="stable")
    ends = np.searchsorted(piece_of[order], np.arange(pieces + 1))
    return [order[ends[at] : ends[at + 1]] for at in range(1, pieces)]


def _start(matrix: Sparse, group: Ints) -> Floats:
    """Offsets in the unit disc, group by group: near in the graph is near on the disc.

    Random points, averaged with their neighbours within the group until only the slow waves are
    left, stretched to fill the disc.
    """
    count = matrix.shape[0]
    rng = np.random.default_rng(SEED)
    inside = group[matrix.rows] == group[matrix.indices]
    near = from_entries(matrix.rows[inside], matrix.indices[inside], np.ones(int(inside.sum())), matrix.shape)
    near = near.scaled(1.0 / np.maximum(near.sums, 1))
    points = rng.standard_normal((count, 2))
    groups = int(group.max()) + 1
    sizes = np.bincount(group, minlength=groups)

    def mean(values: Floats) -> Floats:
        return np.asarray((np.bincount(group, weights=values, minlength=groups) / sizes)[group])

    for _ in range(14):
        points = 0.5 * points + 0.5 * (near.dot(points))
        for axis in (0, 1):
            points[:, axis] -= mean(points[:, axis])
            points[:, axis] /= np.sqrt(mean(points[:, axis] ** 2)) + 1e-9
        shared = mean(points[:, 0] * points[:, 1])
        points[:, 1] -= shared * points[:, 0]
    points += rng.standard_normal((count, 2)) * 0.05
    length = np.sqrt((points**2).sum(axis=1)) + 1e-9
    # Rank within the group decides how far out: an even disc, whatever the waves look like.
    order = np.lexsort((length, group))
    rank = np.empty(count)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rank[order] = np.arange(count) - first[group[order]]
    even = np.sqrt((rank + 0.5) / sizes[group])
    return np.asarray(points / length[:, None] * even[:, None])
