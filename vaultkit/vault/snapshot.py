"""A vault at one moment: all files, what the notes hold, what their links open.

Rules, graph, map and commands ask a `Snapshot`; none of them decides what a link means.
"""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any, TypeVar

from vaultkit.base.patterns import SafePattern
from vaultkit.base.record import record
from vaultkit.base.text import decode
from vaultkit.base.safe_read import MAX_BYTES, read_inside
from vaultkit.note.model import Link, Note
from vaultkit.vault.aspects import changed_aspects
from vaultkit.vault.canvas import Canvas
from vaultkit.vault.link_tables import aliases_of, backlinks, link_tables
from vaultkit.vault.memo import Memo
from vaultkit.vault.note_store import Edited, Rows
from vaultkit.vault.files import VaultFile, extension, is_hidden
from vaultkit.vault.resolve import Resolution, Resolver, fold
from vaultkit.vault.settings import Settings
from vaultkit.vault.subpath import HeadingIndex, SubpathTarget, find_place, heading_index, has_places

_T = TypeVar("_T")

TEMPLATE_FOLDERS = frozenset({"templates", "template", "_templates"})


@record
class BoundLink:
    """A link with what it opens: path is None when no file answers."""

    link: Link
    resolution: Resolution

    @property
    def target(self) -> str | None:
        """The file that the link opens."""
        return self.resolution.path


