"""The graph with a place, a size and a community for each node, which the page and still pictures draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vaultkit.base.record import record
from vaultkit.graph.core import (
    ATTACHMENT,
    BASE,
    CANVAS,
    CANVAS_FILE,
    EMBED,
    LINK,
    MISSING,
    NOTE,
    PARENT_TAG,
    PROPERTY,
    TAG,
    TAGGED,
    UNRESOLVED,
    GraphCore,
)
from vaultkit.graph.layout.cache import NodePosition
from vaultkit.graph.layout.forces import spread
from vaultkit.graph.layout.positions import UNIT, Layout, Progress, join, lay_out
from vaultkit.map.islands import Islands, named_islands

KINDS = ("note", "unresolved", "image", "pdf", "audio", "video", "other", "missing", "canvas", "base", "tag")
EDGE_KINDS = ("link", "embed", "property", "canvas", "tag")
MOST_NEW = 0.25  # share of nodes without a known place up to which the others keep theirs

_EDGE_CODE = {LINK: 0, EMBED: 1, PROPERTY: 2, CANVAS_FILE: 3, TAGGED: 4}
_NODE_CODE = {NOTE: 0, UNRESOLVED: 1, MISSING: 7, CANVAS: 8, BASE: 9, TAG: 10}
_FORMATS = {"image": 2, "pdf": 3, "audio": 4, "video": 5, "other": 6}

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# A note with more tags has been made by a program; pairs of them grow with the square.
MOST_STACKED = 200
GOLDEN_ANGLE = 2.399963  # radians


@record
class Island:
    """A community: its name, the node it is named after, and how many nodes it has (see `vaultkit.graph.communities`); terms: words that its texts share."""

    name: str
    hub: int
    size: int
    terms: tuple[str, ...]


@record
class Drawn:
    """A graph with its places. pairs: (k, 3) source, target, kind (of `EDGE_KINDS`), sorted by kind.

    community: index into ``groups`` of each node, -1 for none.
    parts: (name, community) of parts of large communities; part_of: the part of each node, -1 for none.
    """

    core: GraphCore
    kind: Ints
    pairs: Ints
    radius: Floats
    places: Floats
    community: Ints
    groups: tuple[Island, ...]
    parts: tuple[tuple[str, int], ...]
    part_of: Ints


def node_kinds(core: GraphCore) -> Ints:
    """Index into `KINDS` for each node."""
    kinds = np.array([_NODE_CODE.get(int(kind), 6) for kind in core.kind], dtype=np.int64)
    for node in np.flatnonzero(core.kind == ATTACHMENT).tolist():
        kinds[node] = _FORMATS[core.facts[node]["format"]]
    return kinds


def pairs_of(core: GraphCore) -> Ints:
    """One row for each (source, target, kind), without links of a node to itself, sorted by kind.

    Edges that a graph has only on request, such as mentions, move nothing on the map.
    """
    keep = (core.source != core.target) & (core.edge_kind < PARENT_TAG)
    code = np.array([_EDGE_CODE.get(kind, 0) for kind in range(PARENT_TAG + 1)], dtype=np.int64)
    rows = np.stack([code[core.edge_kind[keep]], core.source[keep], core.target[keep]], axis=1).astype(np.int64)
    return np.unique(rows, axis=0)[:, [1, 2, 0]] if len(rows) else np.zeros((0, 3), dtype=np.int64)


def radii(count: int, pairs: Ints) -> Floats:
    """Radius of each node's disc in pixels; the page computes the same from the same links."""
    is_tag = pairs[:, 2] == EDGE_KINDS.index("tag")
    degree = np.bincount(pairs[~is_tag, 0], minlength=count) + np.bincount(pairs[:, 1], minlength=count)
    return np.asarray(np.minimum(4 + 1.6 * np.sqrt(degree), 26.0))


def draw(
    core: GraphCore,
    *,
    known: Mapping[str, NodePosition] | None = None,
    progress: Progress | None = None,
    islands: Islands | None = None,
) -> Drawn:
    """The graph with places for its nodes. Tags stand amid the notes that carry them and move nothing.

    known:   id -> place of an earlier run; these nodes stay where they were, unless too many are new.
    islands: the communities; by default those of this graph, named by links alone.
    """
    if islands is None:
        islands = named_islands(core, None)
    kind = node_kinds(core)
    pairs = pairs_of(core)
    radius = radii(len(core), pairs)
    held = [known.get(node) for node in core.ids] if known else [None] * len(core)
    community = _spread(core, islands.member)
    places = _placed(core, kind, pairs, radius, held, community, progress)
    groups = tuple(
        Island(one.name, core.index.get(one.hub, int(np.flatnonzero(community == at)[0])), one.size, one.terms)
        for at, one in enumerate(islands.groups)
        if (community == at).any()
    )
    used = np.unique(community[community >= 0])
    renamed = np.where(community >= 0, np.searchsorted(used, community), -1)
    parts, part_of = _parts(core, islands, {int(at): new for new, at in enumerate(used)})
    return Drawn(core, kind, pairs, radius, np.round(places), renamed, groups, parts, part_of)


