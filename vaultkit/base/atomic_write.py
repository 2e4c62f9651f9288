"""Write changed files: each whole or not at all, never outside the vault, and never over changes of another program.

A new text is first written beside its place under a hidden name, flushed, and made like the old file. Then the two
change places in one step. What was there is compared with what was read, and put back if it is not the same. A journal
lets the next run undo what a killed one left. All texts that vaultkit writes go through this module.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Sequence

from vaultkit.base.errors import VaultkitError
from vaultkit.base.journal import BusyError, Journal, JournalEntry, digest, finish, open_journal, undo, write_into
from vaultkit.base.record import record
from vaultkit.base.rename import exchange, rename_new
from vaultkit.base.safe_read import TooLargeError, read_regular
from vaultkit.base.staging import flush_folder, hidden_name, make_like, old_name, open_part, stage, sweep, unlink

_BUSY = "is left, since another run of vaultkit is writing to the vault"


@record
class FileChange:
    """New bytes for a file of the vault. before: what it held when it was read; None when there was no file."""

    path: str
    before: bytes | None
    after: bytes


@record
class Written:
    """paths: the files that hold their new bytes. refused: (path, reason) of those left as they are."""

    paths: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


class NotPutBackError(VaultkitError):
    """Some files hold their new text, and their old one is beside them; the message names where."""


class _RefusedError(Exception):
    """Why a file was left as it is."""


def write_changes(root: str, changes: Iterable[FileChange]) -> Written:
    """Write the files, those longest untouched first, so that their order by modification time stays."""
    ordered = sorted(changes, key=lambda change: (_modified(root, change.path), change.path))
    same = [change.path for change in ordered if change.before == change.after]
    ordered = [change for change in ordered if change.before != change.after]
    if not ordered:
        return Written(tuple(sorted(same)), ())
    try:
        journal = open_journal(root)
    except OSError as error:
        reason = _BUSY if isinstance(error, BusyError) else _reason(error)
        return Written(tuple(sorted(same)), tuple(sorted((change.path, reason) for change in ordered)))
    left: list[str] = []
    try:
        return _write_each(journal, ordered, same, left)
    finally:
        if left:
            journal.leave()
        else:
            with contextlib.suppress(OSError):
                journal.close()


def _write_each(journal: Journal, changes: Sequence[FileChange], written: list[str], left: list[str]) -> Written:
    """left: gets sentences of what could not be cleaned up."""
    refused: list[tuple[str, str]] = []
    planned: list[tuple[FileChange, JournalEntry]] = []
    for change in changes:
        try:
            planned.append((change, _entry(journal.root, change)))
        except _RefusedError as refusal:
            refused.append((change.path, str(refusal)))
    last = 0
    try:
        journal.add([entry for _, entry in planned], together=False)
    except OSError as error:
        return Written(
            tuple(sorted(written)), tuple(sorted([*refused, *((one.path, _reason(error)) for one, _ in planned)]))
        )
    for change, entry in planned:
        try:
            try:
                last = _write_one(entry, change, last)
            finally:
                failed = finish([entry])
                left += failed
            if failed:
                raise _RefusedError(failed[0])
        except _RefusedError as refusal:
            refused.append((change.path, str(refusal)))
        except OSError as error:
            refused.append((change.path, _reason(error)))
        else:
            written.append(change.path)
    return Written(tuple(sorted(written)), tuple(sorted(refused)))


def write_together(
    root: str,
    changes: Iterable[FileChange],
    renames: Sequence[tuple[str, str]] = (),
    require: Callable[[str, str], None] = lambda old, new: None,
) -> None:
    """Rename files and folders, then write texts: all of it or nothing. Folders of new files are made.

    changes: under the paths of after the renaming. require: raises if a path may not get the new one.

    Raises:
        OSError: a file could not be written; all are as they were.
        ValueError: a file is gone, has changed since it was read, or is outside the vault; the same.
        NotPutBackError: a file could not be written, and another could not be put back.
    """
    wanted = [change for change in changes if change.before != change.after]
    if not wanted and not renames:
        return
    for old, new in renames:
        require(old, new)
    journal = open_journal(root)
    try:
        paths = [*(new for _, new in renames), *(one.path for one in wanted)]
        journal.plan(renames, _missing_folders(root, paths, frozenset(new for _, new in renames)))
        for folder in journal.folders:
            with contextlib.suppress(FileExistsError):
                os.mkdir(os.path.join(root, folder))
        for old, new in renames:
            require(old, new)
            _rename(root, old, new)
        planned = [(change, _entry_of(root, change)) for change in wanted]
        journal.add([entry for _, entry in planned], together=True)
        for change, entry in planned:
            _demand_unchanged(entry, change)
            stage(entry.target, hidden_name(entry.target), change.after)
        for change, entry in planned:
            _place(entry, change)
        _flush(root, journal)
        for change, entry in planned:
            _demand_kept(entry, change)
        journal.is_done()
    except BaseException as error:
        left = undo(journal)
        if left:
            journal.leave()
            raise NotPutBackError(f"{error or 'interrupted'}; {'; '.join(left)}") from error
        with contextlib.suppress(OSError):
            journal.close()
        raise
    _clean_up(journal)


def _clean_up(journal: Journal) -> None:
    """Delete the hidden files. All is in place: an interrupt comes too late, and what stays the next run deletes."""
    left: list[str] = []
    for _ in range(2):
        try:
            left = finish(journal.entries)
            break
        except KeyboardInterrupt:
            left = ["interrupted"]
    if left:
        journal.leave()
    else:
        with contextlib.suppress(OSError):
            journal.close()


def write_whole(path: str, data: bytes) -> None:
    """Write a file that the user named for it, whole or not at all, whatever it held. Write to a device or a pipe.

    Raises:
        OSError: it cannot be written.
    """
    target = os.path.realpath(path)
    if os.path.lexists(path) and not _is_replaceable(path, target):
        with open(path, "wb") as file:
            file.write(data)
        return
    sweep(os.path.dirname(target))
    hidden, handle = open_part(target)
    try:
        with open(handle, "wb", closefd=os.name == "nt") as file:  # open, it stays locked until it has its name
            file.write(data)
            file.flush()
            make_like(target, hidden, file.fileno())
            os.fsync(file.fileno())
        os.replace(hidden, target)
    except BaseException:
        with contextlib.suppress(OSError):
            unlink(hidden)
        raise
    finally:
        if os.name != "nt":
            os.close(handle)
    flush_folder(os.path.dirname(target))


def write_cached(path: str, data: bytes) -> None:
    """Write a file of the cache, which only its owner may read. One that a power cut damages is made anew.

    Raises:
        OSError: it cannot be written.
    """
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    sweep(os.path.dirname(path))
    hidden, handle = open_part(path)
    try:
        with open(handle, "wb", closefd=os.name == "nt") as file:
            file.write(data)
        os.replace(hidden, path)
    except BaseException:
        with contextlib.suppress(OSError):
            unlink(hidden)
        raise
    finally:
        if os.name != "nt":
            os.close(handle)


def _is_replaceable(path: str, target: str) -> bool:
    """A regular file with one name, in a folder that can be written to; a link to nothing is replaced at its end."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return True
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and os.access(os.path.dirname(target), os.W_OK)


