"""Read a file that can be anything: a vault comes from anybody.

A pipe blocks until somebody writes into it, a device has no end, and a sparse file of 20 GB takes no room on the disk
but all of the memory. Such files are refused before they are opened.
"""

from __future__ import annotations

import errno
import os
import stat

# A note of 10 MB is a log or a dump; reading it as a note costs seconds. No settings file is nearly as large.
MAX_BYTES = 10_000_000
# A cache of a vault of 100,000 notes has some hundred MB.
MAX_CACHE = 2_000_000_000
# Bytes to ask for at a time: nearly every file is smaller.
_PIECE = 65_536
# NONBLOCK: a file that becomes a pipe after it was looked at does not block either.
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


class TooLargeError(OSError):
    """The file has more bytes than the limit."""


class NotOpenedError(OSError):
    """The path leads to a pipe, a device or a socket, or out of the vault, so it was not opened."""


def read_regular(path: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file, at most ``limit`` of them. Symbolic links are followed.

    Raises:
        TooLargeError: there are more.
        OSError: the file is a pipe, a device or a folder, or it cannot be read.
    """
    try:
        found = os.stat(path)
    except ValueError:  # a NUL or half a character, which no name on a disk has
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", path) from None
    if not stat.S_ISREG(found.st_mode):
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "Is a directory", path)
        raise NotOpenedError(errno.EINVAL, "Not a regular file", path)
    if found.st_size > limit:
        raise _too_large(path, limit)
    # Without a file object, which would take two thirds as long again for files as small as notes.
    file = os.open(path, _FLAGS)
    try:
        data = os.read(file, _PIECE)
        pieces, size = [data], len(data)
        while data and size <= limit:
            data = os.read(file, min(_PIECE, limit + 1 - size))
            pieces.append(data)
            size += len(data)
    finally:
        os.close(file)
    if size > limit:  # it grew, or it is in a file system that does not know sizes
        raise _too_large(path, limit)
    return b"".join(pieces)


def read_named(path: str, limit: int) -> bytes:
    """The bytes of a file that the user named, at most ``limit`` of them. It may be a pipe, as of ``<(…)``.

    Raises:
        TooLargeError: there are more.
        OSError: it cannot be read.
    """
    if stat.S_ISREG(os.stat(path).st_mode):
        return read_regular(path, limit)
    with open(path, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(path, limit)
    return data


def read_inside(root: str, path: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of the regular file at ``path`` below ``root``, as `read_regular`; no link leads out of ``root``.

    Raises:
        TooLargeError, OSError: as `read_regular`, or the file is outside of ``root``.
    """
    place = os.path.join(root, path)
    try:
        real = os.path.realpath(place)
    except ValueError:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", path) from None
    if not real.startswith(os.path.join(os.path.realpath(root), "")):
        raise NotOpenedError(errno.EPERM, "Outside of the vault", place)
    return read_regular(real, limit)


def require_regular(path: str, limit: int | None = None) -> None:
    """Look at a file that something else is going to open.

    Raises:
        TooLargeError: it has more than ``limit`` bytes.
        OSError: the file is a pipe, a device or a folder, or there is none.
    """
    found = os.stat(path)
    if not stat.S_ISREG(found.st_mode):
        raise NotOpenedError(errno.EINVAL, "Not a regular file", path)
    if limit is not None and found.st_size > limit:
        raise _too_large(path, limit)


def _too_large(path: str, limit: int) -> TooLargeError:
    return TooLargeError(errno.EFBIG, f"Larger than {limit // 1_000_000} MB", path)
