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

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from vaultkit.base.record import record
from vaultkit.base.text import line_and_column
from vaultkit.note.model import Note
from vaultkit.note.properties import aliases, property_tags
from vaultkit.vault.files import AUDIO_EXTENSIONS, IMAGE_EXTENSIONS, VIDEO_EXTENSIONS, extension, file_kind
from vaultkit.vault.link_tables import unresolved_name
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

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
# The host of a web address; of other schemes there is none that two notes could share.
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:@]+)", re.IGNORECASE)
_FILE_KINDS = {"note": NOTE, "attachment": ATTACHMENT, "unsupported": ATTACHMENT, "canvas": CANVAS, "base": BASE}


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
        )


def graph_core(
    vault: Snapshot,
    *,
    include_excluded: bool = False,
    cards: Mapping[str, Mapping[str, int]] | None = None,
    findings: Mapping[str, Mapping[str, int]] | None = None,
    facts: Mapping[str, Mapping[str, Any]] | None = None,
    optional: Collection[str] = (),
    mentions: Iterable[Mentioned] = (),
    picture_mentions: Iterable[Mentioned] = (),
) -> GraphCore:
    """The concept graph of a vault.

    include_excluded: also the files that the vault's settings hide; Obsidian's graph leaves them
                      out (R104), and with them their links.
    cards:    path -> {"cards": n, "cards_empty": n}.
    findings: path -> rule -> number of findings.
    facts:    path -> further node attributes (see `vaultkit.graph.file_attributes`).
    optional: kinds of `OPTIONAL_KINDS` that are wanted, too.
    mentions: notes that name others without a link, to be edges.
    picture_mentions: notes whose pictures name others, to be edges of their own kind.
    """
    builder = _Builder(vault, include_excluded, cards or {}, findings or {}, facts or {})
    if "folder" in optional:
        builder.add_folders()
    if "external" in optional:
        builder.add_hosts()
    builder.add_mentions(mentions, MENTION)
    builder.add_mentions(picture_mentions, PICTURE_MENTION)
    return builder.core()


@record
class Mentioned:
    """A note that names another one without a link. text: as it stands at line and column, from 1; times: how often."""

    source: str
    target: str
    text: str
    line: int
    column: int
    times: int


def _linked(vault: Snapshot) -> frozenset[str]:
    """Return the files that a link, an embed, a property or a canvas opens."""
    found = {bound.target for path in vault.notes for bound in vault.links_of(path)}
    for path, note in vault.notes.items():
        found.update(vault.resolve(link.linkpath, path).path for link in note.property_links)
    found.update(vault.file_at(node.path) for canvas in vault.canvases.values() for node in canvas.nodes)
    return frozenset(path for path in found if path is not None)


