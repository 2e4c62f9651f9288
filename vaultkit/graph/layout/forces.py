"""Springs along links and repulsion between all nodes, the latter from one density grid by FFT.

A force between each pair costs the square of the number of nodes. Here the nodes are spread on
a grid, the grid is folded with the force of one node, and each node reads its force back: the
cost grows with the grid (n log n).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vaultkit.graph.metrics import distinct
from vaultkit.graph.sparse import Sparse, near

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CELL = 0.6  # of the mean distance between nodes
REACH = 7.0  # how far a node pushes, in mean distances
SMALL = 360  # up to here comparing all pairs is quicker than the grid
LARGEST_GRID = 2048


class Repulsion:
    """The push between nodes, read from a grid that covers the square from -half to half."""

    def __init__(self, half: float) -> None:
        wanted = 2 * (half + 2 * REACH) / CELL
        self.size = _fast_size(min(int(wanted) + 2, LARGEST_GRID))
        self.cell = 2 * (half + 2 * REACH) / self.size
        self.half = half + 2 * REACH
        offset = np.minimum(np.arange(self.size), self.size - np.arange(self.size)) * self.cell
        sign = np.where(np.arange(self.size) <= self.size // 2, 1.0, -1.0)
        across, down = np.meshgrid(offset, offset)
        push = _push(across**2 + down**2).astype(np.float32)
        self.kernel_x = np.fft.rfft2(push * (across * sign[None, :]).astype(np.float32))
        self.kernel_y = np.fft.rfft2(push * (down * sign[:, None]).astype(np.float32))

    def of(self, places: Floats) -> Floats:
        """Force (n, 2) on each node."""
        spot = np.clip((places + self.half) / self.cell, 0, self.size - 1.001)
        low = spot.astype(np.int64)
        part = spot - low
        x, y = low[:, 0], low[:, 1]
        u, v = part[:, 0], part[:, 1]
        corners = ((0, 0, (1 - u) * (1 - v)), (1, 0, u * (1 - v)), (0, 1, (1 - u) * v), (1, 1, u * v))
        flat = y * self.size + x
        density = np.zeros(self.size * self.size)
        for right, below, weight in corners:
            density += np.bincount(flat + below * self.size + right, weights=weight, minlength=len(density))
        spectrum = np.fft.rfft2(density.reshape(self.size, self.size).astype(np.float32))
        shape = (self.size, self.size)
        force = np.zeros_like(places)
        for axis, kernel in enumerate((self.kernel_x, self.kernel_y)):
            field = np.fft.irfft2(spectrum * kernel, s=shape).ravel()
            for right, below, weight in corners:
                force[:, axis] += field[flat + below * self.size + right] * weight
        return force


def _fast_size(least: int) -> int:
    """The smallest size from ``least`` on without a prime factor above 5, which an FFT is quick for."""
    size = max(least, 1)
    while True:
        rest = size
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return size
        size += 1


def _push(squared: Floats) -> Floats:
    """Push of one node at a squared distance, to be multiplied with the offset."""
    return np.asarray(np.exp(-squared / REACH**2) / (squared + 0.35))


def pairwise(places: Floats) -> Floats:
    """The same force as `Repulsion` gives, from all pairs."""
    apart = places[:, None, :] - places[None, :, :]
    return np.asarray((apart * _push((apart**2).sum(axis=2))[:, :, None]).sum(axis=1))


def relax(places: Floats, matrix: Sparse, home: Floats, reach: Floats, group: Ints, *, rounds: int) -> Floats:
    """Places after springs, repulsion and the pull of each node's home have come to rest.

    matrix: symmetric weights. home: (n, 2) centre of the node's group; reach: radius of that group.
    """
    row, column = matrix.rows, matrix.indices
    degree = np.maximum(np.diff(matrix.indptr), 1).astype(float)
    inside = group[row] == group[column]
    # Links of a hub are weak one by one, else its leaves all sit in one point; links between
    # groups only turn the groups' edges toward each other.
    stiff = np.where(inside, 1.0, 0.06) / np.sqrt(np.minimum(degree[row], degree[column]))
    springs = Sparse(matrix.indptr, column, stiff * 0.5, matrix.shape)
    load = springs.sums[:, None]
    soft = np.maximum(load, 1.0)
    half = float(np.abs(home).max(initial=0.0) + reach.max(initial=1.0)) * 1.05
    grid = None if len(places) <= SMALL else Repulsion(half)
    places = places.copy()
    for step in range(rounds):
        heat = (1.0 - step / rounds) ** 1.2
        force = springs.dot(places) - load * places
        force += 0.42 * (pairwise(places) if grid is None else grid.of(places))
        offset = places - home
        distance = np.sqrt((offset**2).sum(axis=1)) + 1e-9
        beyond = np.maximum(distance - reach, 0.0)
        force -= offset * (0.03 + 0.6 * beyond / distance)[:, None]
        move = force / soft
        length = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        limit = 0.15 + 1.6 * heat
        places += move * np.minimum(1.0, limit / length) * 0.7
    return places


def spread(places: Floats, radius: Floats, *, rounds: int = 24, fixed: NDArray[np.bool_] | None = None) -> Floats:
    """Places with overlapping discs pushed apart. fixed: nodes that stay where they are."""
    places = places.copy()
    widest = float(radius.max(initial=0.0))
    order = np.argsort(-radius, kind="stable")
    for _ in range(rounds):
        # Few discs are wide: pairs of ordinary ones are found with an ordinary search radius.
        usual = float(np.quantile(radius, 0.98)) if len(radius) > 50 else widest
        pairs = _pairs(places, radius, usual, order[radius[order] > usual])
        if not len(pairs):
            break
        first, second = pairs[:, 0], pairs[:, 1]
        apart = places[first] - places[second]
        distance = np.sqrt((apart**2).sum(axis=1))
        overlap = radius[first] + radius[second] - distance
        hit = overlap > 1e-6
        if not hit.any():
            break
        first, second, apart, distance, overlap = (part[hit] for part in (first, second, apart, distance, overlap))
        same = distance < 1e-6
        turn = (first[same] * 2.399963) % (2 * np.pi)
        apart[same] = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        distance = np.where(same, 1.0, distance)
        weight = radius[second] / (radius[first] + radius[second])
        push = apart / distance[:, None] * overlap[:, None] * 0.55
        for axis in (0, 1):
            change = np.bincount(first, weights=push[:, axis] * weight, minlength=len(places))
            change -= np.bincount(second, weights=push[:, axis] * (1 - weight), minlength=len(places))
            places[:, axis] += change if fixed is None else np.where(fixed, 0.0, change)
    return places


def _pairs(places: Floats, radius: Floats, usual: float, wide: Ints) -> Ints:
    """The pairs (k, 2) of discs that may overlap. usual: the largest radius of those that are not ``wide``."""
    asked = np.concatenate([np.arange(len(places)), wide])
    reach = np.concatenate([np.full(len(places), 2 * usual), radius[wide] + radius.max(initial=0.0)])
    first, second = near(places, reach, asked, max(2 * usual, 1e-9))
    key = np.minimum(first, second) * len(places) + np.maximum(first, second)
    key = distinct(key)
    return np.stack([key // len(places), key % len(places)], axis=1)