def _reason(error: OSError) -> str:
    return f"cannot be written ({(error.strerror or str(error)).lower()})"


def _modified(root: str, path: str) -> int:
    try:
        return os.stat(os.path.join(root, path)).st_mtime_ns
    except OSError:
        return 0


def _entry(root: str, change: FileChange) -> JournalEntry:
    """Where a change is written: the file itself if the path is a symbolic link.

    Raises:
        _RefusedError: the file is outside the vault.
    """
    target = os.path.realpath(os.path.join(root, change.path))
    if not target.startswith(os.path.join(os.path.realpath(root), "")):
        raise _RefusedError("lies outside the vault")
    return JournalEntry(target, None if change.before is None else digest(change.before), digest(change.after))


def _entry_of(root: str, change: FileChange) -> JournalEntry:
    try:
        return _entry(root, change)
    except _RefusedError as refusal:
        raise ValueError(f"{change.path} {refusal}") from None


def _write_one(entry: JournalEntry, change: FileChange, last: int) -> int:
    """Write one file; its modification time, which is later than ``last``."""
    target, hidden = entry.target, hidden_name(entry.target)
    _require_unchanged(target, change.before)
    is_like = stage(target, hidden, change.after)
    modified = os.stat(hidden).st_mtime_ns
    if modified <= last:
        modified = last + 1_000_000  # Obsidian counts in milliseconds
        os.utime(hidden, ns=(modified, modified))
    _require_unchanged(target, change.before)
    _swap(target, hidden, change, is_like=is_like)
    flush_folder(os.path.dirname(target))
    _require_kept(entry, change)
    return modified


