"""The concept graph of a vault: which nodes and edges its files, links, tags and properties are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np

from vaultkit.base.record import record
from vaultkit.base.store import Store
from vaultkit.base.text import line_and_column
from vaultkit.graph.core import (
    ATTACHMENT,
    BASE,
    CANVAS,
    CANVAS_FILE,
    EMBED,
    EXTERNAL,
    FOLDER,
    IN_FOLDER,
    LINK,
    MENTION,
    MISSING,
    NOTE,
    PARENT_TAG,
    PICTURE_MENTION,
    PROPERTY,
    TAG,
    TAGGED,
    UNRESOLVED,
    GraphCore,
    attachment_format,
)
from vaultkit.note.model import Note
from vaultkit.note.properties import aliases, property_tags
from vaultkit.vault.files import file_kind
from vaultkit.vault.link_tables import unresolved_name
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

# The host of a web address; of other schemes there is none that two notes could share.
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:@]+)", re.IGNORECASE)
_FILE_KINDS = {"note": NOTE, "attachment": ATTACHMENT, "unsupported": ATTACHMENT, "canvas": CANVAS, "base": BASE}


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
    store: Store | None = None,
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
    store:    where answers about the graph are kept.
    """
    builder = _Builder(vault, include_excluded, cards or {}, findings or {}, facts or {})
    if "folder" in optional:
        builder.add_folders()
    if "external" in optional:
        builder.add_hosts()
    builder.add_mentions(mentions, MENTION)
    builder.add_mentions(picture_mentions, PICTURE_MENTION)
    return builder.core(store)


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
        # The columns of the edges: millions of links make as many rows.
        self.sources: list[Any] = []
        self.targets: list[Any] = []
        self.kinds: list[int] = []
        self.counts: list[int] = []
        self.lines: list[int] = []
        self.columns: list[int] = []
        self.raws: list[str] = []
        self.extra: dict[int, dict[str, str]] = {}

    def core(self, store: Store | None) -> GraphCore:
        for path in self.files:
            if path in self.vault.notes:
                self.add_note(path, self.vault.notes[path])
            elif path in self.vault.canvases:
                for node in self.vault.canvases[path].nodes:
                    target = self.vault.file_at(node.path)
                    extra = {"anchor": node.subpath} if node.subpath else None
                    self.add_link(path, target, node.path, CANVAS_FILE, 0, 0, node.path, extra)
        for kind, name in list(self.spellings):
            if kind == TAG:
                self.add_parents(name)
        return self.arrays(store)

    def add_note(self, path: str, note: Note) -> None:
        starts, resolve = note.line_starts, self.vault.resolve
        for link in note.links:
            extra = None
            if link.display is not None or link.subpath:
                extra = {} if link.display is None else {"alias": link.display}
                if link.subpath:
                    extra["anchor"] = link.subpath
            line, column = line_and_column(starts, link.start)
            kind = EMBED if link.is_embed else LINK
            target = resolve(link.linkpath, path).path
            self.add_link(path, target, link.linkpath, kind, line, column, link.linktext, extra)
        for value in note.property_links:
            extra = {"name": value.key.partition(".")[0]}
            if value.display is not None:
                extra["alias"] = value.display
            if value.subpath:
                extra["anchor"] = value.subpath
            target = resolve(value.linkpath, path).path
            self.add_link(path, target, value.linkpath, PROPERTY, 0, 0, value.linktext, extra)
        self.add_tags(path, note)

    def add_folders(self) -> None:
        for path in self.files:
            child: Any = path
            folder = path.rpartition("/")[0]
            while True:
                key = (FOLDER, folder or "/")
                is_new = key not in self.spellings
                self.spellings.setdefault(key, {folder or "/": 1})
                self.add_edge(child, key, IN_FOLDER, 1, 0, 0, "")
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
                self.add_edge(path, (EXTERNAL, host), kind, 1, line, column, "")

    def add_mentions(self, mentions: Iterable[Mentioned], kind: int) -> None:
        for one in mentions:
            if one.source in self.shown and one.target in self.shown:
                self.add_edge(one.source, one.target, kind, one.times, one.line, one.column, one.text)

    def add_tags(self, path: str, note: Note) -> None:
        written = [(tag.tag[1:], tag.start) for tag in note.tags]
        if note.frontmatter is not None:
            written += [(tag, -1) for tag in property_tags(note.frontmatter.properties)]
        if not written:
            return
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
            self.add_edge(path, (TAG, key), TAGGED, len(places), line, column, "")

    def add_parents(self, key: str) -> None:
        spelling = next(iter(self.spellings[TAG, key]))
        while "/" in key:
            child = (TAG, key)
            key, spelling = key.rpartition("/")[0].rstrip("/"), spelling.rpartition("/")[0].rstrip("/")
            if not key:
                break
            is_new = (TAG, key) not in self.spellings
            self.spellings.setdefault((TAG, key), {spelling: 0})
            self.add_edge(child, (TAG, key), PARENT_TAG, 1, 0, 0, "")
            if not is_new:
                break  # it is in the list of tags, or its parents were added with it

    def add_link(
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
        """Add the edge of a link; to a name if no file has it, none if the file is not shown."""
        key: Any = target
        if target is None:
            name = unresolved_name(unicodedata.normalize("NFC", linkpath))
            key = (MISSING if file_kind(name) == "attachment" else UNRESOLVED, fold(name))
            counts = self.spellings.setdefault(key, {})
            counts[name] = counts.get(name, 0) + 1
        elif target not in self.shown:
            return
        if extra:
            self.extra[len(self.sources)] = extra
        self.add_edge(source, key, edge_kind, 1, line, column, raw)

    def add_edge(self, source: Any, target: Any, kind: int, count: int, line: int, column: int, raw: str) -> None:
        self.sources.append(source)
        self.targets.append(target)
        self.kinds.append(kind)
        self.counts.append(count)
        self.lines.append(line)
        self.columns.append(column)
        self.raws.append(raw)

    def arrays(self, store: Store | None) -> GraphCore:
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
        source = np.array([index[key] for key in self.sources], np.int32)
        order = np.argsort(source, kind="stable")
        at = order.tolist()
        return GraphCore(
            np.array([node[0] for node in nodes], np.uint8),
            [node[1] for node in nodes],
            [node[2] for node in nodes],
            source[order],
            np.array([index[key] for key in self.targets], np.int32)[order],
            np.array(self.kinds, np.uint8)[order],
            count=np.array(self.counts, np.int32)[order],
            line=np.array(self.lines, np.int32)[order],
            column=np.array(self.columns, np.int32)[order],
            raws=[self.raws[row] for row in at],
            facts=self.node_facts(nodes),
            extra={new: self.extra[row] for new, row in enumerate(at) if row in self.extra} if self.extra else {},
            store=store,
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
