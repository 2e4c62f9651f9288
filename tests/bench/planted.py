"""A made-up vault graph with known communities, for measuring layouts and pages."""

from __future__ import annotations

import numpy as np


def planted(count: int, seed: int = 1):
    """(source, target, community, kinds): Pareto communities with preferential links inside, one note in eight with a long
    link to a hub, 8 % unresolved, 10 % attachments, 5 % orphans; community -1 for orphans."""
    rng = np.random.default_rng(seed)
    notes = int(count * 0.77)
    sizes = []
    while sum(sizes) < notes:
        sizes.append(int(min(12 + rng.pareto(1.2) * 18, max(notes // 8, 30))))
    sizes[-1] -= sum(sizes) - notes
    if sizes[-1] < 4 and len(sizes) > 1:
        sizes[-2] += sizes.pop()
    source, target, community = [], [], []
    starts, start = [], 0
    for number, size in enumerate(sizes):
        starts.append(start)
        ends = []
        for node in range(size):
            if node:
                for _ in range(min(2, node)):
                    other = int(ends[rng.integers(len(ends))]) if ends else 0
                    source.append(start + node)
                    target.append(start + other)
                    ends.append(other)
            ends.append(node)
        community += [number] * size
        start += size
    for node in range(start):
        hub = starts[int(rng.integers(len(starts)))]
        if rng.random() < 0.12 and hub != node:
            source.append(node)
            target.append(hub)
    extra = int(count * 0.18)
    for node in range(start, start + extra):
        host = int(rng.integers(start))
        source.append(host)
        target.append(node)
        community.append(community[host])
    community += [-1] * (count - len(community))
    kinds = ["note"] * notes + ["unresolved"] * int(count * 0.08)
    kinds += ["image"] * (start + extra - len(kinds))
    kinds += ["note"] * (count - len(kinds))
    return np.array(source), np.array(target), np.array(community), kinds


def near_own(places, community, k: int = 10) -> float:
    """Share of the ten nearest nodes that are of the same community, over nodes with one."""
    keep = np.flatnonzero(community >= 0)
    placed, group = places[keep], community[keep]
    shares = []
    for start in range(0, len(keep), 256):
        apart = ((placed[start : start + 256, None, :] - placed[None, :, :]) ** 2).sum(axis=2)
        apart[np.arange(len(apart)), start + np.arange(len(apart))] = np.inf
        found = np.argpartition(apart, k, axis=1)[:, :k]
        shares.append((group[found] == group[start : start + 256, None]).mean(axis=1))
    return float(np.concatenate(shares).mean())
