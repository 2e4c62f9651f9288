"""Changed files to the disk: each written whole or not at all, and never outside the vault.

A file is first written beside its place under a hidden name, flushed, given the old one's mode, and then
put in its place in one step. Whoever reads it meanwhile, or pulls the plug, finds the old text or the new.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import time
from collections.abc import Iterable
from types import EllipsisType

from vaultkit.base.record import record
from vaultkit.base.safe_read import TooLargeError, read_regular

# A hidden file of ours that is older was left by a run that was killed; writing one takes milliseconds.
ABANDONED_SECONDS = 10


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


def write_changes(root: str, changes: Iterable[FileChange]) -> Written:
    """Write the files, those longest untouched first, so that their order by modification time stays."""
    written: list[str] = []
    refused: list[tuple[str, str]] = []
    last = 0
    for change in sorted(changes, key=lambda change: (_modified(root, change.path), change.path)):
        try:
            last = _write(root, change, last)
        except _RefusedError as refusal:
            refused.append((change.path, str(refusal)))
        except OSError as error:
            refused.append((change.path, f"cannot be written ({(error.strerror or str(error)).lower()})"))
        else:
            written.append(change.path)
    return Written(tuple(sorted(written)), tuple(sorted(refused)))


def write_together(root: str, changes: Iterable[FileChange]) -> None:
    """Write all the files or none: every new text lies beside its place before the first one is put there.

    Folders of new files are made. The old files are kept under a second name until all are in place, so that going back needs no space on
    the disk and gives each its old time, too.

    Raises:
        OSError: a file could not be written; all are as they were.
        ValueError: a file is gone, has changed since it was read, or lies outside the vault; the same.
        NotPutBackError: a file could not be written, and another could not be put back.
    """
    staged: list[tuple[str, str, str, FileChange]] = []  # target, new text, old text, change
    placed: list[tuple[str, str, bytes | None]] = []
    made: list[str] = []
    try:
        for change in changes:
            target = os.path.realpath(os.path.join(root, change.path))
            if not target.startswith(os.path.join(os.path.realpath(root), "")):
                raise ValueError(f"{change.path} lies outside the vault")
            hidden = _hidden(target)
            _demand_unchanged(target, change)
            if change.before is None:
                made += _make_folders(os.path.dirname(target))
            staged.append((target, hidden, f"{hidden[:-4]}.old.tmp", change))
            _stage(target, hidden, change.after)
        for target, hidden, old, change in staged:
            _demand_unchanged(target, change)
            if change.before is None:
                _place_new(hidden, target, change.path)
                placed.append((target, old, None))
                continue
            _second_name(target, old, change.before)
            placed.append((target, old, change.before))
            os.replace(hidden, target)
        for folder in dict.fromkeys(os.path.dirname(target) for target, _, _, _ in staged):
            _flush_folder(folder)
    except BaseException as error:
        kept = _put_back(placed)
        for _, hidden, old, _ in staged:
            for left in (hidden, old):
                if left not in kept:
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(left)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                os.rmdir(folder)
        if kept:
            raise NotPutBackError(
                f"{error or 'interrupted'}; what was written could not be put back, the old text lies in "
                f"{', '.join(sorted(kept))}"
            ) from error
        raise
    for _, _, old, _ in staged:
        # All is in place: an interrupt comes too late now, and a hidden second name that stays harms nothing.
        with contextlib.suppress(OSError, KeyboardInterrupt):
            os.unlink(old)


def _put_back(placed: Iterable[tuple[str, str, bytes | None]]) -> set[str]:
    """Give files (target, second name, bytes) their old text again; second names of those that refused."""
    kept = set()
    for target, old, before in reversed(list(placed)):
        try:
            if before is None:
                os.unlink(target)
            else:
                os.replace(old, target)
        except OSError:
            try:
                _require_unchanged(target, before)
            except (OSError, _RefusedError):
                kept.add(old if before is not None else target)
    return kept


def _demand_unchanged(target: str, change: FileChange) -> None:
    try:
        _require_unchanged(target, change.before)
    except _RefusedError as refusal:
        raise ValueError(f"{change.path} {refusal}") from None


def _make_folders(folder: str) -> list[str]:
    """Make the folders of a path that are not there; those that were made, outermost first."""
    if os.path.isdir(folder):
        return []
    made = _make_folders(os.path.dirname(folder))
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder)
        made.append(folder)
    return made


def _place_new(hidden: str, target: str, path: str) -> None:
    """Give a new file its name; what got that name meanwhile is never replaced."""
    try:
        os.link(hidden, target)
    except FileExistsError:
        raise ValueError(f"{path} is there already") from None
    except OSError:  # a disk without hard links
        if os.path.lexists(target):
            raise ValueError(f"{path} is there already") from None
        os.rename(hidden, target)
    else:
        os.unlink(hidden)


def _mode(target: str) -> int:
    """The permissions that new text for a file gets: the file's own, else those of any new file."""
    try:
        return stat.S_IMODE(os.stat(target).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _stage(target: str, hidden: str, data: bytes) -> None:
    mode = _mode(target)
    try:
        handle = _open_new(hidden)
    except _RefusedError as refusal:
        raise ValueError(f"{target}: {refusal}") from None
    with open(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.chmod(hidden, mode)
        os.fsync(file.fileno())


def _second_name(target: str, old: str, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(old)
    try:
        os.link(target, old)
    except OSError:  # a disk without hard links
        _stage(target, old, data)


def write_whole(path: str, data: bytes, *, before: bytes | EllipsisType | None = ...) -> None:
    """Write a file of our own, whole or not at all, whether it was there or not.

    before: what it held when it was read, None when there was no file; ``...`` when that does not matter.

    Raises:
        OSError: it cannot be written, or it does not hold ``before`` any more.
    """
    hidden = f"{path}.{os.getpid()}.tmp"
    try:
        with open(hidden, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if before is not ...:
            try:
                _require_unchanged(path, before)
            except _RefusedError as refusal:
                raise OSError(errno.EEXIST, str(refusal), path) from None
        os.replace(hidden, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(hidden)
        raise


class NotPutBackError(Exception):
    """Some files hold their new text, and their old one lies beside them; the message names where."""


class _RefusedError(Exception):
    """Why a file was left as it is."""


def _modified(root: str, path: str) -> int:
    try:
        return os.stat(os.path.join(root, path)).st_mtime_ns
    except OSError:
        return 0


def _write(root: str, change: FileChange, last: int) -> int:
    """Write one file; its modification time, which is later than ``last``."""
    target = os.path.realpath(os.path.join(root, change.path))
    real_root = os.path.realpath(root)
    if not target.startswith(os.path.join(real_root, "")):
        raise _RefusedError("lies outside the vault")
    folder = os.path.dirname(target)
    hidden = _hidden(target)
    _require_unchanged(target, change.before)
    mode = stat.S_IMODE(os.stat(target).st_mode)
    handle = _open_new(hidden)
    try:
        with open(handle, "wb") as file:
            file.write(change.after)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            else:
                os.chmod(hidden, mode)
            os.fsync(file.fileno())
        modified = os.stat(hidden).st_mtime_ns
        if modified <= last:
            modified = last + 1_000_000  # Obsidian counts in milliseconds
            os.utime(hidden, ns=(modified, modified))
        _require_unchanged(target, change.before)
        os.replace(hidden, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(hidden)
        raise
    _flush_folder(folder)
    return modified


def _hidden(target: str) -> str:
    """The name beside ``target`` under which its new text is written first."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".vaultkit-{hashlib.blake2b(os.fsencode(name), digest_size=8).hexdigest()}.tmp")


def _require_unchanged(target: str, before: bytes | None) -> None:
    if before is None:
        if os.path.lexists(target):
            raise _RefusedError("is there already")
        return
    try:
        now = read_regular(target, len(before))
    except TooLargeError:
        raise _RefusedError("changed since it was read") from None
    except FileNotFoundError:
        raise _RefusedError("is gone since it was read") from None
    if now != before:
        raise _RefusedError("changed since it was read")


def _open_new(path: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, flags, 0o600)
    except FileExistsError:
        if time.time() - os.stat(path).st_mtime < ABANDONED_SECONDS:
            raise _RefusedError("another run of vaultkit is writing it") from None
        os.unlink(path)
        return os.open(path, flags, 0o600)


def _flush_folder(folder: str) -> None:
    """Make the renaming itself last through a power cut, where folders can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
