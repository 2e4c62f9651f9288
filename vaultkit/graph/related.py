"""Notes that have to do with a note, linked or not: by common neighbours, and by being named side by side."""

from __future__ import annotations

import math
from bisect import bisect_right

import numpy as np

from vaultkit.base.record import record
from vaultkit.graph.core import LINK, PARENT_TAG, TAGGED, GraphCore, Ints
from vaultkit.graph.metrics import gather, neighbour_lists
from vaultkit.graph.paths import hubs
from vaultkit.vault.snapshot import Snapshot

SHOWN_REASONS = 3
# How much two links in one note have to do with each other (as the Graph Analysis plugin weighs them).
SAME_LINE, SAME_SECTION, SAME_NOTE = 1.0, 0.5, 0.25


@record
class RelatedNote:
    """A node with its two scores.

    score:       sum of both, each as a share of the best one found, so at most 2.
    adamic_adar: sum over common neighbours w, index notes left out, of 1 / ln(neighbours of w).
    cocitation:  sum over notes that link to both, by closeness (same line 1, same section 1/2, same
                 note 1/4), divided by ln(1 + links of that note).
    is_linked:   there is a link between the two already.
    through:     the common neighbours and citing notes that count most.
    """

    node: int
    score: float
    adamic_adar: float
    cocitation: float
    is_linked: bool
    through: tuple[int, ...]


def related(vault: Snapshot, core: GraphCore, node: int, limit: int = 20) -> tuple[RelatedNote, ...]:
    """The nodes most related to ``node``, best first."""
    indptr, indices = neighbour_lists(core)
    shared = _adamic_adar(indptr, indices, node, frozenset(hubs(core).tolist()))
    cited = _cocitation(vault, core, node)
    linked = set(indices[indptr[node] : indptr[node + 1]].tolist())
    best_shared = max((sum(parts.values()) for parts in shared.values()), default=0.0) or 1.0
    best_cited = max((sum(parts.values()) for parts in cited.values()), default=0.0) or 1.0
    found = []
    for other in shared.keys() | cited.keys():
        one, two = shared.get(other, {}), cited.get(other, {})
        reasons: dict[int, float] = {}
        for parts in (one, two):
            for through, value in parts.items():
                reasons[through] = max(reasons.get(through, 0.0), value)
        ranked = sorted(reasons, key=lambda through: (-reasons[through], through))[:SHOWN_REASONS]
        adamic_adar, cocitation = sum(one.values()), sum(two.values())
        score = adamic_adar / best_shared + cocitation / best_cited
        found.append(RelatedNote(other, score, adamic_adar, cocitation, other in linked, tuple(ranked)))
    found.sort(key=lambda item: (-round(item.score, 12), item.node))
    return tuple(found[:limit])


def adamic_adar(neighbours: int) -> float:
    """What a common neighbour adds, by how many neighbours it has itself, at least 2."""
    return 1 / math.log(neighbours)


def _adamic_adar(indptr: Ints, indices: Ints, node: int, skipped: frozenset[int]) -> dict[int, dict[int, float]]:
    """Other node -> common neighbour -> what it adds. skipped: neighbours that add nothing."""
    found: dict[int, dict[int, float]] = {}
    for through in indices[indptr[node] : indptr[node + 1]].tolist():
        near = gather(indptr, indices, np.array([through])).tolist()
        if len(near) < 2 or through in skipped:
            continue
        worth = adamic_adar(len(near))
        for other in near:
            if other != node:
                found.setdefault(other, {})[through] = worth
    return found


def _cocitation(vault: Snapshot, core: GraphCore, node: int) -> dict[int, dict[int, float]]:
    """Other node -> citing note -> closeness of the closest pair of links."""
    found: dict[int, dict[int, float]] = {}
    is_link = (core.edge_kind != TAGGED) & (core.edge_kind != PARENT_TAG)
    for source in np.unique(core.source[(core.target == node) & is_link]).tolist():
        if source == node:
            continue
        edges = [edge for edge in range(core.indptr[source], core.indptr[source + 1]) if is_link[edge]]
        places = [(int(core.target[edge]), *_place(vault, core, source, edge)) for edge in edges]
        own = [place for place in places if place[0] == node]
        damping = float(np.log(1 + len({target for target, _, _ in places})))
        for target, line, section in places:
            if target in (node, source):
                continue
            closeness = max(
                SAME_LINE
                if line and line == here
                else SAME_SECTION
                if section >= 0 and section == within
                else SAME_NOTE
                for _, here, within in own
            )
            worth = closeness / damping
            parts = found.setdefault(target, {})
            parts[source] = max(parts.get(source, 0.0), worth)
    return found


def _place(vault: Snapshot, core: GraphCore, source: int, edge: int) -> tuple[int, int]:
    """(line, section) of a link; line 0 and section -1 where it has no place (properties, canvases)."""
    line = int(core.line[edge])
    note = vault.notes.get(core.paths[source])
    if not line or note is None or core.edge_kind[edge] > LINK + 1:
        return line, -1
    offset = note.line_starts[line - 1] + int(core.column[edge]) - 1
    at = bisect_right([section.start for section in note.sections], offset) - 1
    return line, at
