"""The cache on disk: one SQLite file for each vault, in the user's cache folder.

The folder is the user's, not the vault's, where Dropbox, iCloud or Syncthing would copy it around. Values are
plain bytes that their owners encode and decode by type, so a damaged or hostile file can only be useless. Two
processes may use a store at once. A store that cannot be opened, read or written makes a run slower and
changes nothing else.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from vaultkit import __version__
from vaultkit.base.errors import VaultkitError
from vaultkit.base.hashes import blake2b

# Folders of the cache folder that vaultkit owns: this module's, then positions on maps, written links, picture texts.
FOLDERS = ("vaults", "map", "links", "pictures")
# Clocks of disks tick as slowly as once in two seconds: a file changed later than this is not trusted to be known.
TICK_NS = 2_000_000_000
# A million notes take about 3 GB. A larger file is replaced by an empty one.
MAX_STORE_BYTES = 4_000_000_000
# Stores of other vaults that are kept, the least recently used go first.
MAX_STORES = 64
_SECONDS = 2.0  # how long to wait for another process


def cache_folder() -> str | None:
    """Return the folder of vaultkit's caches; None without a home folder, or if ``VAULTKIT_NO_CACHE`` is set."""
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


def clean() -> str | None:
    """Delete all caches, also if ``VAULTKIT_NO_CACHE`` is set; return their folder, None if there were none.

    Raises:
        VaultkitError: one of them cannot be deleted.
    """
    import shutil

    folder = _folder()
    there = [name for name in FOLDERS if folder is not None and os.path.isdir(os.path.join(folder, name))]
    if folder is None or not there:
        return None
    for name in there:
        try:
            shutil.rmtree(os.path.join(folder, name))
        except OSError as error:
            raise VaultkitError(f"{error.filename or folder}: cannot be deleted ({error.strerror})") from error
    return folder


