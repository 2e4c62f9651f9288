"""The vault's graph in numbers."""

from __future__ import annotations

import numpy as np

from vaultkit.base.record import record
from vaultkit.graph.core import (
    CONCEPT_KINDS,
    EDGE_KINDS,
    EMBED,
    LINK,
    NODE_KINDS,
    NOTE,
    PROPERTY,
    UNRESOLVED,
    Bytes,
    GraphCore,
    Ints,
)
from vaultkit.graph.metrics import components, core_numbers, degrees, pagerank
from vaultkit.graph.paths import isolates, reach

HOME_NAMES = ("home", "index", "start", "start here", "readme", "_index", "moc", "map of content", "dashboard")
TOP_SHARE = 0.01


@record
class Central:
    """A note with how many nodes link to it, and its PageRank."""

    path: str
    backlinks: int
    rank: float


@record
class Stats:
    """Numbers of one graph. Rates are shares between 0 and 1, and 0 where there is nothing to share.

    nodes, edges:   (kind, number) of the whole graph, tags and attachments included.
    What each counts stands in `vaultkit.graph.measures`; beyond that:
    pairs:          ordered pairs of nodes with at least one link.
    home:           path of the home note, "" when there is none.
    top:            the notes with most backlinks, those of higher PageRank first among equals.
    """

    nodes: tuple[tuple[str, int], ...]
    edges: tuple[tuple[str, int], ...]
    notes: int
    links: int
    links_per_note: float
    unresolved_rate: float
    pairs: int
    wanted: int
    isolated: int
    isolated_rate: float
    no_backlinks: int
    deadends: int
    hub_share: float
    components: int
    largest: float
    degeneracy: int
    home: str
    reached: float
    top: tuple[Central, ...]


def stats(core: GraphCore, home: str | None = None, top: int = 10) -> Stats:
    """The numbers of a graph with all its kinds.

    home: path of the home note; when None, a note in the root with a usual name (home, index, readme …).
    """
    concepts = core.only(CONCEPT_KINDS)
    is_note = concepts.kind == NOTE
    notes = int(is_note.sum())
    is_link = np.isin(core.edge_kind, (LINK, EMBED, PROPERTY))
    links = int(is_link.sum())
    arriving, leaving = degrees(concepts)
    parts = components(concepts)
    rank = pagerank(concepts)
    # PageRank alone would put a note with one link from the true centre beside it or before it.
    order = np.lexsort((np.arange(len(concepts)), -rank, -arriving)).tolist()
    best = [at for at in order if is_note[at] and arriving[at]][:top]
    home = guessed_home(concepts) if home is None else home
    reached = reach(concepts, concepts.files[home]).reached if home in concepts.files else 0
    isolated = len(isolates(concepts))
    # Pictures and other files are left out, so that one note full of them changes nothing here.
    between = int(np.isin(concepts.edge_kind, (LINK, EMBED, PROPERTY)).sum())
    leaves = np.zeros(len(core), bool)
    leaves[core.source[is_link & (core.source != core.target)]] = True
    numbers = core_numbers(concepts)
    return Stats(
        nodes=by_kind(core.kind, NODE_KINDS),
        edges=by_kind(core.edge_kind, EDGE_KINDS),
        notes=notes,
        links=links,
        links_per_note=_share(between, notes),
        unresolved_rate=_share(int((concepts.kind[concepts.target] == UNRESOLVED).sum()), concepts.edges),
        pairs=len(concepts.collapsed[1]),
        wanted=int((core.kind == UNRESOLVED).sum()),
        isolated=isolated,
        isolated_rate=_share(isolated, notes),
        no_backlinks=int((is_note & (arriving == 0)).sum()),
        deadends=int(((core.kind == NOTE) & ~leaves).sum()),
        hub_share=_hub_share(concepts, arriving + leaving),
        components=int(parts.max()) + 1 if len(parts) else 0,
        largest=_share(int((parts == 0).sum()), len(concepts)),
        degeneracy=int(numbers.max()) if len(numbers) else 0,
        home=home if home in concepts.files else "",
        reached=_share(reached, notes),
        top=tuple(Central(concepts.paths[at], int(arriving[at]), float(rank[at])) for at in best),
    )


def guessed_home(core: GraphCore) -> str:
    """A note in the vault's root with a usual name of a home note; "" when there is none."""
    in_root = {path.lower().removesuffix(".md"): path for path in core.files if "/" not in path and path[-3:] == ".md"}
    return next((in_root[name] for name in HOME_NAMES if name in in_root), "")


def _hub_share(core: GraphCore, degree: Ints) -> float:
    indptr, target, _ = core.collapsed
    if not len(target):
        return 0.0
    number = max(1, int(len(core) * TOP_SHARE))
    is_hub = np.zeros(len(core), bool)
    is_hub[np.lexsort((np.arange(len(core)), -degree))[:number]] = True
    source = np.repeat(np.arange(len(core)), np.diff(indptr))
    return float((is_hub[source] | is_hub[target]).mean())


def by_kind(column: Bytes, words: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """(kind, number) of the kinds that there are. column: indices into ``words``."""
    counts = np.bincount(column, minlength=len(words)).tolist()
    return tuple((word, count) for word, count in zip(words, counts, strict=True) if count)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
