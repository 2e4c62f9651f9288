"""The concept graph in a notebook: questions as methods, answers as rows that pandas takes, a picture in one line.

>>> from vaultkit.graph import open_graph
>>> graph = open_graph("Notes")                     # doctest: +SKIP
>>> pandas.DataFrame(graph.related("Rust"))         # doctest: +SKIP
>>> graph.picture("Rust")                           # doctest: +SKIP

The answers are those of the commands of the same names; `vaultkit schema` documents the keys.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from vaultkit.base.atomic_write import write_whole
from vaultkit.base.record import field_names
from vaultkit.graph.communities import Communities
from vaultkit.graph.communities import communities as find_communities
from vaultkit.graph.core import CONCEPT_KINDS, GraphCore
from vaultkit.graph.evidence import LISTED
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.lookup import node_named
from vaultkit.query.files import text_of
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import load_vault

if TYPE_CHECKING:
    from vaultkit.graph.build import MultiDiGraph

Row = dict[str, Any]


class NotebookPicture:
    """An SVG picture, which notebooks show."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture to a file."""
        write_whole(os.fspath(path), self.svg.encode())


class VaultGraph:
    """A vault and its concept graph: notes, unresolved names, canvases and bases."""

    def __init__(self, vault: Snapshot, *, include_excluded: bool = False) -> None:
        self.vault = vault
        self.whole: GraphCore = graph_core(vault, include_excluded=include_excluded)
        self.core: GraphCore = self.whole.only(CONCEPT_KINDS)

    def __repr__(self) -> str:
        return f"<VaultGraph {self.vault.name!r}: {len(self.core):,} nodes, {len(self.core.collapsed[1]):,} links>"

    def networkx(self, **options: Any) -> MultiDiGraph:
        """The graph as `networkx.MultiDiGraph`; options as of `vaultkit.graph.concept_graph`."""
        from vaultkit.graph.build import concept_graph

        return concept_graph(self.vault, **options)

    def note(self, name: str) -> Row:
        """What the graph knows of a note: id, kind, label, path, backlinks, rank, component, community."""
        at = self._node(name)
        node = self._measured.ids[at]
        return {"id": node, **self._row(at), **dict(self._measured.facts.get(at, {}))}

    def related(self, name: str, limit: int = 20) -> list[Row]:
        """The nodes most related to a note, linked or not."""
        from vaultkit.graph.related import related

        return [
            {
                **self._row(item.node),
                "score": item.score,
                "adamic_adar": item.adamic_adar,
                "cocitation": item.cocitation,
                "is_linked": item.is_linked,
                "through": [self.core.labels[node] for node in item.through],
            }
            for item in related(self.vault, self.core, self._node(name), limit)
        ]

    def path(self, start: str, end: str, *, direction: str = "both") -> list[Row]:
        """The nodes of a shortest way between two notes; none where there is no way."""
        from vaultkit.graph.paths import shortest_path

        return [
            self._row(node)
            for node in shortest_path(self.core, self._node(start), self._node(end), direction=direction)
        ]

    def communities(self) -> list[Row]:
        """The communities, the largest first."""
        return [
            {
                "name": group.name,
                "size": len(group.nodes),
                "terms": list(group.terms),
                "nodes": [self.core.ids[node] for node in group.nodes],
            }
            for group in self._communities.groups
        ]

    def gaps(self, limit: int = 10, by: str | None = None) -> list[Row]:
        """Topics that speak alike and hardly link."""
        from vaultkit.graph.gaps import gaps, topics_of

        return _rows(gaps(self.vault, self.whole, topics_of(self.vault, self.whole, by), limit))

    def order(self, topic: str) -> list[Row]:
        """The notes of a topic in the order in which to read them."""
        from vaultkit.graph.reading_order import notes_of_topic, reading_order

        name, paths = notes_of_topic(self.vault, self.whole, topic)
        return _rows(reading_order(self.vault, paths, self._text, name).steps)

    def stale(self) -> list[Row]:
        """Central notes that are long untouched."""
        from vaultkit.graph.stale import stale_notes

        return _rows(stale_notes(self.vault, self.whole, {}).notes)

    def growth(self, step: str | None = None, by: str | None = None) -> list[Row]:
        """New notes: a row for each period, a column for each topic."""
        from vaultkit.graph.gaps import topics_of
        from vaultkit.graph.growth import growth

        found = growth(self.vault, topics_of(self.vault, self.whole, by), step=step)
        return [
            {"period": period, **{one.name: one.counts[at] for one in (found.total, *found.topics)}}
            for at, period in enumerate(found.periods)
        ]

    def wanted(self) -> list[Row]:
        """Names that nobody has written, by topic."""
        from vaultkit.graph.wanted import wanted_by_topic

        return [
            {"topic": row.topic, **_row(idea)} for row in wanted_by_topic(self.vault, self.whole) for idea in row.ideas
        ]

    def suggestions(self, min_score: float = LISTED) -> list[Row]:
        """Missing links, the most convincing first."""
        from vaultkit.graph.suggest import suggestions

        return [_row(item) for item in suggestions(self.vault, self._text) if item.score >= min_score]

    def picture(self, name: str, depth: int = 1) -> NotebookPicture:
        """The neighbourhood of a note as a picture."""
        from vaultkit.graph.exports import svg
        from vaultkit.graph.exports.drawing import Drawing
        from vaultkit.graph.layout.positions import lay_out
        from vaultkit.graph.metrics import distances, neighbour_lists

        near = self._measured.keep(distances(*neighbour_lists(self.core), self._node(name), depth) >= 0)
        radius = np.full(len(near), 12.0)
        source, target = near.source.astype(np.int64), near.target.astype(np.int64)
        places = lay_out(len(near), source, target, radius, [(0, "")] * len(near)).places.tolist()
        positions = {node: (x, y) for node, (x, y) in zip(near.ids, places, strict=True)}
        return NotebookPicture(svg.write(Drawing(near, self.vault.name, positions))[svg.SUFFIX].decode())

    @cached_property
    def _communities(self) -> Communities:
        return find_communities(self.core, vault=self.vault)

    @cached_property
    def _measured(self) -> GraphCore:
        from vaultkit.graph.attributes import measured

        return measured(self.core, self.vault)

    def _node(self, name: str) -> int:
        return node_named(self.vault, self.core, name)

    def _row(self, node: int) -> Row:
        return {"kind": self.core.node_kind(node), "label": self.core.labels[node], "path": self.core.paths[node]}

    def _text(self, path: str) -> str:
        return text_of(self.vault, path)


def open_graph(vault: Snapshot | str | os.PathLike[str], *, include_excluded: bool = False) -> VaultGraph:
    """The concept graph of a vault, or of the vault in a folder.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    return VaultGraph(vault if isinstance(vault, Snapshot) else load_vault(vault), include_excluded=include_excluded)


def _rows(items: Iterable[object]) -> list[Row]:
    return [_row(item) for item in items]


def _row(item: object) -> Row:
    """A record as a dict of plain values, records within it, too."""
    return {name: _plain(getattr(item, name)) for name in field_names(item)}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _row(value) if hasattr(value, "__struct_fields__") else value
