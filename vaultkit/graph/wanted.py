"""Names that nobody has written yet, by the topics that ask for them."""

from __future__ import annotations

import numpy as np

from vaultkit.base.record import record
from vaultkit.graph.core import CONCEPT_KINDS, EMBED, UNRESOLVED, GraphCore
from vaultkit.query.wanted_notes import Idea
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

MEASURE = (
    "names that links (not embeds alone) use and no file has, by the number of notes that ask for them, in the topic that "
    "most of them are in"
)


@record
class WantedTopic:
    """A topic and the names that it asks for, those of most notes first. topic: "" for names of no topic."""

    topic: str
    ideas: tuple[Idea, ...]


def wanted_ideas(vault: Snapshot, concepts: GraphCore) -> list[Idea]:
    """As `vaultkit.query.wanted_notes.ideas`, from the graph alone, so that no note is read for it.

    Names that are only embedded are missing drawings rather than ideas, and relative paths are broken links.
    """
    found: dict[int, dict[str, int]] = {}
    linked = np.zeros(len(concepts), bool)
    linked[concepts.target[concepts.edge_kind != EMBED]] = True
    is_idea = np.array([not path.startswith("../") for path in concepts.paths], bool)
    edges = np.flatnonzero((concepts.kind == UNRESOLVED)[concepts.target] & (linked & is_idea)[concepts.target])
    rows = zip(concepts.source[edges].tolist(), concepts.target[edges].tolist(), strict=True)
    for source, target in rows:
        path = concepts.paths[source]
        if not vault.is_template(path):
            sources = found.setdefault(target, {})
            sources[path] = sources.get(path, 0) + 1
    ideas = [
        Idea(concepts.paths[node], len(sources), sum(sources.values()), tuple(sorted(sources)))
        for node, sources in found.items()
    ]
    return sorted(ideas, key=lambda idea: (-idea.notes, -idea.links, idea.name))


def wanted_by_topic(vault: Snapshot, core: GraphCore, least: int = 1) -> tuple[WantedTopic, ...]:
    """The topics that ask for most, first. core: the whole graph.  least: notes that must ask for a name."""
    from vaultkit.graph.communities import communities

    concepts = core.only(CONCEPT_KINDS)
    found = communities(concepts, vault=vault)
    topic_of = {
        fold(concepts.paths[node]): group.name
        for group in found.groups
        if len(group.nodes) > 2
        for node in group.nodes
        if concepts.kind[node] == UNRESOLVED
    }
    groups: dict[str, list[Idea]] = {}
    for idea in wanted_ideas(vault, concepts):
        if idea.notes >= least:
            groups.setdefault(topic_of.get(fold(idea.name), ""), []).append(idea)
    rows = [WantedTopic(name, tuple(rows)) for name, rows in groups.items()]
    return tuple(sorted(rows, key=lambda row: (not row.topic, -sum(idea.notes for idea in row.ideas), row.topic)))
