"""Notes kept between runs: what was read and judged of a file that has not changed since.

One file a vault and purpose, in the user's cache folder, not in the vault, where Dropbox, iCloud or
Syncthing would copy it around. A note is taken from it when the file's size, modification time,
change time and number are those of then; the change time cannot be set, so a file put back with its
old dates is read again. A file touched less than two seconds before the cache was written is not
kept, since a second change in the same tick of the clock would not show. A cache that cannot be
read or written is a slower run, nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit import __version__
from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.note.model import Note

# What a file was when it was read: size, modification time, change time, inode.
Stamp = tuple[int, int, int, int]
# Clocks of disks tick as slowly as once in two seconds.
TICK_NS = 2_000_000_000


@record
class Kept:
    """A note as it was read, and what was said of it then."""

    stamp: Stamp
    note: Note
    answer: Any


# The folders in the cache folder, each of one kind of cache.
CACHES = ("notes", "map", "hook", "history", "blobs", "links")


def cache_folder() -> str | None:
    """The folder for vaultkit's caches; None when the user has no home or wants none (VAULTKIT_NO_CACHE)."""
    return None if os.environ.get("VAULTKIT_NO_CACHE") else _folder()


def _folder() -> str | None:
    named = os.environ.get("VAULTKIT_CACHE_DIR")
    if named:
        return named
    home = os.path.expanduser("~")
    if home == "~" or not os.path.isdir(home):
        return None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "vaultkit")


def cache_file(root: str, purpose: str) -> str | None:
    """The file for the vault at ``root``; ``purpose`` names all that the answers depend on besides the notes."""
    folder = cache_folder()
    if folder is None:
        return None
    key = "\0".join((os.path.realpath(root), purpose, __version__, sys.version, _code_stamp()))
    name = hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return os.path.join(folder, "notes", f"{name}.pickle")


def _code_stamp() -> str:
    """Changes when vaultkit's own code does, for those who work on it."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    newest = 0
    pending = [package]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    newest = max(newest, entry.stat().st_mtime_ns)
                elif entry.is_dir() and entry.name != "__pycache__":
                    pending.append(entry.path)
    return str(newest)


def stamp_of(path: str) -> Stamp | None:
    """What the file is now; None when it cannot be asked."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def read_cache(file: str | None) -> Mapping[str, Kept]:
    """Path -> what was kept; empty when there is nothing, or nothing that can be trusted."""
    if file is None:
        return {}
    import pickle

    try:
        with open(file, "rb") as handle:
            if hasattr(os, "getuid") and os.fstat(handle.fileno()).st_uid != os.getuid():
                return {}  # somebody else's file is not unpickled
            kept: dict[str, Kept] = pickle.load(handle)
    except FileNotFoundError:
        return {}
    except Exception as error:  # a damaged pickle raises nearly anything
        _debug("the cache %s is not usable: %s", file, error)
        return {}
    return kept if isinstance(kept, dict) else {}


def write_cache(file: str | None, kept: Iterable[tuple[str, Kept]]) -> None:
    """Keep the notes, whole or not at all; silently not, where nothing can be written."""
    if file is None:
        return
    import pickle

    limit = time.time_ns() - TICK_NS
    entries = {path: entry for path, entry in kept if max(entry.stamp[1], entry.stamp[2]) < limit}
    part = f"{file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            pickle.dump(entries, handle, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(part, file)
    except OSError as error:
        _debug("no cache is kept in %s: %s", file, error)


def clean() -> str | None:
    """Delete all caches, also where VAULTKIT_NO_CACHE is set; their folder, None when there were none.

    Raises:
        VaultkitError: one of them cannot be deleted.
    """
    import shutil

    folder = _folder()
    there = [name for name in CACHES if folder is not None and os.path.isdir(os.path.join(folder, name))]
    if folder is None or not there:
        return None
    for name in there:
        try:
            shutil.rmtree(os.path.join(folder, name))
        except OSError as error:
            raise VaultkitError(f"{error.filename or folder}: cannot be deleted ({error.strerror})") from error
    return folder


def _debug(message: str, *values: object) -> None:
    import logging  # 3 ms that a run without trouble need not pay

    logging.getLogger(__name__).debug(message, *values)
