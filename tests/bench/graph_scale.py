"""How long the graph's measures take on a generated vault: `python tests/bench/graph_scale.py [NODES]`.

The graph has the shape of a vault: communities of Pareto size with preferential attachment inside,
12 % of links to hubs elsewhere, 8 % unresolved names, 5 % orphans, 1.8 links a node. Prints one line
a step with seconds and the process's peak memory; a step runs once. Not a test: nothing here asserts.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from vaultkit.graph.core import LINK, NOTE, UNRESOLVED, GraphCore

SEED = 1
LINKS_PER_NODE = 1.8


def generated(nodes: int) -> GraphCore:
    """The arrays of a generated vault."""
    chance = np.random.default_rng(SEED)
    links = int(nodes * LINKS_PER_NODE)
    unresolved = nodes * 8 // 100
    notes = nodes - unresolved
    linked = notes - notes * 5 // 100
    sizes = np.minimum((chance.pareto(1.2, nodes // 20 + 1) + 1) * 10, linked / 4).astype(np.int64)
    ends = np.cumsum(sizes)
    ends = np.append(ends[ends < linked], linked)
    starts = np.concatenate(([0], ends[:-1]))
    source = np.sort(chance.integers(0, linked, links)).astype(np.int32)
    group = np.searchsorted(ends, source, side="right")
    # The square of a uniform number favours the first nodes of a community, its heads.
    inside = starts[group] + (chance.random(links) ** 2 * (ends[group] - starts[group])).astype(np.int64)
    kind = chance.random(links)
    hubs = starts[chance.integers(0, len(starts), links)]
    missing = notes + (chance.random(links) ** 2 * unresolved).astype(np.int64)
    target = np.where(kind < 0.12, hubs, np.where(kind < 0.20, missing, inside)).astype(np.int32)
    labels = [f"Note on thing {at}" for at in range(nodes)]
    return GraphCore(
        np.where(np.arange(nodes) < notes, NOTE, UNRESOLVED).astype(np.uint8),
        [f"Folder {at % 100}/{label}.md" if at < notes else label for at, label in enumerate(labels)],
        labels,
        source,
        target,
        np.full(links, LINK, np.uint8),
        line=np.ones(links, np.int32),
        column=np.ones(links, np.int32),
    )


def timed(label: str, step: Callable[[], Any]) -> Any:
    """Run a step, print how long it took and the peak memory so far."""
    start = time.perf_counter()
    answer = step()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label:38} {seconds:8.2f} s   peak {peak:7.0f} MB", flush=True)
    return answer


def main() -> None:
    nodes = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"{nodes:,} nodes, {int(nodes * LINKS_PER_NODE):,} links")
    core = timed("generate", lambda: generated(nodes))
    from vaultkit.graph.bridges import bridges
    from vaultkit.graph.build import networkx_graph
    from vaultkit.graph.metrics import components, core_numbers, degrees, pagerank
    from vaultkit.graph.stats import stats

    timed("collapse to one edge a pair", lambda: core.collapsed)
    timed("degrees", lambda: degrees(core))
    timed("PageRank", lambda: pagerank(core))
    timed("components", lambda: components(core))
    timed("core numbers", lambda: core_numbers(core))
    timed("all of graph stats", lambda: stats(core))
    timed("bridges and cut nodes", lambda: bridges(core))
    if nodes <= 200_000:
        timed("networkx MultiDiGraph", lambda: networkx_graph(core))


if __name__ == "__main__":
    main()
