"""Topics that speak alike and hardly link, with the notes on both sides that should meet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from vaultkit.base.record import record
from vaultkit.graph.communities import communities
from vaultkit.graph.core import CONCEPT_KINDS, NOTE, GraphCore
from vaultkit.graph.everyday_words import is_everyday
from vaultkit.graph.metrics import pairs
from vaultkit.graph.sparse import product_rows
from vaultkit.graph.topics import is_topic, overlap
from vaultkit.graph.vectors import Vectors, vectors
from vaultkit.graph.words import stem, terms
from vaultkit.vault.snapshot import Snapshot, basename

MEASURE = (
    "likeness of the words that are typical of two topics (cosine of TF-IDF), lowered by the links between them "
    "for each note of the smaller one"
)
FEWEST_NOTES = 4  # of a topic
MOST_TOPICS = 150
MOST_TEXTS = 4_000
LEAST_COVERED = 0.3  # share of notes in communities below which folders are the topics
MOST_LINKED = 0.35  # links for each note of the smaller topic from which two topics are no gap
LEAST_LIKENESS = 0.02
LEAST_SCORE = 0.01
SHOWN_WORDS = 5
SHOWN_PAIRS = 3
LEAST_PAIR = 0.12  # likeness of two notes that should meet
FEWEST_WORDS = 2  # that both have and that make up `LEAST_PART` of their likeness
LEAST_PART = 0.12
NEAREST = 8  # most alike notes among which two that should meet must be for each other
Floats = npt.NDArray[np.float64]


@record
class Meeting:
    """Two notes without a link that use the same words."""

    one: str
    two: str
    words: tuple[str, ...]


@record
class TopicGap:
    """Two topics. notes_one, notes_two: how many notes; links: between them; words: typical of both."""

    one: str
    two: str
    notes_one: int
    notes_two: int
    links: int
    score: float
    words: tuple[str, ...]
    meetings: tuple[Meeting, ...]


@record
class Topics:
    """Groups of notes. by: "community" or "folder"; groups: (name, paths), the largest first."""

    by: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


def topics_of(vault: Snapshot, core: GraphCore, by: str | None = None) -> Topics:
    """The topics of a vault: its communities, or its folders where hardly any note is linked.

    core: the whole graph.  by: "community" or "folder" for one of them in any case.
    """
    is_note = (core.kind == NOTE).tolist()
    notes = [path for path, at in core.files.items() if is_note[at] and may_be_read(vault, path)]
    if by != "folder":
        concepts = core.only(CONCEPT_KINDS)
        found = communities(concepts, vault=vault)
        wanted = set(notes)
        groups = [
            (group.name, tuple(concepts.paths[node] for node in group.nodes if concepts.kind[node] == NOTE))
            for group in found.groups
        ]
        groups = [(name, tuple(path for path in paths if path in wanted)) for name, paths in groups]
        covered = sum(len(paths) for _, paths in groups if len(paths) >= FEWEST_NOTES)
        if by == "community" or covered >= LEAST_COVERED * len(notes):
            return Topics("community", _largest(groups))
    folders: dict[str, list[str]] = {}
    for path in notes:
        folders.setdefault(path.rpartition("/")[0] or "/", []).append(path)
    return Topics("folder", _largest([(name, tuple(paths)) for name, paths in folders.items()]))


def _largest(groups: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kept = [(name, paths) for name, paths in groups if len(paths) >= FEWEST_NOTES]
    return tuple(sorted(kept, key=lambda group: (-len(group[1]), group[0])))[:MOST_TOPICS]


def may_be_read(vault: Snapshot, path: str) -> bool:
    """The note is no template, no drawing, and not excluded; told by its path, so that no note is read for it."""
    return not (vault.is_excluded(path) or vault.is_template(path) or path.endswith(".excalidraw.md"))


def gaps(vault: Snapshot, core: GraphCore, topics: Topics, limit: int = 10) -> tuple[TopicGap, ...]:
    """The pairs of topics with most to say to each other and fewest links, best first. core: the whole graph."""
    groups = topics.groups
    if len(groups) < 2:
        return ()
    each = max(FEWEST_NOTES, MOST_TEXTS // len(groups))
    read = [
        list(islice((path for path in paths if is_topic(path.rpartition("/")[2][:-3])), each)) for _, paths in groups
    ]
    topic_of = {path: at for at, paths in enumerate(read) for path in paths}
    texts = vectors(vault, topic_of, topic_of)
    nearest = _nearest(texts)
    centres = np.stack([_centre(texts, paths) for paths in read])
    likeness = centres @ centres.T
    links = _links(core, groups)
    rows: list[tuple[float, int, int]] = []
    for one in range(len(groups)):
        for two in range(one + 1, len(groups)):
            density = links[one, two] / min(len(groups[one][1]), len(groups[two][1]))
            score = float(likeness[one, two]) * (1 - density / MOST_LINKED)
            if likeness[one, two] >= LEAST_LIKENESS and score >= LEAST_SCORE:
                rows.append((-round(score, 9), one, two))
    found = []
    for negative, one, two in sorted(rows):
        meetings = _meetings(core, texts, nearest, read[one], read[two])
        if meetings:
            words = _common(texts, centres[one], centres[two], SHOWN_WORDS)
            sizes = len(groups[one][1]), len(groups[two][1])
            found.append(
                TopicGap(
                    groups[one][0], groups[two][0], *sizes, int(links[one, two]), round(-negative, 4), words, meetings
                )
            )
        if len(found) == limit:
            break
    return tuple(found)


def _centre(texts: Vectors, paths: Sequence[str]) -> Floats:
    rows = [texts.rows[path] for path in paths]
    if not rows:
        return np.zeros(texts.values.shape[1])
    chosen = texts.values.take(rows)
    mean = np.bincount(chosen.indices, weights=chosen.data, minlength=chosen.shape[1])
    return mean / (float(np.linalg.norm(mean)) or 1.0)


def _links(core: GraphCore, groups: Sequence[tuple[str, tuple[str, ...]]]) -> npt.NDArray[np.int64]:
    """Pairs of notes with a link, between each two groups."""
    group = np.full(len(core), -1, dtype=np.int64)
    for at, (_, paths) in enumerate(groups):
        group[[core.files[path] for path in paths]] = at
    source, target, _ = pairs(core)
    one, two = group[source], group[target]
    across = (one >= 0) & (two >= 0) & (one != two)
    found = np.zeros((len(groups), len(groups)), dtype=np.int64)
    np.add.at(found, (one[across], two[across]), 1)
    return found + found.T


def _nearest(texts: Vectors) -> Floats:
    """For each note the likeness of its `NEAREST`th most alike note of the whole vault."""
    rows, _, likeness = product_rows(texts.values, texts.values)
    found = np.zeros(texts.values.shape[0])
    ends = np.searchsorted(rows, np.arange(len(found) + 1))
    for row in range(len(found)):
        near = likeness[ends[row] : ends[row + 1]]
        if len(near) > NEAREST:
            found[row] = np.partition(near, -NEAREST - 1)[-NEAREST - 1]  # the note itself is the most alike
    return found


def _meetings(
    core: GraphCore, texts: Vectors, nearest: Floats, one: Sequence[str], two: Sequence[str]
) -> tuple[Meeting, ...]:
    """The most alike pairs of notes without a link, each note once.

    Each note must be among the most alike ones of the other, so that two notes do not meet for want of better ones.
    """
    left, right = (texts.values.take([texts.rows[path] for path in paths]) for paths in (one, two))
    rows, columns, likeness = product_rows(left, right)
    found: list[Meeting] = []
    used: set[str] = set()
    for at in np.lexsort((columns, rows, -np.round(likeness, 9))).tolist():
        if likeness[at] < LEAST_PAIR or len(found) == SHOWN_PAIRS:
            break
        source, target = one[rows[at]], two[columns[at]]
        if likeness[at] < -1e-9 + max(nearest[texts.rows[source]], nearest[texts.rows[target]]):
            continue
        if source in used or target in used or _is_linked(core, source, target) or _is_linked(core, target, source):
            continue
        both = [texts.values.dense_row(texts.rows[path]) for path in (source, target)]
        pieces = _common(texts, both[0], both[1], 3, LEAST_PART)
        words = joined(pieces)
        is_enough = len(words) >= FEWEST_WORDS or _are_named(words, source, target)
        if len(pieces) >= FEWEST_WORDS and is_enough and _say_something(pieces, source, target):
            used |= {source, target}
            found.append(Meeting(source, target, words))
    return tuple(found)


def joined(words: Sequence[str]) -> tuple[str, ...]:
    """The words, with pieces of one run of Han characters put together: they are one word, or one name.

    >>> joined(("原生", "云原", "docker"))
    ('云原生', 'docker')
    """
    found: list[str] = []
    for word in words:
        for at, other in enumerate(found):
            before, after = (word, other) if word[-1] == other[0] else (other, word)
            if min(before[-1], after[0]) > "\u2e80" and before[-1] == after[0]:
                found[at] = before + after[1:]
                break
        else:
            found.append(word)
    return tuple(found)


def _are_named(words: Sequence[str], one: str, two: str) -> bool:
    """Each word, of which there is at least one, stands in the names of both notes."""
    return bool(words) and all(word in basename(path).lower() for word in words for path in (one, two))


def _say_something(words: Sequence[str], one: str, two: str) -> bool:
    """One of the words is no everyday word, or stands in the name of a note."""
    named = {stem(word) for path in (one, two) for word in terms(basename(path).replace("_", " "))}
    return any(not is_everyday(word) or stem(word) in named for word in words)


def _is_linked(core: GraphCore, source: str, target: str) -> bool:
    indptr, targets, _ = core.collapsed
    at = core.files[source]
    return core.files[target] in targets[indptr[at] : indptr[at + 1]]


def _common(texts: Vectors, one: Floats, two: Floats, most: int, least: float = 0.0) -> tuple[str, ...]:
    """The words that make two vectors alike, those that do most first. least: part of the likeness that a word makes."""
    shared = one * two
    shared[shared < least * shared.sum()] = 0.0
    order = np.lexsort((np.arange(len(shared)), -shared))[: most * 4].tolist()
    words = [texts.spelled[at] for at in order if shared[at] > 0]
    kept: list[str] = []
    for word in words:
        if len(kept) < most and not any(overlap(word, other) for other in kept):
            kept.append(word)
    return tuple(kept)
