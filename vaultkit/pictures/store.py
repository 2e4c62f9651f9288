"""Texts of pictures kept between runs, by the hash of the picture's bytes.

One SQLite file for all vaults in the user's cache folder: a picture that is moved, renamed or used in two vaults is
read once. Each text is committed when it is there, so a run that is killed loses only what is in work. Values are JSON.
A second table keeps the hash of each file as long as its size, times and number stay, as for notes.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.base.record import record
from vaultkit.base.store import TICK_NS, cache_folder
from vaultkit.pictures.model import ORIGINS, Line, Origin

log = logging.getLogger(__name__)

# What a file was when it was read: size, modification time, change time, inode.
FileStamp = tuple[int, int, int, int]

FOLDER, FILE = "pictures", "texts.sqlite"
VERSION = 2
_KEYS_AT_ONCE = 500  # SQLite before 3.32 takes 999 values
_TABLES = (
    "create table if not exists texts (digest text, engine text, at integer, value text, primary key (digest, engine))",
    "create table if not exists files (path text primary key, stamp text, digest text)",
    "create table if not exists engines (engine text primary key, at integer)",
    "create table if not exists prints (digest text primary key, value text)",
)


@record
class Stored:
    """What was read of a picture's bytes. reason: why it was skipped; then the rest is empty."""

    text: str
    confidence: float
    origin: Origin
    engine: str
    lines: tuple[Line, ...]
    width: int
    height: int
    reason: str = ""


def stamp_of(path: str) -> FileStamp | None:
    """Return what the file is now; None when it cannot be looked at."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def store_file() -> str | None:
    """Return the path of the cache; None when no cache is wanted or possible."""
    folder = cache_folder()
    return None if folder is None else os.path.join(folder, FOLDER, FILE)


def pack(value: Stored) -> str:
    """Write a value as JSON."""
    lines = [[line.text, line.confidence, *line.box] for line in value.lines]
    fields = [value.text, value.confidence, value.origin, lines, value.width, value.height, value.reason]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str, engine: str) -> Stored | None:
    """Read a value; None when it is not one."""
    try:
        words, confidence, origin, lines, width, height, reason = json.loads(text)
        read = tuple(Line(str(t), float(c), (int(a), int(b), int(x), int(y))) for t, c, a, b, x, y in lines)
        if origin not in ORIGINS and not reason:
            return None
        return Stored(str(words), float(confidence), origin, engine, read, int(width), int(height), str(reason))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


class TextStore:
    """The open cache. Nothing is kept, and nothing fails, where it cannot be read or written."""

    def __init__(self, path: str | None, *, make: bool) -> None:
        """make: create the file when there is none."""
        self._connection = _connect(path, make=make) if path is not None else None

    @property
    def is_open(self) -> bool:
        """Whether there is a cache to read."""
        return self._connection is not None

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def texts(self, digests: Iterable[str], engine: str | None = None) -> dict[str, Stored]:
        """Return digest -> text: by this engine, or by the one that was used last; a text before a reason."""
        found: dict[str, Stored] = {}
        query = (
            "select digest, engine, value from texts left join engines using (engine) "
            "where digest in ({}) and (? is null or engine = ?) order by engines.at, texts.at"
        )
        for digest, by, value in self._rows_of(query, digests, (engine, engine)):
            stored = unpack(value, by)
            if stored is not None and not (stored.reason and digest in found):
                found[digest] = stored
        return found

    def put(self, digest: str, value: Stored) -> None:
        """Keep a text, at once and for good."""
        row = digest, value.engine, time.time_ns(), pack(value)
        self._write("insert or replace into texts values (?, ?, ?, ?)", [row])

    def use(self, engine: str) -> None:
        """Prefer the texts of this engine from now on."""
        self._write("insert or replace into engines values (?, ?)", [(engine, time.time_ns())])

    def digests(self, stamps: Mapping[str, FileStamp]) -> dict[str, str]:
        """Return path -> hash for the files that are as they were. stamps: absolute path -> what the file is now."""
        found = {}
        keys = {_key(path): path for path in stamps}
        for key, stamp, digest in self._rows_of("select path, stamp, digest from files where path in ({})", keys):
            path = keys[key]
            if stamp == _stamp_text(stamps[path]):
                found[path] = digest
        return found

    def put_digests(self, rows: Iterable[tuple[str, FileStamp, str]]) -> None:
        """Keep hashes of files, but of none that was touched within the last tick of the clock."""
        limit = time.time_ns() - TICK_NS
        values = [(_key(path), _stamp_text(s), digest) for path, s, digest in rows if max(s[1], s[2]) < limit]
        self._write("insert or replace into files values (?, ?, ?)", values)

    def prints(self, digests: Iterable[str]) -> dict[str, str]:
        """Return digest -> fingerprint of its pixels, of those that are known."""
        return dict(self._rows_of("select digest, value from prints where digest in ({})", digests))

    def put_prints(self, rows: Mapping[str, str]) -> None:
        """Keep fingerprints."""
        self._write("insert or replace into prints values (?, ?)", list(rows.items()))

    def _rows_of(self, query: str, keys: Iterable[str], values: tuple[Any, ...] = ()) -> list[Any]:
        """The rows of these keys; the cache holds those of all vaults."""
        unique = list(dict.fromkeys(keys))
        found: list[Any] = []
        for start in range(0, len(unique), _KEYS_AT_ONCE):
            part = unique[start : start + _KEYS_AT_ONCE]
            found += self._rows(query.format(", ".join("?" * len(part))), (*part, *values))
        return found

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            log.debug("the cache of picture texts is not usable: %s", error)
            return []

    def _write(self, statement: str, rows: list[Any]) -> None:
        if self._connection is None or not rows:
            return
        try:
            with self._connection:
                self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            log.debug("the cache of picture texts cannot be written: %s", error)


def _key(path: str) -> str:
    """A path as SQLite can hold it: names on a disk may have bytes that are no text."""
    return path.encode("utf-8", "surrogateescape").hex() if not path.isascii() else path


def _stamp_text(stamp: FileStamp) -> str:
    return " ".join(map(str, stamp))


def _connect(path: str, *, make: bool) -> sqlite3.Connection | None:
    if not make and not os.path.isfile(path):
        return None
    try:
        if make:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        return _opened(path)
    except (OSError, sqlite3.DatabaseError) as error:
        log.debug("the cache %s is not usable: %s", path, error)
        if not make or isinstance(error, sqlite3.OperationalError | OSError):
            return None
    try:  # not a database, or a damaged one
        os.unlink(path)
        return _opened(path)
    except (OSError, sqlite3.Error) as error:
        log.debug("the cache %s cannot be made anew: %s", path, error)
        return None


def _opened(path: str) -> sqlite3.Connection:
    """Open the database; texts of another layout are dropped.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    connection = sqlite3.connect(path, timeout=30)
    version = connection.execute("pragma user_version").fetchone()[0]
    connection.execute("pragma synchronous = normal")
    if version != VERSION:
        connection.execute("pragma journal_mode = wal")  # readers do not wait for a run
        with connection:
            for name in ("texts", "files", "engines", "prints"):
                connection.execute(f"drop table if exists {name}")
            for table in _TABLES:
                connection.execute(table)
            connection.execute(f"pragma user_version = {VERSION}")
    return connection