class _Builder:
    """Collects rows; lives for one call of `graph_core`."""

    def __init__(
        self,
        vault: Snapshot,
        include_excluded: bool,
        cards: Mapping[str, Mapping[str, int]],
        findings: Mapping[str, Mapping[str, int]],
        facts: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.vault = vault
        self.given = (cards, findings, facts)
        # Files of types that Obsidian does not list are in its graph when a link opens them.
        shows_all = vault.settings.show_unsupported_files
        has_others = not shows_all and any(file.kind == "unsupported" for file in vault.files.values())
        linked = _linked(vault) if has_others else frozenset()
        self.files = [
            path
            for path, file in vault.files.items()
            if (shows_all or file.kind != "unsupported" or path in linked)
            and (include_excluded or not vault.is_excluded(path))
        ]
        self.shown = set(self.files)
        # key of a node that is no file: (kind, folded name) -> spelling -> how often
        self.spellings: dict[tuple[int, str], dict[str, int]] = {}
        # (source path, key of the target, edge kind, count, line, column, raw, extra)
        self.rows: list[tuple[Any, Any, int, int, int, int, str, dict[str, str] | None]] = []

    def core(self) -> GraphCore:
        for path in self.files:
            if path in self.vault.notes:
                self.add_note(path, self.vault.notes[path])
            elif path in self.vault.canvases:
                for node in self.vault.canvases[path].nodes:
                    target = self.vault.file_at(node.path)
                    extra = {"anchor": node.subpath} if node.subpath else None
                    self.add_edge(path, target, node.path, CANVAS_FILE, 0, 0, node.path, extra)
        for kind, name in list(self.spellings):
            if kind == TAG:
                self.add_parents(name)
        return self.arrays()

    def add_note(self, path: str, note: Note) -> None:
        starts = note.line_starts
        for bound in self.vault.links_of(path):
            link = bound.link
            extra = {}
            if link.display is not None:
                extra["alias"] = link.display
            if link.subpath:
                extra["anchor"] = link.subpath
            line, column = line_and_column(starts, link.start)
            edge_kind = EMBED if link.is_embed else LINK
            self.add_edge(path, bound.target, link.linkpath, edge_kind, line, column, link.linktext, extra or None)
        for value in note.property_links:
            extra = {"name": value.key.partition(".")[0]}
            if value.display is not None:
                extra["alias"] = value.display
            if value.subpath:
                extra["anchor"] = value.subpath
            target = self.vault.resolve(value.linkpath, path).path
            self.add_edge(path, target, value.linkpath, PROPERTY, 0, 0, value.linktext, extra)
        self.add_tags(path, note)

    def add_folders(self) -> None:
        for path in self.files:
            child: Any = path
            folder = path.rpartition("/")[0]
            while True:
                key = (FOLDER, folder or "/")
                is_new = key not in self.spellings
                self.spellings.setdefault(key, {folder or "/": 1})
                self.rows.append((child, key, IN_FOLDER, 1, 0, 0, "", None))
                if not folder or not is_new:
                    break
                child, folder = key, folder.rpartition("/")[0]

    def add_hosts(self) -> None:
        for path in self.files:
            note = self.vault.notes.get(path)
            for link in note.external_links if note else ():
                match = _HOST.match(link.destination)
                if match is None:
                    continue
                host = match[1].lower()
                self.spellings.setdefault((EXTERNAL, host), {host: 1})
                line, column = line_and_column(note.line_starts, link.start) if note else (0, 0)
                kind = EMBED if link.is_embed else LINK
                self.rows.append((path, (EXTERNAL, host), kind, 1, line, column, "", None))

    def add_mentions(self, mentions: Iterable[Mentioned], kind: int) -> None:
        for one in mentions:
            if one.source in self.shown and one.target in self.shown:
                self.rows.append((one.source, one.target, kind, one.times, one.line, one.column, one.text, None))

    def add_tags(self, path: str, note: Note) -> None:
        written = [(tag.tag[1:], tag.start) for tag in note.tags]
        if note.frontmatter is not None:
            written += [(tag, -1) for tag in property_tags(note.frontmatter.properties)]
        carried: dict[str, list[int]] = {}
        spelled: dict[str, str] = {}
        for tag, start in written:
            tag = tag.rstrip("/")
            key = fold(tag)
            carried.setdefault(key, []).append(start)
            spelled.setdefault(key, tag)
        for key, places in carried.items():
            first = min((start for start in places if start >= 0), default=-1)
            line, column = line_and_column(note.line_starts, first) if first >= 0 else (0, 0)
            counts = self.spellings.setdefault((TAG, key), {})
            counts[spelled[key]] = counts.get(spelled[key], 0) + 1
            self.rows.append((path, (TAG, key), TAGGED, len(places), line, column, "", None))

    def add_parents(self, key: str) -> None:
        spelling = next(iter(self.spellings[TAG, key]))
        while "/" in key:
            child = (TAG, key)
            key, spelling = key.rpartition("/")[0].rstrip("/"), spelling.rpartition("/")[0].rstrip("/")
            if not key:
                break
            is_new = (TAG, key) not in self.spellings
            self.spellings.setdefault((TAG, key), {spelling: 0})
            self.rows.append((child, (TAG, key), PARENT_TAG, 1, 0, 0, "", None))
            if not is_new:
                break  # it is in the list of tags, or its parents were added with it

    def add_edge(
        self,
        source: str,
        target: str | None,
        linkpath: str,
        edge_kind: int,
        line: int,
        column: int,
        raw: str,
        extra: dict[str, str] | None,
    ) -> None:
        key: Any = target
        if target is None:
            name = unresolved_name(unicodedata.normalize("NFC", linkpath))
            key = (MISSING if file_kind(name) == "attachment" else UNRESOLVED, fold(name))
            counts = self.spellings.setdefault(key, {})
            counts[name] = counts.get(name, 0) + 1
        elif target not in self.shown:
            return
        self.rows.append((source, key, edge_kind, 1, line, column, raw, extra))

    def arrays(self) -> GraphCore:
        nodes: list[tuple[int, str, str, Any]] = []
        for path in self.files:
            kind = _FILE_KINDS[self.vault.files[path].kind]
            label = basename(path) if kind in (NOTE, CANVAS, BASE) else path[path.rfind("/") + 1 :]
            nodes.append((kind, path, label, path))
        for (kind, name), counts in self.spellings.items():
            spelling = min(counts, key=lambda spelled: (-counts[spelled], spelled))
            nodes.append((kind, name if kind == TAG else spelling, _label(kind, spelling), (kind, name)))
        nodes.sort(key=lambda node: node[:2])
        index = {node[3]: at for at, node in enumerate(nodes)}
        rows = self.rows
        source = np.fromiter((index[row[0]] for row in rows), np.int32, len(rows))
        order = np.argsort(source, kind="stable")
        ordered = [rows[at] for at in order.tolist()]

        def column(field: int) -> Ints:
            return np.fromiter((row[field] for row in ordered), np.int32, len(rows))

        return GraphCore(
            np.fromiter((node[0] for node in nodes), np.uint8, len(nodes)),
            [node[1] for node in nodes],
            [node[2] for node in nodes],
            source[order],
            np.fromiter((index[row[1]] for row in ordered), np.int32, len(rows)),
            column(2).astype(np.uint8),
            count=column(3),
            line=column(4),
            column=column(5),
            raws=[row[6] for row in ordered],
            facts=self.node_facts(nodes),
            extra={at: row[7] for at, row in enumerate(ordered) if row[7]},
        )

    def node_facts(self, nodes: list[tuple[int, str, str, Any]]) -> dict[int, dict[str, Any]]:
        cards, findings, facts = self.given
        found: dict[int, dict[str, Any]] = {}
        for at, (kind, path, _, key) in enumerate(nodes):
            here: dict[str, Any] = {}
            if kind == NOTE:
                block = self.vault.notes[path].frontmatter
                names = aliases(block.properties) if block is not None else ()
                if names:
                    here["aliases"] = list(names)
            elif kind in (ATTACHMENT, MISSING):
                here["format"] = attachment_format(path)
            if key == path:  # a file
                here.update(facts.get(path, {}))
                here.update(cards.get(path, {}))
                if path in findings:
                    here["findings"] = dict(findings[path])
            if here:
                found[at] = here
        return found


def _label(kind: int, name: str) -> str:
    if kind == TAG:
        return "#" + name
    return name[name.rfind("/") + 1 :] or name


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
