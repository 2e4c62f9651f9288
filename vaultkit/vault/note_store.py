"""Notes and what was found out about them, kept in the store by path and read when they are asked for.

A note is taken from the store if the file's size, modification time, change time and inode are those of when it
was read. The change time cannot be set, so a file that gets its old dates back is read again. A file that changed
within two seconds before it was stored has no stamp, since a second change in the same tick of the clock would
not show.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec

from vaultkit.base.record import record
from vaultkit.base.store import Store
from vaultkit.note.model import Note

_T = TypeVar("_T")
NOTES = "notes"
ENCODER = msgspec.msgpack.Encoder(enc_hook=dict)  # properties that are read late are a mapping


@record
class NoteQuery(Generic[_T]):
    """A question to each note, asked while its text is known.

    purpose: all that the answers depend on besides the note; "" if they are not to be stored.
    ask:     a pure function of the note and its text; only truthy answers are kept.
    encode, decode: an answer to bytes and back.
    """

    purpose: str
    ask: Callable[[Note, str], _T | None]
    encode: Callable[[_T], bytes]
    decode: Callable[[bytes], _T]


def typed_query(ask: Callable[[Note, str], _T | None], kind: Any, purpose: str = "") -> NoteQuery[_T]:
    """Return a question whose answers are of the type ``kind``, which msgspec can decode."""
    return NoteQuery(purpose, ask, ENCODER.encode, msgspec.msgpack.Decoder(kind).decode)


class Rows(Mapping[str, _T]):
    """Values by path, decoded when they are asked for. A row that cannot be decoded raises `StaleError`."""

    def __init__(self, rows: Callable[[str], bytes | None], paths: Iterable[str], decode: Callable[[bytes], _T]) -> None:
        self._row = rows
        self._known: dict[str, _T] = {}
        self._paths = dict.fromkeys(paths)
        self._decode = decode

    def __getitem__(self, path: str) -> _T:
        known = self._known.get(path)
        if known is None:
            if path not in self._paths:
                raise KeyError(path)
            data = self._row(path)
            if data is None:
                raise StaleError(path)
            try:
                known = self._known[path] = self._decode(data)
            except (msgspec.MsgspecError, ValueError, TypeError) as error:
                raise StaleError(path) from error
        return known

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class StaleError(Exception):
    """The store does not hold what its own index promises; what was built on it is to be built anew."""


class Edited(Mapping[str, _T]):
    """A mapping with other values for some of its keys."""

    def __init__(self, below: Mapping[str, _T], values: Mapping[str, _T]) -> None:
        self._below: Mapping[str, _T] = below._below if isinstance(below, Edited) else below
        self._values: Mapping[str, _T] = {**below._values, **values} if isinstance(below, Edited) else values

    def __getitem__(self, key: str) -> _T:
        return self._values[key] if key in self._values else self._below[key]

    def get(self, key: str, default: Any = None) -> Any:
        """As of any mapping."""
        return self._values[key] if key in self._values else self._below.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self._below

    def __iter__(self) -> Iterator[str]:
        return iter(self._below)

    def __len__(self) -> int:
        return len(self._below)

    def items(self) -> ItemsView[str, _T]:
        """As of any mapping."""
        return {**self._below, **self._values}.items()


def encode_note(note: Note) -> bytes | None:
    """Return a note as bytes; None for one with a value that cannot be stored, such as an integer of 80 digits."""
    return encoded(ENCODER.encode, note)


def encoded(encode: Callable[[_T], bytes], value: _T) -> bytes | None:
    """Return ``encode(value)``; None if the value cannot be stored."""
    try:
        return encode(value)
    except (OverflowError, UnicodeEncodeError, TypeError, ValueError, RecursionError):
        return None


def decode_note(data: bytes) -> Note:
    """Return a note of `encode_note`.

    Raises:
        msgspec.MsgspecError: the bytes are something else.
    """
    return _decoder().decode(data)


@cache
def _decoder() -> msgspec.msgpack.Decoder[Note]:
    return msgspec.msgpack.Decoder(Note)


def stored_notes(
    store: Store, paths: Iterable[str], is_wanted: Callable[[str, bytes, bytes], bool]
) -> Rows[Note]:
    """Return the notes that the store has for these paths, read one by one.

    is_wanted: whether the row (path, stamp, value) is the one that is looked for; another one is stale.
    """

    def row(path: str) -> bytes | None:
        found = store.get(NOTES, path)
        return found[1] if found is not None and is_wanted(path, *found) else None

    return Rows(row, paths, decode_note)


def stored_answers(
    store: Store, query: NoteQuery[_T], paths: Iterable[str], stamps: Mapping[str, bytes]
) -> Rows[_T | None]:
    """Return the stored answers to a query about files of these stamps, read one by one; None for no answer."""

    def row(path: str) -> bytes | None:
        found = store.get(query.purpose, path)
        return found[1] if found is not None and found[0] == stamps[path] else None

    return Rows(row, paths, lambda data: query.decode(data) if data else None)
