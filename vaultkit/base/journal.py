"""What a run is about to change in a vault, written down first, so that the next run can undo what a killed one left.

The file ``.vaultkit-journal.json`` is in the vault's folder while a run writes. The run holds a lock on it; a journal
without a lock is of a run that was killed. It has one JSON document a line: what is renamed, what is rewritten (paths
and hashes, no texts), and "done" once all is in place. The old and new texts are beside the files, under hidden names.

A vault can come from anybody, and a journal with it. One that was not written into this very file is not obeyed: its
first line holds the file's number on the disk, which no archive and no clone can foresee.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import time
from collections.abc import Iterable, Sequence
from typing import Any

from vaultkit.base.file_lock import is_running, try_lock
from vaultkit.base.hashes import blake2b
from vaultkit.base.record import record
from vaultkit.base.rename import rename_new
from vaultkit.base.safe_read import NotOpenedError, read_regular
from vaultkit.base.staging import flush_folder, hidden_name, old_name, unlink

NAME = ".vaultkit-journal.json"
# Long enough for a run that writes thousands of notes; the user waits for it.
WAIT_SECONDS = 20.0
_PAUSE_SECONDS = 0.05
# A journal has about 200 bytes for each file.
_MAX_BYTES = 200_000_000
_MAX_FILE = 2_000_000_000
_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@record
class JournalEntry:
    """A file that is rewritten. target: its real path. before: hash of the old text, None for a new file."""

    target: str
    before: str | None
    after: str


@record
class Recovered:
    """What the next run did about a journal. undone: files and renames put back. left: sentences of what was not."""

    undone: int
    left: tuple[str, ...]


class BusyError(OSError):
    """Another run of vaultkit is writing to the vault, and goes on doing so."""


def digest(data: bytes) -> str:
    """The hash that a journal holds of a text."""
    return blake2b(data, digest_size=16).hexdigest()


class Journal:
    """The open journal of a run that writes."""

    def __init__(self, root: str, handle: int) -> None:
        self.root = root
        self.entries: list[JournalEntry] = []
        self.renamed: list[tuple[str, str]] = []
        self.folders: list[str] = []
        self._handle = handle
        self._write({"version": 1, "file": os.fstat(handle).st_ino, "process": os.getpid()})
        flush_folder(root)

    def plan(self, renames: Iterable[tuple[str, str]], folders: Iterable[str]) -> None:
        """Write down what is about to be renamed, and which folders are about to be made, outermost first."""
        self.renamed += renames
        self.folders += folders
        self._write({"renames": [list(pair) for pair in self.renamed], "folders": self.folders})

    def add(self, entries: Iterable[JournalEntry], *, together: bool) -> None:
        """Write down what is about to be rewritten. together: all of it or nothing."""
        self.entries += entries
        files = [[_within(self.root, one.target), one.before, one.after] for one in self.entries]
        self._write({"files": files, "together": together})

    def is_done(self) -> None:
        """Write down that all is in place."""
        self._write({"done": True})

    def close(self) -> None:
        """End the run: the journal is deleted."""
        _delete(self.root, self._handle)

    def leave(self) -> None:
        """End a run that could not put everything back; the next one tries again."""
        os.close(self._handle)

    def _write(self, document: dict[str, Any]) -> None:
        line = json.dumps(document, separators=(",", ":")).encode("ascii") + b"\n"
        os.lseek(self._handle, 0, os.SEEK_END)
        while line:
            line = line[os.write(self._handle, line) :]
        os.fsync(self._handle)


def open_journal(root: str, wait: float = WAIT_SECONDS) -> Journal:
    """Begin to write to the vault; what a killed run left is undone first.

    Raises:
        BusyError: another run writes to the vault.
        OSError: nothing can be written there, or what a killed run left cannot be undone.
    """
    path = os.path.join(root, NAME)
    until = time.monotonic() + wait
    while True:
        try:
            handle = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            found = recover(root)
            if found is not None and found.left:
                raise OSError(errno.EBUSY, found.left[0], root) from None
            if found is not None:
                continue
        else:
            if try_lock(handle) is not False and _is_at(handle, path):
                try:
                    return Journal(root, handle)
                except BaseException:
                    _delete(root, handle)
                    raise
            os.close(handle)
        if time.monotonic() > until:
            raise BusyError(errno.EAGAIN, "another run of vaultkit is writing to the vault", root)
        time.sleep(_PAUSE_SECONDS)


def recover(root: str) -> Recovered | None:
    """Undo what a killed run left; None when there is nothing, or a living run is still writing.

    A journal that is not of this folder is deleted, and nothing else is done.

    Raises:
        OSError: the journal cannot be opened.
    """
    path = os.path.join(root, NAME)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return Recovered(0, (f"{NAME} is not a regular file; delete it",))
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        return Recovered(0, ())
    is_closed = False
    try:
        is_locked = try_lock(handle)
        if is_locked is False or not _is_at(handle, path):
            return None
        lines = _lines(path)
        if is_locked is None and lines and is_running(_number(lines[0].get("process"))):
            return None
        found = Recovered(0, ())
        if lines and lines[0].get("file") == os.fstat(handle).st_ino:
            try:
                found = _undo_lines(root, lines[1:])
            except (ValueError, TypeError, AttributeError):
                found = Recovered(0, (f"{NAME} is damaged; delete it",))
        if not found.left:
            is_closed = True
            _delete(root, handle)
        return found
    finally:
        if not is_closed:
            os.close(handle)


def undo(journal: Journal) -> list[str]:
    """Put everything back as it was before the run; sentences of what could not be."""
    left = [reason for entry in reversed(journal.entries) if (reason := _settle(entry, keeps=False)[0])]
    if left:  # hidden files belong to the names of now
        return left
    left += [reason for old, new in reversed(journal.renamed) if (reason := _rename_back(journal.root, old, new))]
    for folder in reversed(journal.folders):
        with contextlib.suppress(OSError):
            os.rmdir(os.path.join(journal.root, folder))
    return left


def finish(entries: Iterable[JournalEntry], *, keeps: bool = True) -> list[str]:
    """Delete the hidden files of texts that are in place. Changes of another program to the old text are put back."""
    return [reason for entry in entries if (reason := _settle(entry, keeps=keeps)[0])]


def _undo_lines(root: str, lines: Sequence[dict[str, Any]]) -> Recovered:
    renames: list[tuple[str, str]] = []
    folders: list[str] = []
    entries: list[JournalEntry] = []
    is_together, is_done = True, False
    for line in lines:
        renames = [(str(old), str(new)) for old, new in line.get("renames", renames)]
        folders = [str(folder) for folder in line.get("folders", folders)]
        if "files" in line:
            entries = [
                JournalEntry(os.path.join(root, path), before, str(after)) for path, before, after in line["files"]
            ]
        is_together = bool(line.get("together", is_together))
        is_done = is_done or bool(line.get("done"))
    real = os.path.join(os.path.realpath(root), "")
    outside = [one for one in entries if not os.path.realpath(one.target).startswith(real)]
    outside += [JournalEntry(path, None, "") for pair in renames for path in pair if not _is_inside(real, root, path)]
    if outside:
        return Recovered(0, ())
    keeps = is_done or not is_together
    count = 0
    left: list[str] = []
    for entry in reversed(entries):
        reason, is_back = _settle(entry, keeps=keeps)
        left += [reason] * bool(reason)
        count += is_back
    if not is_done and not left:
        for old, new in reversed(renames):
            is_there = os.path.lexists(os.path.join(root, new))
            reason = _rename_back(root, old, new)
            left += [reason] * bool(reason)
            count += is_there and not reason
        for folder in reversed(folders):
            if _is_inside(real, root, folder):
                with contextlib.suppress(OSError):
                    os.rmdir(os.path.join(root, folder))
    return Recovered(count, tuple(left))


def _settle(entry: JournalEntry, *, keeps: bool) -> tuple[str, bool]:
    """Delete the hidden files of one file. keeps: its new text stays, else its old one comes back.

    Decided by what the files hold, so that it can be done at any moment, and again. The new text is kept only where
    what it replaced is the text that was read. A text that changed since is never touched. Returns a sentence
    when this failed, and whether the old text is back.
    """
    target = entry.target
    hidden = hidden_name(target)
    old = old_name(hidden)
    is_back = False
    try:
        if os.path.lexists(old):
            is_back = _settle_second(entry, hidden, old, keeps=keeps)
        elif _hash_of(target) == entry.after:
            if entry.before is None:
                if not keeps:
                    unlink(target)
                    is_back = True
            elif _is_old(hidden, target) and not (keeps and _hash_of(hidden) == entry.before):
                os.replace(hidden, target)
                is_back = True
        unlink(hidden)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        kept = old if os.path.lexists(old) else hidden
        if entry.before is None or not os.path.lexists(kept):
            return f"{target} could not be put back ({reason})", False
        return f"{target} could not be put back ({reason}); the old text is in {kept}", False
    return "", is_back


def _settle_second(entry: JournalEntry, hidden: str, old: str, *, keeps: bool) -> bool:
    """The old text has a second name: a hard link, or a copy where the file itself is written into."""
    target = entry.target
    if os.path.lexists(target) and os.path.samefile(old, target):
        unlink(old)
        return False
    now = _hash_of(target)
    is_back = False
    if os.path.lexists(hidden):  # written into
        if _hash_of(old) == entry.before and ((now == entry.after and not keeps) or _is_half(target, hidden, old)):
            write_into(target, read_regular(old, _MAX_FILE))
            is_back = True
    elif now == entry.after and not (keeps and _hash_of(old) == entry.before):
        os.replace(old, target)
        return True
    unlink(old)
    return is_back


def write_into(target: str, data: bytes) -> None:
    """Write a text into a file itself, which keeps its other names and its owner."""
    with open(target, "r+b", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        file.truncate()
        os.fsync(file.fileno())


def _is_half(target: str, new: str, old: str) -> bool:
    """The file begins like the new text and goes on like the old one: a run was killed while it wrote."""
    now, after, before = (read_regular(path, _MAX_FILE) for path in (target, new, old))
    if now in (before, after):
        return False
    length = min(len(now), len(after))
    same = next((at for at in range(length) if now[at] != after[at]), length)
    return now[same:] == before[same:]


def _is_old(hidden: str, target: str) -> bool:
    """The hidden file has changed places with the target; else it is the new text as far as it was written."""
    return os.path.lexists(hidden) and not read_regular(target, _MAX_FILE).startswith(read_regular(hidden, _MAX_FILE))


def _rename_back(root: str, old: str, new: str) -> str:
    source, target = os.path.join(root, new), os.path.join(root, old)
    if not _is_listed(source) or _is_listed(target):
        return ""
    try:
        rename_new(source, target)
    except OSError as error:
        return f"{new} could not be named {old} again ({(error.strerror or str(error)).lower()})"
    return ""


def _is_listed(path: str) -> bool:
    """The name exists as it is written here, on disks that ignore case, too."""
    folder, name = os.path.split(path)
    return os.path.lexists(path) and name in os.listdir(folder)


def _is_inside(real: str, root: str, path: str) -> bool:
    """The folder of a path is in the vault, and the path is not hidden."""
    folder = os.path.realpath(os.path.dirname(os.path.join(root, path)))
    return os.path.join(folder, "").startswith(real) and not path.startswith((".", "/")) and "/." not in path


def _hash_of(path: str) -> str | None:
    """The hash of a file's text; None when there is no such file, or it is a folder, a pipe or a link to itself."""
    try:
        return digest(read_regular(path, _MAX_FILE))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, NotOpenedError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None
        raise


def _within(root: str, target: str) -> str:
    return os.path.relpath(target, os.path.realpath(root))


def _lines(path: str) -> list[dict[str, Any]]:
    """The documents of a journal; the last line is left out when it was not written to its end."""
    try:
        data = read_regular(path, _MAX_BYTES)
        lines = [json.loads(line) for line in data.split(b"\n")[:-1]]
    except (ValueError, RecursionError, OSError):
        return []
    return lines if all(isinstance(line, dict) for line in lines) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _is_at(handle: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False


def _delete(root: str, handle: int) -> None:
    if os.name == "nt":  # which deletes no open file
        os.close(handle)
        unlink(os.path.join(root, NAME))
        return
    try:
        unlink(os.path.join(root, NAME))
    finally:
        os.close(handle)
