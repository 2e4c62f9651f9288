"""Notes that are read on first use.

Half of the commands need file names only, or one note; reading 100,000 notes for them would take seconds.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import TypeVar

from vaultkit.note.model import Note
from vaultkit.note.parse import unread_note
from vaultkit.vault.read_notes import read_notes
from vaultkit.vault.snapshot import Snapshot

_T = TypeVar("_T")

# Who asks for more notes than these will ask for all, which are read together, by all processors.
SINGLE_NOTES = 16


class WholeVault:
    """The vault as it is when it is read, once. read: reads it."""

    def __init__(self, read: Callable[[], Snapshot]) -> None:
        self._read = read

    @property
    def is_read(self) -> bool:
        """Whether it was read."""
        return "vault" in self.__dict__

    @cached_property
    def vault(self) -> Snapshot:
        return self._read()


class Later(Mapping[str, _T]):
    """A mapping whose keys are known, and whose values are all read on first use.

    missing: makes the value of a key that no longer exists, or cannot be read, when the others are read.
    """

    def __init__(self, keys: Iterator[str], read: Callable[[], Mapping[str, _T]], missing: Callable[[], _T]) -> None:
        self._keys = dict.fromkeys(keys)
        self._read = read
        self._missing = missing

    def __getitem__(self, key: str) -> _T:
        if key not in self._keys:
            raise KeyError(key)
        found = self._read().get(key)
        return self._missing() if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def items(self) -> ItemsView[str, _T]:
        """All of it, read."""
        return self._read().items()

    def values(self) -> ValuesView[_T]:
        """All of it, read."""
        return self._read().values()


class LaterNotes(Later[Note]):
    """Notes that are read one at a time while few are used."""

    def __init__(self, root: str, paths: Iterator[str], whole: WholeVault) -> None:
        super().__init__(paths, lambda: whole.vault.notes, lambda: unread_note("unreadable"))
        self._root = root
        self._whole = whole
        self._single: dict[str, Note] = {}

    def __getitem__(self, key: str) -> Note:
        known = self._single.get(key)
        if known is not None:
            return known
        if key in self._keys and len(self._single) < SINGLE_NOTES:
            note = read_notes(self._root, [key]).notes.get(key)
            if note is not None:  # None: deleted since the folder was listed
                self._single[key] = note
                return note
        return super().__getitem__(key)

    def faults(self) -> list[tuple[str, str]]:
        """(path, reason) of the notes that could not be read, of those that were asked for so far."""
        so_far = self._whole.vault.notes if self._whole.is_read else self._single
        return sorted((path, note.fault) for path, note in so_far.items() if note.fault)
