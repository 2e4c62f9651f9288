"""Notes as vectors of their typical words (TF-IDF), which say how alike two texts are, in any language."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from vaultkit.base.record import record
from vaultkit.graph.sparse import Sparse, from_entries
from vaultkit.graph.words import note_terms, stem, terms
from vaultkit.vault.snapshot import Snapshot, basename

TYPICAL = 30  # words of a note that are compared
NAME_TIMES = 3  # what a word of a note's name counts beside one of its text
FEWEST_TOPICS = 5  # from which on it says something that all of them use a word


@record
class Vectors:
    """rows: path -> row; columns: word stem -> column; values: rows of length 1, or 0 for a note without words.

    spelled: column -> the most frequent form of the word.
    """

    rows: dict[str, int]
    columns: dict[str, int]
    values: Sparse
    spelled: tuple[str, ...]


def vectors(vault: Snapshot, paths: Iterable[str], topic_of: Mapping[str, int] | None = None) -> Vectors:
    """The vectors of the notes at ``paths``; words of one note only are left out, since they compare with nothing.

    topic_of: path -> topic. When given, names of notes count as text, and words that all topics use count less.
    """
    rows = {path: at for at, path in enumerate(paths)}
    counts: list[Counter[str]] = []
    forms: dict[str, Counter[str]] = {}
    stems: dict[str, str] = {}
    for path in rows:
        words = Counter(note_terms(vault, path))
        if topic_of is not None:
            words.update(list(terms(basename(path).replace("_", " "))) * NAME_TIMES)
        count: Counter[str] = Counter()
        for word, times in words.items():
            short = stems.get(word)
            if short is None:
                short = stems[word] = stem(word)
                forms.setdefault(short, Counter())
            count[short] += times
            forms[short][word] += 1
        counts.append(count)
    found = Counter(word for count in counts for word in count)
    columns = {word: at for at, word in enumerate(word for word, notes in found.items() if notes > 1)}
    idf = {word: float(np.log(len(counts) / found[word])) for word in columns}
    if topic_of is not None:
        focus = _focus([topic_of[path] for path in rows], counts)
        idf = {word: weight * focus[word] for word, weight in idf.items()}
    at_row: list[int] = []
    at_column: list[int] = []
    values: list[float] = []
    for at, count in enumerate(counts):
        weighed = {word: (1 + math.log(times)) * idf[word] for word, times in count.items() if word in columns}
        best = sorted(weighed, key=lambda word: (-weighed[word], word))[:TYPICAL]
        length = math.sqrt(sum(weighed[word] ** 2 for word in best)) or 1.0
        at_row += [at] * len(best)
        at_column += [columns[word] for word in best]
        values += [weighed[word] / length for word in best]
    matrix = from_entries(at_row, at_column, values, (len(counts), max(len(columns), 1)))
    spelled = tuple(min(forms[word], key=lambda form: (-forms[word][form], form)) for word in columns)
    return Vectors(rows, columns, matrix, spelled)


def _focus(topics: Sequence[int], counts: Sequence[Counter[str]]) -> dict[str, float]:
    """Word -> 1 for a word of one topic, 0 for one that all topics use alike (entropy over the topics)."""
    sizes = Counter(topics)
    if len(sizes) < FEWEST_TOPICS:
        return dict.fromkeys((word for count in counts for word in count), 1.0)
    shares: dict[str, Counter[int]] = {}
    for topic, count in zip(topics, counts, strict=True):
        for word in count:
            shares.setdefault(word, Counter())[topic] += 1
    found = {}
    for word, notes in shares.items():
        rates = np.array([number / sizes[topic] for topic, number in notes.items()])
        rates /= rates.sum()
        found[word] = 1.0 + float((rates * np.log(rates)).sum()) / float(np.log(len(sizes)))
    return found
