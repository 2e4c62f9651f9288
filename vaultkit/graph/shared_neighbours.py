"""Notes that share neighbours and have no link: pairs two steps apart, weighed by Adamic and Adar's measure.

A common neighbour that few notes touch says more than one that all touch. Index notes (`vaultkit.graph.paths.hubs`) say
nothing, and nodes with more than `MOST_NEIGHBOURS` neighbours would make too many pairs: both are passed over.
"""

from __future__ import annotations

import math
from itertools import combinations

from vaultkit.graph.core import NOTE, GraphCore
from vaultkit.graph.metrics import neighbour_lists
from vaultkit.graph.paths import hubs
from vaultkit.graph.related import adamic_adar
from vaultkit.graph.suggest import Suggestion, is_asked
from vaultkit.vault.snapshot import Snapshot

MOST_NEIGHBOURS = 60
# Pairs that are weighed: beyond, memory and minutes; then neighbours must be rarer to count.
MOST_PAIRS = 3_000_000
FEWEST_COMMON = 2
SHOWN = 3
MOST_SCORE = 0.9


def two_hops(vault: Snapshot, core: GraphCore, *, only: str | None = None) -> tuple[tuple[Suggestion, ...], str]:
    """Pairs of notes without a link and with two or more common neighbours, best first; and what was bounded.

    core: the graph of notes and unresolved names.  only: pairs with this note.
    The score is the share of such pairs that a reader judged to belong together, at most 0.9.
    """
    indptr, indices = neighbour_lists(core)
    starts, near = indptr.tolist(), indices.tolist()
    wanted = core.files.get(only, -1) if only is not None else None
    is_open = [core.kind[at] == NOTE and is_asked(vault, core.paths[at]) for at in range(len(core))]
    most = _most_neighbours([starts[at + 1] - starts[at] for at in range(len(core))])
    index_notes = set(hubs(core).tolist())
    passed = 0
    found: dict[tuple[int, int], list[tuple[float, int]]] = {}
    for through in range(len(core)):
        around = near[starts[through] : starts[through + 1]]
        if len(around) < 2 or (wanted is not None and wanted not in around):
            continue
        if len(around) > most or through in index_notes:
            passed += 1
            continue
        worth = adamic_adar(len(around))
        for pair in combinations([at for at in around if is_open[at]], 2):
            if wanted is None or wanted in pair:
                found.setdefault(pair, []).append((worth, through))
    linked = [frozenset(near[starts[at] : starts[at + 1]]) if is_open[at] else frozenset() for at in range(len(core))]
    rows = [
        _suggestion(core, *pair, common)
        for pair, common in found.items()
        if len(common) >= FEWEST_COMMON and pair[1] not in linked[pair[0]]
    ]
    rows.sort(key=lambda row: (-row.score, row.source, row.target))
    note = f"{passed:,} index notes and nodes with more than {most} neighbours connect nothing here" if passed else ""
    return tuple(rows), note


def _most_neighbours(degrees: list[int]) -> int:
    """The most neighbours that a node may have to be looked at, so that there are not too many pairs."""
    pairs = 0
    for degree in sorted(degrees):
        if degree > MOST_NEIGHBOURS:
            break
        pairs += degree * (degree - 1) // 2
        if pairs > MOST_PAIRS:
            return degree - 1
    return MOST_NEIGHBOURS


def _suggestion(core: GraphCore, one: int, two: int, common: list[tuple[float, int]]) -> Suggestion:
    common.sort(key=lambda entry: (-entry[0], entry[1]))
    shared = 0.5 * (1 - math.exp(-sum(worth for worth, _ in common) / 2))
    names = ", ".join(core.labels[through] for _, through in common[:SHOWN])
    rest = f" and {len(common) - SHOWN} more" if len(common) > SHOWN else ""
    return Suggestion(
        core.paths[one],
        core.paths[two],
        "near",
        "",
        False,
        "",
        0,
        0,
        1,
        1,
        0,
        round(min(MOST_SCORE, 1 / (1 + math.exp(1.7 - 10.7 * shared))), 4),
        f"no link either way, {len(common)} common neighbours: {names}{rest}",
        "",
    )
