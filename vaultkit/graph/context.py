"""How well the text of a note fits the subject of another one, whatever the language.

A name may be an everyday word: "current" in a note on methods is not electric current. So a note's text is compared with
the text of the target and of the notes that are linked with it already (TF-IDF of each note's most typical words). The
answer is a rank, the share of all notes that fit the target less well, so it means the same in every vault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from vaultkit.graph.sparse import Sparse, added, from_entries, places_in
from vaultkit.graph.vectors import vectors
from vaultkit.graph.words import stem, terms
from vaultkit.vault.snapshot import Snapshot

MOST_NOTES = 20_000  # above, reading and comparing all texts takes too long
UNKNOWN = 0.5


class Contexts:
    """The notes of a vault as vectors of words."""

    def __init__(self, vault: Snapshot, paths: Iterable[str], links: Mapping[str, Iterable[str]] | None = None) -> None:
        """links: source -> targets, of those that say what a note is about; by default all of the vault."""
        found = vectors(vault, paths)
        self._row = found.rows
        self._words = found.columns
        self._vectors = found.values
        self._around = self._mean_of_linked(vault.resolved if links is None else links)
        self._ranks: dict[tuple[str, str], npt.NDArray[np.float64]] = {}

    def fit(self, source: str, target: str, name: str) -> float:
        """The share of notes whose text fits ``target`` less well than that of ``source``, from 0 to 1.

        name: what the text calls the target; its words, which stand in both, are not compared. `UNKNOWN` where a text
        has no words to compare.
        """
        if source not in self._row or target not in self._row:
            return UNKNOWN
        key = target, name
        if key not in self._ranks:
            self._ranks = {key: self._all(target, name)}  # suggestions are asked target by target
        likeness = self._ranks[key]
        here = self._row[source]
        if not self._vectors.indptr[here + 1] > self._vectors.indptr[here]:
            return UNKNOWN
        own = likeness[here]
        others = np.delete(likeness, self._row[target])
        if not others.any():
            return UNKNOWN
        return float(((others < own).sum() + 0.5 * (others == own).sum()) / len(others))

    def _all(self, target: str, name: str) -> npt.NDArray[np.float64]:
        row = self._row[target]
        linked = slice(self._around.indptr[row], self._around.indptr[row + 1])
        others, shares = self._around.indices[linked], self._around.data[linked]
        starts, ends = self._vectors.indptr[others], self._vectors.indptr[others + 1]
        at = places_in(starts, ends)
        weights = np.repeat(shares, ends - starts) * self._vectors.data[at]
        subject = self._vectors.dense_row(row)
        subject += added(self._vectors.indices[at], weights, len(subject))
        for word in terms(name):
            if stem(word) in self._words:
                subject[self._words[stem(word)]] = 0.0
        return self._likeness(subject)

    def _likeness(self, subject: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The product of all vectors with one, which has few words."""
        words = np.flatnonzero(subject)
        having = self._vectors.by_column
        starts, ends = having.indptr[words], having.indptr[words + 1]
        at = places_in(starts, ends)
        weights = having.data[at] * np.repeat(subject[words], ends - starts)
        return added(having.indices[at], weights, len(self._row))

    def _mean_of_linked(self, links_of: Mapping[str, Iterable[str]]) -> Sparse:
        """For each note a row that takes the mean of those that are linked with it."""
        rows, columns = [], []
        for source, targets in links_of.items():
            for target in targets:
                if source in self._row and target in self._row and source != target:
                    rows += [self._row[source], self._row[target]]
                    columns += [self._row[target], self._row[source]]
        count = len(self._row)
        links = from_entries(rows, columns, np.ones(len(rows)), (count, count))
        links.data[:] = 1.0
        return links.scaled(1.0 / np.maximum(np.diff(links.indptr), 1.0))