def code_stamp() -> str:
    """Return a text that changes with vaultkit's own code: its version, and the hashes of its installed files.

    In a clone it is the newest time of the modules. Source of RECORD: the standard for installed projects.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    record = os.path.join(os.path.dirname(package), f"obsidian_vaultkit-{__version__}.dist-info", "RECORD")
    with contextlib.suppress(OSError), open(record, "rb") as file:
        return f"{__version__} {blake2b(file.read()).hexdigest()} {sys.version}"
    return f"{__version__} {_newest_module(package)} {sys.version}"


def _newest_module(package: str) -> int:
    newest = 0
    pending = [package]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    newest = max(newest, entry.stat().st_mtime_ns)
                elif "." not in entry.name and entry.name != "__pycache__":
                    pending.append(entry.path)
    return newest


class Store:
    """The cache of one vault: rows of bytes by kind and key."""

    def __init__(self, file: str) -> None:
        """file: path of the SQLite file; it is made at the first write."""
        import sqlite3

        self.file = file
        self._errors = (sqlite3.Error, OSError, ValueError)
        self._connection: sqlite3.Connection | None = None

    @classmethod
    def of(cls, root: str) -> Store | None:
        """Return the store of the vault in the folder ``root``; None if nothing is to be cached."""
        folder = cache_folder()
        if folder is None:
            return None
        place = blake2b(_bytes(os.path.realpath(root)), digest_size=8).hexdigest()
        code = blake2b(code_stamp().encode(), digest_size=8).hexdigest()
        return cls(os.path.join(folder, FOLDERS[0], f"{place}-{code}.sqlite"))

    def rows(self, kind: str) -> dict[str, tuple[bytes, bytes]]:
        """Return key -> (stamp, value) for all rows of a kind."""
        return {_text(key): (stamp, value) for key, stamp, value in self._select(kind)}

    def get(self, kind: str, key: str) -> tuple[bytes, bytes] | None:
        """Return (stamp, value) of one row; None if there is none."""
        found = self._ask("SELECT stamp, value FROM entry WHERE kind = ? AND key = ?", (kind, _bytes(key)))
        return found[0] if found and all(isinstance(one, bytes) for one in found[0]) else None

    def write(self, kind: str, rows: Iterable[tuple[str, bytes, bytes]], removed: Iterable[str] = ()) -> None:
        """Add or replace rows (key, stamp, value) and delete others, all or none; do nothing where that fails."""
        connection = self._open(create=True)
        if connection is None:
            return
        try:
            with connection:
                connection.executemany(
                    "DELETE FROM entry WHERE kind = ? AND key = ?", ((kind, _bytes(key)) for key in removed)
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO entry (kind, key, stamp, value) VALUES (?, ?, ?, ?)",
                    ((kind, _bytes(key), stamp, value) for key, stamp, value in rows),
                )
        except self._errors as error:
            self._give_up(error)

    def drop(self, kind: str) -> None:
        """Delete all rows of a kind."""
        connection = self._open(create=False)
        if connection is not None:
            try:
                with connection:
                    connection.execute("DELETE FROM entry WHERE kind = ?", (kind,))
            except self._errors as error:
                self._give_up(error)

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        if self._connection is not None:
            with contextlib.suppress(*self._errors):
                self._connection.close()
            self._connection = None

    def _select(self, kind: str) -> Iterator[tuple[bytes, bytes, bytes]]:
        for row in self._ask("SELECT key, stamp, value FROM entry WHERE kind = ?", (kind,)):
            if all(isinstance(one, bytes) for one in row):
                yield row

    def _ask(self, statement: str, values: tuple[object, ...]) -> list[Any]:
        connection = self._open(create=False)
        if connection is None:
            return []
        try:
            found: list[Any] = connection.execute(statement, values).fetchall()
            return found
        except self._errors as error:
            self._give_up(error)
            return []

    def _open(self, *, create: bool) -> Any:  # a sqlite3.Connection; sqlite3 is loaded when it is needed
        if self._connection is not None or not (create or os.path.exists(self.file)):
            return self._connection
        import sqlite3

        try:
            if create and not os.path.exists(self.file):
                _make_room(self.file)
            elif os.path.getsize(self.file) > MAX_STORE_BYTES or not _is_ours(self.file):
                os.unlink(self.file)
                if not create:
                    return None
            connection = sqlite3.connect(self.file, timeout=_SECONDS)
            connection.executescript(
                "PRAGMA trusted_schema = OFF; PRAGMA synchronous = OFF; PRAGMA journal_mode = DELETE;"
            )
            if create:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS entry"
                    " (kind TEXT, key BLOB, stamp BLOB, value BLOB, PRIMARY KEY (kind, key))"
                )
                os.chmod(self.file, 0o600)
            self._connection = connection
        except self._errors as error:
            self._give_up(error)
        return self._connection

    def _give_up(self, error: BaseException) -> None:
        """Close, and delete the file if it is damaged and no other process uses it."""
        import logging
        import sqlite3

        logging.getLogger(__name__).debug("the cache %s is not usable: %s", self.file, error)
        self.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            with contextlib.suppress(OSError):
                os.unlink(self.file)


def _is_ours(file: str) -> bool:
    """Whether the file belongs to this user; a file of another user is not opened."""
    return not hasattr(os, "getuid") or os.stat(file).st_uid == os.getuid()


def _make_room(file: str) -> None:
    """Make the folder, and delete the stores of older code for the same vault and those not used for longest."""
    folder, name = os.path.split(file)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    place = name.partition("-")[0]
    others = []
    for entry in os.scandir(folder):
        if entry.name.startswith(place + "-"):
            os.unlink(entry.path)
        elif entry.name.endswith(".sqlite"):
            others.append((entry.stat().st_mtime, entry.path))
    for _, path in sorted(others)[: max(0, len(others) - MAX_STORES + 1)]:
        os.unlink(path)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
