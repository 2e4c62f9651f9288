"""The vault before and after a commit: all names, and the content of the notes that matter."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from vaultkit.base.record import record
from vaultkit.commit.contents import UNKNOWN, Contents
from vaultkit.commit.repository import TreeEntry
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_text
from vaultkit.vault.canvas import Canvas, read_canvas
from vaultkit.vault.files import VaultFile, file_kind, is_hidden
from vaultkit.vault.resolve import Resolver
from vaultkit.vault.settings import Settings
from vaultkit.vault.snapshot import Snapshot

READ_KINDS = ("note", "canvas", "base")

Files = Mapping[str, TreeEntry]


@record
class Side:
    """A vault of one commit. answers: what the note rules say of the notes that were read."""

    vault: Snapshot
    answers: Mapping[str, Any]


class _ReadNotes(dict[str, Note]):
    """The notes that were read; any other note is one without content."""

    empty = parse_text("")

    def __missing__(self, path: str) -> Note:
        return self.empty


class Reader:
    """Makes the sides of one commit.

    root: the vault's folder.  inspect: what the note rules say of a note.
    """

    def __init__(self, root: str, contents: Contents, settings: Settings, inspect: Callable[[Note, str], Any]) -> None:
        self.root = root
        self.contents = contents
        self.settings = settings
        self._inspect = inspect
        self._answers: dict[str, Any] = {}
        self._listings: list[tuple[Files, Resolver, Mapping[str, VaultFile]]] = []

    def resolver(self, files: Files) -> Resolver:
        """What resolves links as the vault of these files does."""
        return self._listing(files)[0]

    def _listing(self, files: Files) -> tuple[Resolver, Mapping[str, VaultFile]]:
        """The resolver and the files of a vault. Most commits change no name, so that both sides have the same."""
        for known, resolver, kinds in self._listings:
            if known is files or known.keys() == files.keys():
                return resolver, kinds
        found = Resolver(files), {path: VaultFile(path, file_kind(path)) for path in files}
        self._listings.append((files, *found))
        return found

    def fetch(self, files: Files, paths: Iterable[str]) -> None:
        """Read the notes, canvases and bases among the paths."""
        self.contents.fetch(files[path] for path in paths if path in files and file_kind(path) in READ_KINDS)

    def with_embeds(self, files: Files, paths: Iterable[str]) -> set[str]:
        """The paths with what they show, and what that shows in turn."""
        read = {path for path in paths if path in files}
        self.fetch(files, read)
        pending = sorted(read)
        while pending:
            pending = sorted(self._targets(files, pending, only_embeds=True) - read)
            self.fetch(files, pending)
            read |= set(pending)
        return read

    def targets(self, files: Files, paths: Iterable[str]) -> set[str]:
        """The notes and bases of which the paths name a place."""
        found = self._targets(files, paths, only_embeds=False)
        self.fetch(files, found)
        return found

    def _targets(self, files: Files, paths: Iterable[str], *, only_embeds: bool) -> set[str]:
        resolver = self.resolver(files)
        targets = set()
        for path in paths:
            for linkpath, subpath, is_embed in self._links(files, path):
                if is_embed or (subpath and not only_embeds):
                    target = resolver.resolve(linkpath, path).path
                    if target is not None and file_kind(target) in ("note", "base"):
                        targets.add(target)
        return targets

    def _links(self, files: Files, path: str) -> list[tuple[str, str, bool]]:
        entry, kind = files[path], file_kind(path)
        if kind == "note":
            note = self.contents.note(entry)
            return [
                *((link.linkpath, link.subpath, link.is_embed) for link in note.links),
                *((link.linkpath, link.subpath, False) for link in note.property_links),
            ]
        if kind == "canvas":
            canvas = self.canvas(entry)
            return [
                *((link.linkpath, link.subpath, link.is_embed) for link in canvas.card_links),
                *(("/" + node.path, node.subpath, False) for node in canvas.nodes),
            ]
        return []

    def canvas(self, entry: TreeEntry) -> Canvas:
        """The canvas in a file."""
        data = self.contents.data(entry)
        return Canvas("", (), (), ()) if data is None else read_canvas(data)

    def answer(self, entry: TreeEntry) -> Any:
        """What the note rules say of the note in a file."""
        if entry.blob not in self._answers:
            note = self.contents.note(entry)
            answer = None if note.fault else self._inspect(note, self.contents.text(entry))
            self._answers[entry.blob] = answer
        return self._answers[entry.blob]

    def side(
        self,
        files: Files,
        read: Iterable[str],
        untracked: Mapping[str, str] | None = None,
        settings_files: Mapping[str, bytes] | None = None,
        *,
        is_lean: bool = True,
    ) -> Side:
        """The vault of these files. read: paths whose content matters; the other notes are without content.

        is_lean: rules that go through all notes see those only that were read. It is quicker, and enough to compare.
        """
        resolver, kinds = self._listing(files)
        self.fetch(files, (path for path, file in kinds.items() if file.kind == "base"))  # rules look into each
        notes: dict[str, Note] = _ReadNotes()
        if not is_lean:
            notes = {path: _ReadNotes.empty for path, file in kinds.items() if file.kind == "note"}
        canvases: dict[str, Canvas] = {}
        unsaved: dict[str, bytes] = dict(settings_files or {})
        answers: dict[str, Any] = {}
        faults = []
        for path in read:
            entry = files.get(path)
            if entry is None or kinds[path].kind not in READ_KINDS:
                continue
            data = self.contents.data(entry)
            unsaved[path] = data or b""
            if kinds[path].kind == "note":
                notes[path] = self.contents.note(entry)
                if notes[path].fault == "too large":
                    faults.append((path, "too large, so it was not read as a note"))
                if answer := self.answer(entry):
                    answers[path] = answer
            elif kinds[path].kind == "canvas":
                canvases[path] = self.canvas(entry)
        vault = Snapshot(
            kinds, notes, canvases, self.settings, name=os.path.basename(self.root), root=self.root,
            faults=tuple(faults), unsaved=unsaved, untracked=untracked or {}, resolver=resolver, source=self._source(files),
        )  # fmt: skip
        return Side(vault, answers)

    def _source(self, files: Files) -> Callable[[str], bytes | None]:
        """Reads files as git has them; hidden ones that the commit lacks are left to the disk."""

        def read(path: str) -> bytes | None:
            data = self.contents.data(files.get(path))
            if data is None and not is_hidden(path):
                raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
            return data

        return read


def is_unknown(side: Side, path: str) -> bool:
    """The file's content cannot be known, so nothing is said of it."""
    note = side.vault.notes.get(path)
    return note is not None and note.fault == UNKNOWN


def written_links(vault: Snapshot, path: str) -> Iterable[Any]:
    """Everything in a note or canvas that names a file."""
    note = vault.notes.get(path)
    if note is not None:
        return chain[Any](note.links, note.property_links, note.reference_definitions)
    canvas = vault.canvases.get(path)
    return chain[Any](canvas.nodes, canvas.card_links) if canvas is not None else ()
