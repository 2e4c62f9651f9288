"""Stamps of files as bytes: if equal, the file has not changed since it was read."""

from __future__ import annotations

import struct
import time

from vaultkit.base.store import TICK_NS
from vaultkit.vault.files import Stamp

_STAMP = struct.Struct("<QQQQ")


def packed(stamp: Stamp | None, limit: int) -> bytes:
    """Return a stamp as bytes; b"" for a file that is missing or changed after ``limit`` (nanoseconds)."""
    if stamp is None or stamp[1] >= limit or stamp[2] >= limit:
        return b""
    try:
        return _STAMP.pack(*stamp)
    except struct.error:  # a time before 1970, or an inode number of more than 64 bits
        return _STAMP.pack(*(value & 0xFFFFFFFFFFFFFFFF for value in stamp))


def trusted_until() -> int:
    """Return the time in nanoseconds after which a change could hide in the tick of a clock."""
    return time.time_ns() - TICK_NS