def _place(entry: JournalEntry, change: FileChange) -> None:
    """Put a staged text in its place.

    Raises:
        ValueError: the file is not as it was read.
    """
    target, hidden = entry.target, hidden_name(entry.target)
    _demand_unchanged(entry, change)
    try:
        if change.before is None:
            rename_new(hidden, target)
        else:
            _swap(target, hidden, change, is_like=_has_owner_of(target, hidden))
    except FileExistsError:
        raise ValueError(f"{change.path} exists already") from None


def _swap(target: str, hidden: str, change: FileChange, *, is_like: bool) -> None:
    """Let the new text take the file's name. The old text stays under a hidden name until all is done."""
    old = old_name(hidden)
    assert change.before is not None
    if os.stat(target).st_nlink > 1 or not is_like:
        stage(target, old, change.before)
        write_into(target, change.after)
    elif not exchange(hidden, target):
        unlink(old)
        try:
            os.link(target, old)
        except OSError:  # a disk without hard links
            stage(target, old, change.before)
        os.replace(hidden, target)


def _has_owner_of(target: str, hidden: str) -> bool:
    one, other = os.stat(target), os.stat(hidden)
    return (one.st_uid, one.st_gid) == (other.st_uid, other.st_gid)


def _require_kept(entry: JournalEntry, change: FileChange) -> None:
    """Raise if what was replaced is not what was read: another program wrote to it in the last moment."""
    hidden = hidden_name(entry.target)
    for kept in (old_name(hidden), hidden):
        if os.path.lexists(kept):
            try:
                is_kept = digest(read_regular(kept, _limit(change))) in (entry.before, entry.after)
            except TooLargeError:
                is_kept = False
            if not is_kept:
                raise _RefusedError("changed since it was read")
            return


def _demand_kept(entry: JournalEntry, change: FileChange) -> None:
    try:
        _require_kept(entry, change)
    except _RefusedError as refusal:
        raise ValueError(f"{change.path} {refusal}") from None


def _limit(change: FileChange) -> int:
    return max(len(change.before or b""), len(change.after))


def _demand_unchanged(entry: JournalEntry, change: FileChange) -> None:
    try:
        _require_unchanged(entry.target, change.before)
    except _RefusedError as refusal:
        raise ValueError(f"{change.path} {refusal}") from None


def _require_unchanged(target: str, before: bytes | None) -> None:
    if before is None:
        if os.path.lexists(target):
            raise _RefusedError("exists already")
        return
    try:
        now = read_regular(target, len(before))
    except TooLargeError:
        raise _RefusedError("changed since it was read") from None
    except FileNotFoundError:
        raise _RefusedError("is gone since it was read") from None
    if now != before:
        raise _RefusedError("changed since it was read")


def _rename(root: str, old: str, new: str) -> None:
    try:
        rename_new(os.path.join(root, old), os.path.join(root, new))
    except FileExistsError:
        raise ValueError(f"{new} exists already") from None


def _missing_folders(root: str, paths: Iterable[str], coming: frozenset[str] = frozenset()) -> list[str]:
    """The folders of the paths that do not exist, outermost first. coming: paths that the renames make."""
    missing: dict[str, None] = {}
    for path in paths:
        folder = os.path.dirname(path)
        above: list[str] = []
        while folder and not os.path.isdir(os.path.join(root, folder)):
            if folder in coming:
                above.clear()
            else:
                above.append(folder)
            folder = os.path.dirname(folder)
        missing.update(dict.fromkeys(reversed(above)))
    return list(missing)


def _flush(root: str, journal: Journal) -> None:
    folders = [os.path.dirname(entry.target) for entry in journal.entries]
    folders += [os.path.dirname(os.path.join(root, path)) for pair in journal.renamed for path in pair]
    for folder in dict.fromkeys(folders):
        if os.path.isdir(folder):
            flush_folder(folder)
