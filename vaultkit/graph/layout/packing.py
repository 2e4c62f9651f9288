"""Discs on a plane: communities next to those they are linked with, loose pieces in the gaps, orphans on a shelf."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vaultkit.graph.sparse import Sparse

Floats = NDArray[np.float64]
GRID = 160  # cells across when looking for a gap; a finer grid finds no better ones
WIDE = np.array([0.75, 1.4])  # pull to the middle along x and y: a page is wider than it is tall
MANY = 400  # from here on fewer rounds, since each compares all pairs of discs


def settle(radius: Floats, ties: Sparse, gap: float) -> Floats:
    """Centres (n, 2) of discs: near those they have ties with, none upon another, round the origin.

    radius: falling. ties: symmetric weights between the discs.
    """
    count = len(radius)
    turn = np.pi * (3 - np.sqrt(5))
    reach = np.sqrt(np.cumsum(radius**2))
    angle = np.arange(count) * turn
    centre = np.stack([np.cos(angle), np.sin(angle)], axis=1) * (reach - radius)[:, None] * 1.3
    if count == 1:
        return np.zeros((1, 2))
    strength = ties.sums
    pull = ties.scaled(1.0 / np.maximum(strength, 1e-9))
    tied = (strength > 0)[:, None]
    rounds = 260 if count < MANY else 70
    need = radius[:, None] + radius[None, :] + gap
    share = (radius[None, :] ** 2) / (radius[:, None] ** 2 + radius[None, :] ** 2)
    np.fill_diagonal(need, 0.0)
    for step in range(rounds):
        heat = 1.0 - step / rounds
        toward = pull.dot(centre)
        centre += tied * (toward - centre) * 0.22 * heat - centre * WIDE * (0.02 * heat + 0.004)
        for _ in range(2):
            apart = centre[:, None, :] - centre[None, :, :]
            distance = np.sqrt((apart**2).sum(axis=2)) + 1e-9
            overlap = np.maximum(need - distance, 0.0)
            centre += (apart * (overlap * share / distance)[:, :, None]).sum(axis=1) * 0.6
    return np.asarray(centre - centre.mean(axis=0))


def fill_gaps(centre: Floats, radius: Floats, pieces: Floats, gap: float) -> Floats:
    """Centres (m, 2) for further discs of the radii ``pieces`` (falling): each as far in as it fits."""
    if not len(pieces):
        return np.zeros((0, 2))
    area = float((pieces + gap) @ (pieces + gap)) * 4
    outer = float((np.hypot(*centre.T) + radius).max()) if len(centre) else 0.0
    half = float(np.sqrt(outer**2 + area)) * 1.15 + float(pieces[0]) + gap
    axis = (np.arange(GRID) + 0.5) / GRID * 2 * half - half
    across, down = np.meshgrid(axis * 1.0, axis * 1.0)
    # A page is wider than it is tall, so the sides fill first.
    order = np.hypot(across, down * 1.35)
    clear = np.full(across.shape, np.inf)
    for (x, y), r in zip(centre, radius, strict=True):
        np.minimum(clear, np.hypot(across - x, down - y) - r, out=clear)
    found = np.zeros((len(pieces), 2))
    for index, piece in enumerate(pieces):
        fits = np.where(clear >= piece + gap, order, np.inf)
        at = int(fits.argmin())
        x, y = float(across.flat[at]), float(down.flat[at])
        found[index] = x, y
        np.minimum(clear, np.hypot(across - x, down - y) - piece, out=clear)
    return found


def shelf(groups: Sequence[int], width: float, step: float, *, fills: bool = False) -> Floats:
    """Places (n, 2) for nodes without links: one block for each group, blocks in rows of ``width``.

    groups: sizes, in the order in which the nodes come. The first row starts at (0, 0), y grows downward.
    fills: a block may take the whole width; else it is about twice as wide as tall.
    """
    blocks: list[Floats] = []
    left = top = tallest = 0.0
    for size in groups:
        most = max(1, int(width / step))
        columns = most if fills else max(1, min(int(np.ceil(np.sqrt(size * 2.2))), most))
        index = np.arange(size)
        rows = -(-size // columns)
        if left > 0 and left + columns * step > width:
            left, top, tallest = 0.0, top + tallest + 1.6 * step, 0.0
        blocks.append(np.stack([left + (index % columns) * step, top + (index // columns) * step], axis=1))
        left += (columns + 0.8) * step
        tallest = max(tallest, rows * step)
    return np.concatenate(blocks) if blocks else np.zeros((0, 2))
