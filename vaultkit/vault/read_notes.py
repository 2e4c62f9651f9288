"""Read many notes, each on its own; with two processors two processes share them (`vaultkit.base.process_pool`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from vaultkit.base.process_pool import MAX_TICKETS, parallel_map
from vaultkit.base.record import record
from vaultkit.base.safe_read import MAX_BYTES, TooLargeError, read_regular
from vaultkit.base.text import decode
from vaultkit.note.model import Note
from vaultkit.vault.note_store import ENCODER, NoteQuery, decode_note
from vaultkit.note.parse import parse_text, unread_note

Inspect = Callable[[Note, str], Any]

MAX_NOTE_BYTES = MAX_BYTES
# With fewer notes a second process costs more than it saves.
NOTES_WORTH_A_WORKER = 600
# Some milliseconds of work: little to wait for at the end, and few answers to put together.
NOTES_A_TICKET = 32


@record
class Scan:
    """notes: path -> note.  answers: path -> what ``inspect`` said, where truthy.  faults: (path, reason)."""

    notes: Mapping[str, Note]
    answers: Mapping[str, Any]
    faults: tuple[tuple[str, str], ...]


_Share = tuple[dict[str, Note], dict[str, Any], list[tuple[str, str]]]
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[list[tuple[str, bytes, bytes]], list[tuple[str, str]]]).decode


def read_notes(
    root: str,
    paths: Sequence[str],
    query: NoteQuery[Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Scan:
    """Read and parse the notes at ``paths`` (relative to ``root``), and ask ``query`` about each; order is kept."""
    size = max(NOTES_A_TICKET, -(-len(paths) // MAX_TICKETS))
    starts = range(0, len(paths), size)
    ask = query.ask if query is not None else None

    def read(ticket: int) -> _Share:
        if progress is not None:
            progress(starts[ticket], len(paths))
        return _read(root, paths[starts[ticket] : starts[ticket] + size], ask)

    def encode(share: _Share) -> bytes:
        said = share[1]
        rows = [
            (path, ENCODER.encode(note), query.encode(said[path]) if query is not None and path in said else b"")
            for path, note in share[0].items()
        ]
        return _encode((rows, share[2]))

    def decode(data: bytes) -> _Share:
        rows, faults = _decode(data)
        notes = {path: decode_note(note) for path, note, _ in rows}
        return notes, {path: query.decode(answer) for path, _, answer in rows if answer and query is not None}, faults

    notes: dict[str, Note] = {}
    answers: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    workers = len(paths) // NOTES_WORTH_A_WORKER + 1
    for found in parallel_map(len(starts), read, workers, encode=encode, decode=decode):
        notes.update(found[0])
        answers.update(found[1])
        faults += found[2]
    return Scan(notes, answers, tuple(faults))


def _read(root: str, paths: Sequence[str], inspect: Inspect | None) -> _Share:
    notes: dict[str, Note] = {}
    answers: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    prefix = os.path.join(root, "")
    for path in paths:
        try:
            data = read_regular(prefix + path)
        except TooLargeError:
            faults.append((path, f"larger than {MAX_NOTE_BYTES // 1_000_000} MB, so it was not read as a note"))
            notes[path] = unread_note("too large")
            continue
        except OSError as error:
            if not os.path.islink(prefix + path) and not os.path.exists(prefix + path):
                folder, name = os.path.split(prefix + path)
                if not os.path.exists(os.path.join(folder, f".{name}.icloud")):
                    continue  # gone since the walk: as if it had never been there
                faults.append((path, "stored in the cloud only, so its content is unknown"))
            else:
                faults.append((path, (error.strerror or str(error)).lower()))
            notes[path] = unread_note("unreadable")
            continue
        decoded = decode(data)
        if decoded.fault:
            note = unread_note(decoded.fault, decoded.has_bom)
        else:
            note = parse_text(decoded.text, decoded.has_bom)
        notes[path] = note
        if inspect is not None:
            answer = inspect(note, decoded.text)
            if answer:
                answers[path] = answer
    return notes, answers, faults