class Snapshot:
    """An immutable view of all files of a vault at one moment, from disk, git, memory or another snapshot.

    files:    path -> file, all of them, unsupported ones included.
    notes:    path -> what the note holds.
    canvases: path -> what the canvas holds.
    settings: the vault's own settings.
    faults:   (path, reason) of what could not be looked into.
    nested:   folders that are vaults of their own.
    unsaved:  path -> bytes of files that are not, or not yet, so on disk.
    source:   reads a file of a vault that is not the one on disk, such as the staged one; None for paths that it
              does not know, which are read from the disk. It raises OSError for a file that is not there.
    untracked: path -> why, of files on this disk that will not be in the commit that is checked;
              None for a vault that is not a commit.
    ignored:  paths that git ignores; they are link targets, and nothing is reported in them.
    left_out: paths that the configuration excludes. They are not among the files; only a move reads
              for them, since they may link to it.
    resolver: what resolves links among exactly these files, when it is known already.
    memo:     answers about exactly this snapshot that are known already.
    """

    def __init__(
        self,
        files: Mapping[str, VaultFile],
        notes: Mapping[str, Note],
        canvases: Mapping[str, Canvas],
        settings: Settings,
        *,
        name: str = "",
        root: str = "",
        faults: tuple[tuple[str, str], ...] = (),
        nested: tuple[str, ...] = (),
        unsaved: Mapping[str, bytes] | None = None,
        untracked: Mapping[str, str] | None = None,
        ignored: frozenset[str] = frozenset(),
        left_out: tuple[str, ...] = (),
        source: Callable[[str], bytes | None] | None = None,
        resolver: Resolver | None = None,
        memo: Memo | None = None,
    ) -> None:
        self.files = files
        self.notes = notes
        self.canvases = canvases
        self.settings = settings
        self.name = name
        self.root = root
        self.faults = faults
        self.nested = nested
        self._places: dict[tuple[str, str], SubpathTarget] = {}
        self._headings: dict[str, HeadingIndex] = {}
        self.unsaved = unsaved or {}
        self.untracked = untracked
        self.ignored = ignored
        self.left_out = left_out
        self.source = source
        self.sources: frozenset[str] | None = None
        self.whole: Snapshot = self
        self._memo = memo or Memo()
        self._links: dict[str, tuple[BoundLink, ...]] = {}
        # Files of all types are link targets; the setting that hides some is about the file explorer (recorded in 16 vaults).
        self._resolver = resolver or Resolver(path for path in files if not is_hidden(path))

    def read_bytes(self, path: str, limit: int = MAX_BYTES) -> bytes:
        """The bytes of a file of this vault: unsaved, staged or on disk. Every second look at a text goes through here.

        Raises:
            OSError: there is no such file, it has more bytes than ``limit``, is no regular file or not in the vault.
        """
        data = self.unsaved.get(path)
        if data is None and self.source is not None:
            data = self.source(path)
        if data is not None:
            return data
        if not self.root:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
        return read_inside(self.root, path, limit)

    def text(self, path: str) -> str:
        """Return the text of a file of this vault.

        Raises:
            OSError: as `read_bytes`.
        """
        return decode(self.read_bytes(path)).text

    def resolve(self, linkpath: str, source: str) -> Resolution:
        """Return what ``linkpath`` refers to in the note ``source``."""
        return self._resolver.resolve(linkpath, source)

    def file_at(self, path: str) -> str | None:
        """The file at exactly this path (canvas nodes name files so); case and Unicode form do not count."""
        return self._resolver.exact(path)

    def files_named(self, name: str) -> tuple[str, ...]:
        """All files of this file name in any folder."""
        return self._resolver.named(name)

    def place(self, path: str, subpath: str) -> SubpathTarget:
        """Where in the file ``path`` the subpath leads; never missing where subpaths steer a viewer.

        In a drawing of Excalidraw they do: ``#^group=``, ``#^frame=`` and the like, and ids of elements, most of which
        are in compressed data.
        """
        if not subpath:
            return SubpathTarget("none")
        note = self.notes.get(path)
        if note is None or not has_places(path):
            return SubpathTarget("viewer")
        known = self._places.get((path, subpath))
        if known is None:
            known = SubpathTarget("none") if note.fault else find_place(note, subpath, self._heading_index(path))
            if known.kind == "missing" and subpath.startswith("#^") and _is_drawing(note):
                known = SubpathTarget("viewer")
            self._places[path, subpath] = known
        return known

    def _heading_index(self, path: str) -> HeadingIndex:
        found = self._headings.get(path)
        if found is None:
            found = self._headings[path] = heading_index(self.notes[path])
        return found

    def with_notes(self, edited: Mapping[str, Note], unsaved: Mapping[str, bytes]) -> tuple[Snapshot, frozenset[str]]:
        """Return the snapshot with other versions of notes that it has, and the aspects that changed.

        unsaved: the bytes of those of the notes that are not on disk. Everything that did not change is shared.
        """
        aspects: set[str] = set()
        for path, note in edited.items():
            aspects |= changed_aspects(self.notes[path], note, lambda linkpath, at=path: self.has_file(linkpath, at))  # type: ignore[misc]
        made = copy(self.whole)
        made.whole = made
        made.notes = Edited(self.notes, edited) if isinstance(self.notes, (Rows, Edited)) else {**self.notes, **edited}
        made.unsaved = {**{path: data for path, data in self.unsaved.items() if path not in edited}, **unsaved}
        made._links = {path: links for path, links in self._links.items() if path not in edited}
        made._headings = {key: index for key, index in self._headings.items() if key not in edited}
        made._places = {key: place for key, place in self._places.items() if key[0] not in edited}
        made._memo = self.whole._memo.after_edit(aspects, self.whole, made, frozenset(edited))
        return made, frozenset(aspects)

    def get(self, query: Callable[[Snapshot], _T]) -> _T:
        """Return ``query(snapshot)``, computed once for each snapshot.

        query: a pure function of the snapshot. `depends_on` says which edits leave its answer as it is.
        """
        return self.whole._memo.get(query, self.whole)

    @property
    def memo(self) -> Memo:
        """The answers that are known."""
        return self.whole._memo

    def narrowed(self, sources: frozenset[str]) -> Snapshot:
        """Return the same snapshot, whose iterators of notes and links yield only those in ``sources``.

        Everything that is asked by name, and `get`, still answers for the whole vault.
        """
        made = copy(self)
        made.whole = self.whole
        made.sources = sources
        return made

    def source_notes(self) -> Iterator[tuple[str, Note]]:
        """Yield (path, note) of all notes, or of those a narrowed snapshot is about."""
        if self.sources is None:
            yield from self.notes.items()
        else:
            yield from ((path, self.notes[path]) for path in sorted(self.sources) if path in self.notes)

    def source_canvases(self) -> Iterator[tuple[str, Canvas]]:
        """As `source_notes`, for canvases."""
        for path, canvas in self.canvases.items():
            if self.sources is None or path in self.sources:
                yield path, canvas

    def links_of(self, path: str) -> tuple[BoundLink, ...]:
        """The links and embeds in a note's body with what they open, in order."""
        found = self._links.get(path)
        if found is None:
            note = self.notes.get(path)
            resolve = self._resolver.resolve
            found = tuple([BoundLink(link, resolve(link.linkpath, path)) for link in note.links]) if note else ()
            self._links[path] = found
        return found

    def bound_links(self) -> Iterator[tuple[str, BoundLink]]:
        """All links and embeds in the bodies of the source notes: (source, link)."""
        paths: Iterable[str] = self.notes if self.sources is None else sorted(self.sources)
        for path in paths:
            for link in self.links_of(path):
                yield path, link

    def card_links(self) -> Iterator[tuple[str, BoundLink]]:
        """All links and embeds in the text cards of canvases: (canvas, link). They are in no link table (R116)."""
        for path, canvas in self.source_canvases():
            for link in canvas.card_links:
                yield path, BoundLink(link, self._resolver.resolve(link.linkpath, path))

    def written_links(self) -> Iterator[tuple[str, BoundLink]]:
        """All links that Obsidian follows and rewrites: `bound_links`, then `card_links`."""
        yield from self.bound_links()
        yield from self.card_links()

    def has_file(self, linkpath: str, source: str) -> bool:
        """A link with this linkpath in the note ``source`` opens a file."""
        return self._resolver.resolve(linkpath, source).path is not None

    @property
    def _tables(self) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
        return self.get(link_tables)

    @property
    def resolved(self) -> Mapping[str, Mapping[str, int]]:
        """source -> target -> number of links, embeds and property links (the app's ``resolvedLinks``)."""
        return self._tables[0]

    @property
    def unresolved(self) -> Mapping[str, Mapping[str, int]]:
        """source -> name that no file answers to -> number of links (the app's ``unresolvedLinks``)."""
        return self._tables[1]

    @property
    def backlinks(self) -> Mapping[str, Mapping[str, int]]:
        """target -> source -> number of links, for every file that is linked to."""
        return self.get(backlinks)

    @property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Alias, folded as names are, -> notes that declare it. Aliases are no link targets."""
        return self.get(aliases_of)

    def is_template(self, path: str) -> bool:
        """Whether the file is in a folder of templates, by the settings or else by the folder's name."""
        folders = self.settings.template_folders
        if folders:
            return any(path.startswith(folder + "/") for folder in folders)
        return any(part.lower() in TEMPLATE_FOLDERS for part in path.split("/")[:-1])

    def is_excluded(self, path: str) -> bool:
        """The vault's settings hide this file (R4); it stays a link target and source."""
        prefixes, expressions = self._filters
        return path.startswith(prefixes) or any(expression.search(path) for expression in expressions)

    @cached_property
    def _filters(self) -> tuple[tuple[str, ...], tuple[SafePattern, ...]]:
        """The prefixes and the regular expressions among the settings' filters; what is neither counts for nothing."""
        prefixes, expressions = [], []
        for entry in self.settings.ignore_filters:
            if len(entry) > 1 and entry.startswith("/") and entry.endswith("/"):
                with contextlib.suppress(re.error):
                    expressions.append(SafePattern(entry[1:-1]))
            else:
                prefixes.append(entry)
        return tuple(prefixes), tuple(expressions)


def _is_drawing(note: Note) -> bool:
    """The note is a drawing of the Excalidraw plugin."""
    return note.frontmatter is not None and "excalidraw-plugin" in note.frontmatter.properties


def basename(path: str) -> str:
    """The last part of a path without its extension, as Obsidian's ``basename``.

    >>> basename("Concepts/GPT-3.5.md")
    'GPT-3.5'
    """
    name = path[path.rfind("/") + 1 :]
    suffix = extension(name)
    return name[: -len(suffix) - 1] if suffix else name
