"""Read many notes: the only place with a pool.

With two processors the notes are shared between this process and one forked worker a processor
more; each parses and inspects its share. Forking costs about 3 ms, a worker's answer about 10
microseconds a note, so small vaults stay in this process.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vaultkit.note.model import Note
from vaultkit.note.parse import parse_text, unread_note
from vaultkit.record import record
from vaultkit.text import decode

Inspect = Callable[[Note, str], Any]

# A note of 10 MB is a log or a dump; reading it as a note would cost seconds and tell nothing.
MAX_NOTE_BYTES = 10_000_000
# Below this many bytes of paths and notes a second process costs more than it saves.
NOTES_WORTH_A_WORKER = 600
MAX_WORKERS = 8
# After so many notes to each worker this process takes one more: an answer costs a seventh of the reading.
ROUNDS = 6


@record
class Scan:
    """notes: path -> note.  answers: path -> what ``inspect`` said, where truthy.  faults: (path, reason)."""

    notes: Mapping[str, Note]
    answers: Mapping[str, Any]
    faults: tuple[tuple[str, str], ...]


_Share = tuple[dict[str, Note], dict[str, Any], list[tuple[str, str]]]


def read_notes(
    root: str,
    paths: Sequence[str],
    inspect: Inspect | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Scan:
    """Read and parse the notes at ``paths`` (relative to ``root``); order is kept."""
    workers = min(_processors(), MAX_WORKERS, len(paths) // NOTES_WORTH_A_WORKER + 1)
    was_enabled = gc.isenabled()
    gc.disable()  # nothing here makes cycles, and each pass walks every note read so far
    try:
        if workers > 1 and hasattr(os, "fork") and sys.platform != "darwin":
            notes, answers, faults = _shared(root, paths, inspect, progress, workers)
        else:
            notes, answers, faults = _read(root, paths, inspect, progress, len(paths))
    finally:
        if was_enabled:
            gc.enable()
    return Scan(notes, answers, tuple(faults))


def _processors() -> int:
    wanted = os.environ.get("VAULTKIT_JOBS", "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _read(
    root: str,
    paths: Sequence[str],
    inspect: Inspect | None,
    progress: Callable[[int, int], None] | None,
    total: int,
) -> _Share:
    notes: dict[str, Note] = {}
    answers: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    prefix = os.path.join(root, "")
    for done, path in enumerate(paths):
        if progress is not None and done % 256 == 0:
            progress(done, total)
        try:
            with open(prefix + path, "rb", buffering=0) as file:
                data = file.read(MAX_NOTE_BYTES + 1)
                while 0 < len(data) <= MAX_NOTE_BYTES:
                    more = file.read(MAX_NOTE_BYTES + 1 - len(data))
                    if not more:
                        break
                    data += more
        except OSError as error:
            if not os.path.islink(prefix + path) and not os.path.exists(prefix + path):
                folder, _, name = (prefix + path).rpartition("/")
                if not os.path.exists(f"{folder}/.{name}.icloud"):
                    continue  # gone since the walk: as if it had never been there
                faults.append((path, "kept in the cloud only, so its content is not known"))
            else:
                faults.append((path, (error.strerror or str(error)).lower()))
            notes[path] = unread_note("unreadable")
            continue
        if len(data) > MAX_NOTE_BYTES:
            faults.append((path, f"larger than {MAX_NOTE_BYTES // 1_000_000} MB, so it was not read as a note"))
            notes[path] = unread_note("too large")
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


def _shared(
    root: str,
    paths: Sequence[str],
    inspect: Inspect | None,
    progress: Callable[[int, int], None] | None,
    workers: int,
) -> _Share:
    """The notes dealt out to ``workers``; this process reads the first share itself.

    Notes are dealt like cards, so that a folder of long ones does not fall to one worker; this process
    gets one card more a round, as it has no answer to send.
    """
    import pickle

    turns = [*range(workers)] * ROUNDS + [0]
    shares: list[list[str]] = [[] for _ in range(workers)]
    for index, path in enumerate(paths):
        shares[turns[index % len(turns)]].append(path)
    pipes = []
    sys.stdout.flush()
    sys.stderr.flush()
    for share in shares[1:]:
        receiving, sending = os.pipe()
        child = os.fork()
        if child == 0:
            _work(receiving, sending, root, share, inspect)
        os.close(sending)
        pipes.append((child, receiving, share))
    parts = [_read(root, shares[0], inspect, progress, len(paths))]
    for child, receiving, share in pipes:
        with open(receiving, "rb") as pipe:
            data = pipe.read()
        if os.waitpid(child, 0)[1] == 0:
            parts.append(pickle.loads(data))
        else:  # the worker died (out of memory, killed): its share is read here
            parts.append(_read(root, share, inspect, progress, len(paths)))
    notes: dict[str, Note] = {}
    for index, path in enumerate(paths):
        note = parts[turns[index % len(turns)]][0].get(path)
        if note is not None:
            notes[path] = note
    answers = {path: answer for part in parts for path, answer in part[1].items()}
    return notes, answers, sorted(fault for part in parts for fault in part[2])


def _work(receiving: int, sending: int, root: str, share: Sequence[str], inspect: Inspect | None) -> None:
    """The life of a worker: read a share, send it, leave without running anybody's exit handlers."""
    import pickle

    status = 1
    try:
        os.close(receiving)
        data = pickle.dumps(_read(root, share, inspect, None, 0), protocol=pickle.HIGHEST_PROTOCOL)
        with open(sending, "wb") as pipe:
            pipe.write(data)
        status = 0
    finally:
        os._exit(status)