def _placed(
    core: GraphCore,
    kind: Ints,
    pairs: Ints,
    radius: Floats,
    held: Sequence[NodePosition | None],
    community: Ints,
    progress: Progress | None,
) -> Floats:
    """The place of each node. held: the place of an earlier run, if there is one."""
    is_tag = kind == KINDS.index("tag")
    body = np.flatnonzero(~is_tag)
    inner = np.full(len(core), -1, dtype=np.int64)
    inner[body] = np.arange(len(body))
    plain = pairs[pairs[:, 2] != EDGE_KINDS.index("tag")]
    source, target = inner[plain[:, 0]], inner[plain[:, 1]]
    is_known = np.array([place is not None for place in held], dtype=bool)
    places = np.array([(place.x, place.y) if place else (0.0, 0.0) for place in held]).reshape(-1, 2)
    before = np.array([place.community if place else -1 for place in held], dtype=np.int64)
    fresh = len(body) - int(is_known[body].sum())
    if fresh > MOST_NEW * len(body):
        is_known[:] = False
        words = [_shelf_word(core, int(node), int(kind[node])) for node in body]
        layout: Layout = lay_out(
            len(body), source, target, radius[body], words, progress=progress, community=community[body]
        )
    elif fresh:
        layout = join(is_known[body], places[body], before[body], source, target, radius[body])
    else:
        layout = Layout(places[body], before[body])
    places[body] = layout.places
    if is_known[is_tag].all():
        return places
    return _place_tags(core, is_tag, is_known, places, radius)


def _parts(core: GraphCore, islands: Islands, number_of: Mapping[int, int]) -> tuple[tuple[tuple[str, int], ...], Ints]:
    """The parts of the communities that are on the map, and the part of each node. number_of: new numbers of these."""
    parts = tuple((name, number_of[of]) for name, of in islands.parts if of in number_of)
    numbers = np.cumsum([of in number_of for _, of in islands.parts]) - 1
    part_of = np.array(
        [
            int(numbers[part])
            if (part := islands.part_of.get(node, -1)) >= 0 and islands.parts[part][1] in number_of
            else -1
            for node in core.ids
        ],
        dtype=np.int64,
    )
    return parts, part_of


def _spread(core: GraphCore, islands: Mapping[str, int]) -> Ints:
    """The community of each node; files have that which most of the nodes that link to them are in."""
    community = np.array([islands.get(node, -1) for node in core.ids], dtype=np.int64)
    is_file = np.isin(core.kind, (ATTACHMENT, MISSING))
    edges = np.flatnonzero(is_file[core.target] & (community[core.source] >= 0))
    rows = np.stack([core.target[edges], community[core.source[edges]]], axis=1).astype(np.int64)
    if len(rows):
        pairs, times = np.unique(rows, axis=0, return_counts=True)
        best = pairs[np.lexsort((pairs[:, 1], -times, pairs[:, 0]))]
        nodes, first = np.unique(best[:, 0], return_index=True)
        community[nodes] = best[first, 1]
    return community


def _shelf_word(core: GraphCore, node: int, kind: int) -> tuple[int, str]:
    path = core.paths[node]
    return (0 if KINDS[kind] in ("note", "canvas", "base") else 1), path[: max(path.rfind("/"), 0)]


def _place_tags(
    core: GraphCore, is_tag: NDArray[np.bool_], is_known: NDArray[np.bool_], places: Floats, radius: Floats
) -> Floats:
    is_edge = is_tag[core.target]
    source, target = core.source[is_edge], core.target[is_edge]
    done = ~is_tag | is_known
    for _ in range(3):  # tags of notes, then their parents, then theirs
        use = done[source] & ~done[target]
        found = np.bincount(target[use], minlength=len(core))
        for axis in (0, 1):
            total = np.bincount(target[use], weights=places[source[use], axis], minlength=len(core))
            places[:, axis] = np.where(found > 0, total / np.maximum(found, 1), places[:, axis])
        done |= found > 0
    _unstack(places, radius, np.flatnonzero(is_tag & ~is_known))
    return np.asarray(spread(places / UNIT, radius * 1.15 / UNIT, fixed=~is_tag | is_known) * UNIT)


def _unstack(places: Floats, radius: Floats, nodes: Ints) -> None:
    """Move nodes that are in one place, when they are many, onto a spiral: pushing each pair apart takes too long."""
    if len(nodes) <= MOST_STACKED:
        return
    cell = max(4.0 * float(radius[nodes].max()), 1e-9)
    _, group, size = np.unique(np.round(places[nodes] / cell), axis=0, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    for stack in np.flatnonzero(size > MOST_STACKED):
        members = nodes[group == stack]
        number = np.arange(len(members))
        turn, away = number * GOLDEN_ANGLE, 1.7 * float(radius[members].max()) * np.sqrt(number)
        places[members] = places[members].mean(axis=0) + np.stack([np.cos(turn), np.sin(turn)], axis=1) * away[:, None]
