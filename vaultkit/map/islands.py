"""The communities of the map and the parts of large ones, with their names."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from vaultkit.base.record import changed, record
from vaultkit.graph.core import CONCEPT_KINDS, GraphCore
from vaultkit.vault.snapshot import Snapshot

LARGE = 90  # nodes of a community from which it is parted
FEWEST = 10  # nodes of a part


@record
class NamedIsland:
    """A community. hub: id of the node that it is named after; terms: words that its texts share."""

    name: str
    hub: str
    size: int
    terms: tuple[str, ...]


@record
class Islands:
    """Communities, the largest first, as `vaultkit graph communities` has them.

    member:  id -> index into ``groups``.
    parts:   (name, index into groups) of each part of a large community.  part_of: id -> index into ``parts``.
    """

    member: dict[str, int]
    groups: tuple[NamedIsland, ...]
    parts: tuple[tuple[str, int], ...]
    part_of: dict[str, int]


def named_islands(core: GraphCore, vault: Snapshot | None, *, has_pictures: bool = True) -> Islands:
    """Find and name the communities.

    vault: where texts are read for the names; None names by links alone, and finds no parts.
    has_pictures: whether the texts of pictures count for names.
    """
    from vaultkit.graph.communities import communities

    concepts = core.only(CONCEPT_KINDS)
    found = communities(concepts, vault=vault, has_pictures=has_pictures)
    member = {node: at for node, at in zip(concepts.ids, found.member, strict=True) if at >= 0}
    groups = tuple(
        NamedIsland(group.name, concepts.ids[group.hub], len(group.nodes), tuple(group.terms)) for group in found.groups
    )
    parts: list[tuple[str, int]] = []
    part_of: dict[str, int] = {}
    numbers = np.array(found.member)
    for at, group in enumerate(found.groups):
        if vault is None or len(group.nodes) < LARGE:
            continue
        inner = concepts.keep(numbers == at)
        for part in communities(inner, vault=vault, has_pictures=has_pictures).groups:
            if len(part.nodes) >= FEWEST:
                part_of.update({inner.ids[node]: len(parts) for node in part.nodes})
                parts.append((part.name, at))
    return Islands(member, groups, tuple(parts), part_of)


def with_new_nodes(islands: Islands, core: GraphCore) -> Islands:
    """Return the communities with those nodes of the graph that are in none: each where most of its neighbours are."""
    concepts = core.only(CONCEPT_KINDS)
    community = np.array([islands.member.get(node, -1) for node in concepts.ids], dtype=np.int64)
    member = dict(islands.member)
    near: dict[int, Counter[int]] = {}
    for node, other in ((concepts.source, concepts.target), (concepts.target, concepts.source)):
        for edge in np.flatnonzero((community[node] < 0) & (community[other] >= 0)).tolist():
            near.setdefault(int(node[edge]), Counter())[int(community[other[edge]])] += 1
    for at, counts in near.items():
        member[concepts.ids[at]] = min(counts, key=lambda group: (-counts[group], group))
    return changed(islands, member=member)


def islands_to_json(islands: Islands) -> Any:
    """The communities as JSON can hold them."""
    groups = [[one.name, one.hub, one.size, list(one.terms)] for one in islands.groups]
    return [islands.member, groups, [list(part) for part in islands.parts], islands.part_of]


def islands_from_json(held: Any) -> Islands:
    """The communities that `islands_to_json` wrote.

    Raises:
        ValueError, TypeError: it is something else.
    """
    member, groups, parts, part_of = held
    return Islands(
        {str(node): int(at) for node, at in member.items()},
        tuple(NamedIsland(str(name), str(hub), int(size), tuple(terms)) for name, hub, size, terms in groups),
        tuple((str(name), int(at)) for name, at in parts),
        {str(node): int(at) for node, at in part_of.items()},
    )
