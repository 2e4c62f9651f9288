"""The concept graph as arrays: what stands beneath networkx, and what the fast paths work on.

One million nodes as networkx objects take 1.7 GB and 40 s; as arrays 100 MB and a second. So a
`GraphCore` is what is built from a vault; `build` makes networkx graphs of it on request.

Nodes stand in order of kind, then path; edges in order of source, then place in the source. So the
same vault always gives the same arrays.

Node kinds, and what the path of their id is:

note, attachment, canvas, base   a file of the vault: its path.
unresolved          a name that links use and no file answers to: the name. Spellings that differ in
                    case only are one node under the most frequent one.
missing-attachment  the same for a name with the extension of an attachment.
tag                 a tag in lower case without "#"; parents of nested tags are nodes, too.

folder, external    only when asked for: a folder ("/" is the vault's own), a host that external links name.

Edge kinds: link, embed (one edge for each that stands in a note's body); property (one for each
property value that is a link; ``name`` says which); tag (one for each pair of note and tag, with
``count``); canvas (one for each file node of a canvas); parent-tag (from ``a/b`` to ``a``). Only when
asked for: folder (from a file or folder to the one it lies in), mention (one for each pair of notes of
which one names the other without a link, with ``count``); picture-mention (the same for notes that are named
on the pictures that a note shows, with a link or without).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from vaultkit.base.store import Store
from vaultkit.vault.files import AUDIO_EXTENSIONS, IMAGE_EXTENSIONS, VIDEO_EXTENSIONS, extension

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

NODE_KINDS = ("note", "unresolved", "attachment", "missing-attachment", "tag", "canvas", "base", "folder", "external")
EDGE_KINDS = ("link", "embed", "property", "tag", "canvas", "parent-tag", "folder", "mention", "picture-mention")
DEFAULT_KINDS = NODE_KINDS[:7]
OPTIONAL_KINDS = NODE_KINDS[7:]
# What Obsidian's graph view shows when nothing is switched: no tags, no attachments (R110).
CONCEPT_KINDS = ("note", "unresolved", "canvas", "base")

NOTE, UNRESOLVED, ATTACHMENT, MISSING, TAG, CANVAS, BASE, FOLDER, EXTERNAL = range(9)
LINK, EMBED, PROPERTY, TAGGED, CANVAS_FILE, PARENT_TAG, IN_FOLDER, MENTION, PICTURE_MENTION = range(9)


class GraphCore:
    """Nodes and edges as columns. Nothing is written to after it is built.

    Nodes, by index:
        kind:  index into ``NODE_KINDS``.
        paths: see the module.  labels: what a reader calls the node (basename, name, "#tag").
        facts: node -> further attributes (JSON values), only where there are some.

    Edges, by index, sorted by source; ``indptr[n]:indptr[n + 1]`` are those that leave node n, so
    ``indptr`` and ``target`` are a CSR matrix with repeated entries:
        source, target: node indices.  edge_kind: index into ``EDGE_KINDS``.
        count: how often the tag stands in the note; 1 for all other kinds.
        line, column: place in the source from 1, 0 where there is none (properties, canvases).
        raws:  the linktext as written, "" where there is none.
        extra: edge -> {"alias", "anchor", "name"}, only those that it has.

    store: where answers that take long are kept, None for nowhere.
    """

    def __init__(
        self,
        kind: Bytes,
        paths: Sequence[str],
        labels: Sequence[str],
        source: Ints,
        target: Ints,
        edge_kind: Bytes,
        *,
        count: Ints | None = None,
        line: Ints | None = None,
        column: Ints | None = None,
        raws: Sequence[str] = (),
        facts: Mapping[int, Mapping[str, Any]] | None = None,
        extra: Mapping[int, Mapping[str, str]] | None = None,
        store: Store | None = None,
    ) -> None:
        edges = len(source)
        if edges and bool((np.diff(source) < 0).any()):
            raise ValueError("edges must be sorted by source")
        self.kind = kind
        self.paths = paths
        self.labels = labels
        self.source = source
        self.target = target
        self.edge_kind = edge_kind
        self.count = np.ones(edges, np.int32) if count is None else count
        self.line = np.zeros(edges, np.int32) if line is None else line
        self.column = np.zeros(edges, np.int32) if column is None else column
        self.raws = raws
        self.facts = facts or {}
        self.extra = extra or {}
        self.store = store
        self.indptr = np.searchsorted(source, np.arange(len(kind) + 1, dtype=np.int32)).astype(np.int32)

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def edges(self) -> int:
        """Number of edges."""
        return len(self.source)

    @cached_property
    def ids(self) -> list[str]:
        """``kind:path`` of each node; the path in NFC, unless two nodes would become one."""
        ids = [f"{NODE_KINDS[kind]}:{path}" for kind, path in zip(self.kind.tolist(), self.paths, strict=True)]
        decomposed = [at for at, node in enumerate(ids) if not unicodedata.is_normalized("NFC", node)]
        if decomposed:
            taken = set(ids)
            for at in decomposed:
                node = unicodedata.normalize("NFC", ids[at])
                if node not in taken:
                    taken.add(node)
                    ids[at] = node
        return ids

    @cached_property
    def index(self) -> dict[str, int]:
        """Id -> node."""
        return {node: at for at, node in enumerate(self.ids)}

    @cached_property
    def files(self) -> dict[str, int]:
        """Path of a file of the vault -> node."""
        is_file = np.isin(self.kind, (NOTE, ATTACHMENT, CANVAS, BASE))
        return {self.paths[at]: at for at in np.flatnonzero(is_file).tolist()}

    def node_kind(self, node: int) -> str:
        """The node's kind as a word."""
        return NODE_KINDS[self.kind[node]]

    @cached_property
    def collapsed(self) -> tuple[Ints, Ints, Ints]:
        """One edge for each ordered pair, without self links: (indptr, target, count), a CSR matrix.

        A link to itself adds no weight in Obsidian's graph (R103).
        """
        n = len(self)
        keep = self.source != self.target
        key = self.source[keep].astype(np.int64) * max(n, 1) + self.target[keep]
        pairs, where = np.unique(key, return_inverse=True)
        count = np.bincount(where, weights=self.count[keep], minlength=len(pairs)).astype(np.int32)
        source = (pairs // max(n, 1)).astype(np.int32)
        target = (pairs % max(n, 1)).astype(np.int32)
        indptr = np.searchsorted(source, np.arange(n + 1, dtype=np.int32)).astype(np.int32)
        return indptr, target, count

    def only(self, kinds: Iterable[str]) -> GraphCore:
        """The graph of the nodes of these kinds, and the edges between them."""
        wanted = [NODE_KINDS.index(kind) for kind in kinds]
        return self.keep(np.isin(self.kind, wanted))

    def with_facts(self, facts: Mapping[int, Mapping[str, Any]]) -> GraphCore:
        """The same graph with other attributes of its nodes."""
        return GraphCore(
            self.kind,
            self.paths,
            self.labels,
            self.source,
            self.target,
            self.edge_kind,
            count=self.count,
            line=self.line,
            column=self.column,
            raws=self.raws,
            facts=facts,
            extra=self.extra,
            store=self.store,
        )

    def keep(self, mask: npt.NDArray[np.bool_]) -> GraphCore:
        """The graph of the nodes where ``mask`` is true, and the edges between them."""
        if bool(mask.all()):
            return self
        new = (np.cumsum(mask) - 1).astype(np.int32)
        old = np.flatnonzero(mask).tolist()
        edges = mask[self.source] & mask[self.target]
        kept = np.flatnonzero(edges).tolist()
        facts = {int(new[at]): self.facts[at] for at in self.facts if mask[at]} if self.facts else {}
        extra = {}
        if self.extra:
            extra = {at: self.extra[edge] for at, edge in enumerate(kept) if edge in self.extra}
        return GraphCore(
            self.kind[mask],
            [self.paths[at] for at in old],
            [self.labels[at] for at in old],
            new[self.source[edges]],
            new[self.target[edges]],
            self.edge_kind[edges],
            count=self.count[edges],
            line=self.line[edges],
            column=self.column[edges],
            raws=[self.raws[edge] for edge in kept] if self.raws else (),
            facts=facts,
            extra=extra,
            store=self.store,
        )


def attachment_format(path: str) -> str:
    """What an attachment is: "image", "pdf", "audio", "video" or "other"."""
    suffix = extension(path)
    if suffix in IMAGE_EXTENSIONS:
        return "image"
    if suffix == "pdf":
        return "pdf"
    if suffix in AUDIO_EXTENSIONS:
        return "audio"
    return "video" if suffix in VIDEO_EXTENSIONS else "other"
