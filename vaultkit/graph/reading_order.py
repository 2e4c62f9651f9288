"""In which order to read the notes of a topic: what is needed first comes first.

A note that links to another one uses it, so the other comes first. Headings such as "Prerequisites" say so outright,
and so do numbers in the names of a series. A name that a text uses without a link counts a little. Notes that only
list the topic are an overview and come before all others.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

import numpy as np

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.graph.core import CONCEPT_KINDS, NOTE, TAG, TAGGED, GraphCore
from vaultkit.graph.gaps import may_be_read
from vaultkit.graph.mentions import Mentions, names
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

MEASURE = (
    "a note comes behind those that it links to, names or lists under headings such as Prerequisites, "
    "and behind lower numbers of its series; overviews come first"
)
LINK, MENTION, PREREQUISITE, NUMBER = 1.0, 0.4, 6.0, 3.0
OVERVIEW_SHARE, OVERVIEW_LINKS = 0.34, 6
_PREREQUISITES = re.compile(
    r"prerequisit|requirement|before you (?:read|start)|you should know|depends on|voraussetzung|vorwissen|prérequis"
    r"|requisit|prerrequisit|conoscenze|vereisten|voorkennis|предварительн|требовани|пререквизит|前置|先修|预备知识|前提",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
SHOWN_CYCLES = 10
MOST_WEIGHED = 59  # notes of a ring that are weighed against each other; those of a larger one come first


@record
class ReadingStep:
    """A note of the order.

    needed_by: how many notes behind it build on it.  builds_on: those before it that it uses.
    ahead: notes that it uses but that come later, since they use it, too.  is_overview: it only lists the topic.
    """

    path: str
    needed_by: int
    builds_on: tuple[str, ...]
    ahead: tuple[str, ...]
    is_overview: bool


@record
class ReadingOrder:
    """steps: all notes of the topic, the first to read first.  cycles: notes that use each other in a ring."""

    topic: str
    steps: tuple[ReadingStep, ...]
    cycles: tuple[tuple[str, ...], ...]


def notes_of_topic(vault: Snapshot, core: GraphCore, topic: str) -> tuple[str, tuple[str, ...]]:
    """The name and the notes of a topic: ``#tag``, a folder, a community by its name or a word of it, or a note.

    A note means the community that it is in.  core: the whole graph.

    Raises:
        VaultkitError: there is no such topic.
    """
    is_note = (core.kind == NOTE).tolist()
    asked = {path for path, at in core.files.items() if is_note[at] and may_be_read(vault, path)}
    if topic.startswith("#"):
        wanted = fold(topic[1:].rstrip("/"))
        tags = [at for at in np.flatnonzero(core.kind == TAG).tolist() if f"{core.paths[at]}/".startswith(f"{wanted}/")]
        edges = np.isin(core.target, tags) & (core.edge_kind == TAGGED)
        tagged = [core.paths[at] for at in np.unique(core.source[edges]).tolist()]
        return _topic(topic, topic, [path for path in tagged if path in asked])
    folder = topic.strip("/") + "/"
    folded = fold(folder)
    inside = [path for path in asked if fold(path).startswith(folded)]
    if inside:
        return _topic(folder, topic, inside)
    from vaultkit.graph.communities import communities

    concepts = core.only(CONCEPT_KINDS)
    found = communities(concepts, vault=vault)
    word = fold(topic)
    hits = [group for group in found.groups if fold(group.name) == word]
    hits += [group for group in found.groups if word in [fold(part) for part in group.name.split(", ")]]
    if not hits:
        labels = {fold(concepts.labels[node]): node for node in range(len(concepts) - 1, -1, -1)}
        node = concepts.files.get(topic, labels.get(word.removesuffix(".md"), -1))
        if node >= 0 and found.member[node] >= 0:
            hits = [found.groups[found.member[node]]]
    hits += [group for group in found.groups if word in fold(group.name)]
    if not hits:
        raise VaultkitError(
            f"{topic}: no such topic; name a #tag, a folder, a note, or one of `vaultkit graph communities`"
        )
    paths = [concepts.paths[node] for node in hits[0].nodes if concepts.kind[node] == NOTE]
    return _topic(hits[0].name, topic, [path for path in paths if path in asked])


def _topic(name: str, asked: str, paths: list[str]) -> tuple[str, tuple[str, ...]]:
    if not paths:
        raise VaultkitError(f"{asked}: no notes belong to this topic; `vaultkit graph communities` lists topics")
    return name, tuple(sorted(paths))


def reading_order(
    vault: Snapshot, paths: Iterable[str], read: Callable[[str], str], topic: str = "", *, with_mentions: bool = True
) -> ReadingOrder:
    """The order in which to read the notes at ``paths``.

    read: path -> text of a note.  with_mentions: whether names without a link count, too; their texts are read for it.
    """
    notes = sorted(set(paths))
    before = _needs(vault, notes, read, with_mentions=with_mentions)
    targets = {path: _targets(vault, path) for path in notes}
    overviews = _overviews(targets)
    uses: dict[str, dict[str, float]] = {path: {} for path in notes}
    for (first, then), weight in before.items():
        net = weight - before.get((then, first), 0.0)
        if net > 0 and first not in overviews and then not in overviews:
            uses[then][first] = net
    groups = _rings(uses)
    ordered = sorted(overviews, key=lambda path: (-len(targets[path]), path))
    ordered += [path for path in _arranged(groups, uses) if path not in overviews]
    place = {path: at for at, path in enumerate(ordered)}
    needed: Counter[str] = Counter(first for then in notes for first in uses[then] if place[first] < place[then])
    steps = tuple(
        ReadingStep(
            path,
            needed[path],
            tuple(sorted((first for first in uses[path] if place[first] < place[path]), key=place.__getitem__)),
            tuple(sorted((first for first in uses[path] if place[first] > place[path]), key=place.__getitem__)),
            path in overviews,
        )
        for path in ordered
    )
    rings = [_ring(group, uses) for group in groups if len(group) > 1]
    return ReadingOrder(topic, steps, tuple(sorted(rings, key=lambda ring: (len(ring), ring)))[:SHOWN_CYCLES])


def _needs(
    vault: Snapshot, notes: list[str], read: Callable[[str], str], *, with_mentions: bool
) -> dict[tuple[str, str], float]:
    """(note to read first, note that uses it) -> how much says so."""
    inside = set(notes)
    found: dict[tuple[str, str], float] = {}

    def add(first: str, then: str, weight: float) -> None:
        if first != then:
            found[first, then] = max(found.get((first, then), 0.0), weight)

    for path in notes:
        note = vault.notes[path]
        starts = [heading.start for heading in note.headings]
        for bound in vault.links_of(path):
            if bound.target in inside and bound.target is not None:
                at = bisect_right(starts, bound.link.start) - 1
                is_listed = at >= 0 and _PREREQUISITES.search(note.headings[at].text) is not None
                add(bound.target, path, PREREQUISITE if is_listed else LINK)
    if with_mentions:
        finder = Mentions(names(vault, inside))
        for path in notes:
            for mention in finder.find(path, vault.notes[path], read(path)):
                add(mention.name.path, path, MENTION)
    for first, then in _series(notes):
        add(first, then, NUMBER)
    return found


def _series(notes: list[str]) -> Iterator[tuple[str, str]]:
    """Neighbours in a series of names that differ in their first number only, such as "week_2_-_graphs" and "week_3_-_sets"."""
    series: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for path in notes:
        number = _NUMBER.search(basename(path))
        if number and len(number[0]) <= 3:
            key = path.rpartition("/")[0], basename(path)[: number.start()]
            series.setdefault(key, []).append((int(number[0]), path))
    for (_, prefix), members in series.items():
        if len(members) > 1 and len({number for number, _ in members}) == len(members) and not prefix[-1:].isdigit():
            ordered = [path for _, path in sorted(members)]
            yield from pairwise(ordered)


def _targets(vault: Snapshot, path: str) -> set[str]:
    """The files that links and properties of a note open."""
    found = {bound.target for bound in vault.links_of(path)}
    found.update(vault.resolve(link.linkpath, path).path for link in vault.notes[path].property_links)
    return {target for target in found if target is not None}


def _overviews(targets: Mapping[str, set[str]]) -> set[str]:
    """Notes that link to a third of the topic and to more than they are linked from. targets: of each of its notes."""
    inside = {path: (found & targets.keys()) - {path} for path, found in targets.items()}
    back = Counter(target for found in inside.values() for target in found)
    return {
        path
        for path, found in inside.items()
        if len(found) >= OVERVIEW_LINKS and len(found) >= OVERVIEW_SHARE * len(targets) and len(found) > back[path]
    }


def _rings(uses: dict[str, dict[str, float]]) -> list[list[str]]:
    """Strongly connected groups of notes (Tarjan, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    found: list[list[str]] = []
    for root in uses:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [(root, iter(sorted(uses[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(sorted(uses[other]))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    found.append(sorted(stack[at:]))
                    on_stack.difference_update(stack[at:])
                    del stack[at:]
    return found


def _arranged(groups: list[list[str]], uses: dict[str, dict[str, float]]) -> list[str]:
    """The notes group by group, what is used before what uses it; of several that can come next the one that most
    others build on, and rather one that the note before leads to."""
    group_of = {path: at for at, group in enumerate(groups) for path in group}
    waits = [{group_of[first] for path in group for first in uses[path]} - {at} for at, group in enumerate(groups)]
    leads: dict[int, set[int]] = {}
    for at, needed in enumerate(waits):
        for first in needed:
            leads.setdefault(first, set()).add(at)
    weight = _builders(waits)
    left = [len(needed) for needed in waits]
    # A group that has just become free is read next: its topic is fresh.
    clock = 0
    ready = [(0, -weight[at], groups[at][0], at) for at in range(len(groups)) if not left[at]]
    heapq.heapify(ready)
    ordered: list[str] = []
    while ready:
        *_, at = heapq.heappop(ready)
        ordered += _unrolled(groups[at], uses)
        clock -= 1
        for after in sorted(leads.get(at, ())):
            left[after] -= 1
            if not left[after]:
                heapq.heappush(ready, (clock, -weight[after], groups[after][0], after))
    return ordered


def _builders(waits: list[set[int]]) -> list[int]:
    """How many groups build on each one, directly or through others. waits: what each needs, lower numbers only."""
    found = [0] * len(waits)
    for at in range(len(waits) - 1, -1, -1):  # Tarjan's order: a group stands behind all that it needs
        for first in waits[at]:
            found[first] |= found[at] | 1 << at
    return [bits.bit_count() for bits in found]


def _unrolled(group: list[str], uses: dict[str, dict[str, float]]) -> list[str]:
    """The notes of a ring, those first that others use most beyond what they use themselves."""
    tail = max(0, len(group) - MOST_WEIGHED)
    ordered, left = group[:tail], group[tail:]
    beyond = {path: sum(uses[other].get(path, 0.0) for other in left) for path in left}
    for path in left:
        beyond[path] -= sum(weight for first, weight in uses[path].items() if first in beyond)
    while left:
        best = min(left, key=lambda path: (-round(beyond[path], 6), path))
        left.remove(best)
        ordered.append(best)
        for other in left:  # what is placed neither uses others nor is used by them any more
            beyond[other] += uses[other].get(best, 0.0) - uses[best].get(other, 0.0)
    return ordered


def _ring(group: list[str], uses: dict[str, dict[str, float]]) -> tuple[str, ...]:
    """A shortest ring through the first note of the group that uses another one of it."""
    inside = set(group)
    start = group[0]
    before: dict[str, str] = {}
    frontier = [start]
    while frontier:
        after = []
        for path in frontier:
            for first in sorted(uses[path]):
                if first == start:
                    ring = [path]
                    while ring[-1] != start:
                        ring.append(before[ring[-1]])
                    return tuple(reversed(ring))
                if first in inside and first not in before:
                    before[first] = path
                    after.append(first)
        frontier = after
    return tuple(group)
