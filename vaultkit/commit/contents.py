"""What the files of a commit say: objects read from git, each once, and the notes in them.

Where git converts a file on its way to disk (git-crypt, LFS, another encoding), the object is not the note. Its text
is on disk, and counts while the file there is still the one that was staged. Programs of the repository's
configuration are never run for it, so other versions of such a file are unknown.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property

from vaultkit.base.safe_read import read_inside, read_regular
from vaultkit.base.text import decode
from vaultkit.commit.repository import SYMLINK, Git, Stamp, TreeEntry
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_note, unread_note

UNKNOWN = "unknown"


class Contents:
    """Contents by object name. index: what is staged, by path from the top folder."""

    def __init__(self, git: Git, index: Mapping[str, TreeEntry]) -> None:
        self._git = git
        self._index = index
        self._data: dict[str, bytes | None] = {"": None}
        self._too_large: set[str] = set()
        self._notes: dict[str, Note] = {}

    def fetch(self, entries: Iterable[TreeEntry | None]) -> None:
        """Read what was not read yet, all at once."""
        wanted = {entry.blob: entry for entry in entries if entry is not None and entry.blob not in self._data}
        if not wanted:
            return
        own = [entry.path for entry in wanted.values() if not entry.folder and entry.mode != SYMLINK]
        converted = self._git.converted(own)
        plain: dict[str, list[str]] = {}
        for blob, entry in wanted.items():
            if entry.path in converted and entry.mode != SYMLINK:
                self._data[blob] = self._from_disk(entry)
            else:
                plain.setdefault(entry.folder, []).append(blob)
        for folder, blobs in plain.items():
            found = self._git.blobs(blobs, folder)
            self._data.update({blob: found.get(blob) for blob in blobs})
            self._too_large |= {blob for blob, data in found.items() if data is None}

    def data(self, entry: TreeEntry | None) -> bytes | None:
        """The bytes of a file; None when they are unknown. A `fetch` of many before is quicker."""
        if entry is None:
            return None
        if entry.blob not in self._data:
            self.fetch([entry])
        return self._data[entry.blob]

    def text(self, entry: TreeEntry | None) -> str:
        """The text of a file; "" when it is unknown or no text."""
        return decode(self.data(entry) or b"").text

    def note(self, entry: TreeEntry) -> Note:
        """The note in a file. As `data`."""
        note = self._notes.get(entry.blob)
        if note is None:
            data = self.data(entry)
            if data is None:
                note = unread_note("too large" if entry.blob in self._too_large else UNKNOWN)
            else:
                note = parse_note(data)
            self._notes[entry.blob] = note
        return note

    def is_as_staged(self, entry: TreeEntry) -> bool:
        """The file on disk is the one that is staged, line ends aside."""
        try:
            there = read_inside(self._git.top, entry.path)
        except OSError:
            return False
        staged = self.data(entry)
        return staged is not None and there.replace(b"\r\n", b"\n") == staged.replace(b"\r\n", b"\n")

    @cached_property
    def _stamps(self) -> Mapping[str, Stamp]:
        return self._git.stamps()

    def _from_disk(self, entry: TreeEntry) -> bytes | None:
        staged, stamp = self._index.get(entry.path), self._stamps.get(entry.path)
        if staged is None or staged.blob != entry.blob or stamp is None:
            return None
        place = os.path.join(self._git.top, entry.path)
        try:
            state = os.lstat(place)
            seconds, nanoseconds = divmod(state.st_mtime_ns, 1_000_000_000)
            is_same_time = seconds == stamp.seconds and stamp.nanoseconds in (0, nanoseconds)
            if not is_same_time or state.st_size != stamp.size:
                return None
            return read_regular(place)
        except OSError:
            return None
