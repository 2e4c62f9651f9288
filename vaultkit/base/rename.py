"""Rename without losing what has the other name; the system calls that Python does not offer."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache

# Flags of renameat2 (Linux) and renamex_np (macOS).
_LINUX_NEW, _LINUX_SWAP = 1, 2
_MAC_NEW, _MAC_SWAP = 4, 2
_AT_FDCWD = -100
# The system or the disk does not know the call.
_UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP}


def exchange(one: str, other: str) -> bool:
    """Let two files have each other's name, in one step; False where that is not possible.

    Raises:
        OSError: one of them does not exist, or the folder cannot be written to.
    """
    return _renamed(one, other, _LINUX_SWAP, _MAC_SWAP)


def rename_new(source: str, target: str) -> None:
    """Give a file or folder another name, which is free; whatever got that name meanwhile is never replaced.

    Raises:
        FileExistsError: the name is taken.
        OSError: it cannot be renamed.
    """
    if _renamed(source, target, _LINUX_NEW, _MAC_NEW):
        return
    if os.path.lexists(target) and not _is_same(source, target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target)
    os.rename(source, target)


def _is_same(source: str, target: str) -> bool:
    """The two names are one file: only their case differs, on a disk that ignores case."""
    return os.path.samestat(os.lstat(source), os.lstat(target))


def _renamed(source: str, target: str, linux_flag: int, mac_flag: int) -> bool:
    call = _system_call()
    if call is None:
        return False
    number = call(os.fsencode(source), os.fsencode(target), mac_flag if sys.platform == "darwin" else linux_flag)
    if number == errno.EEXIST and os.path.lexists(source) and _is_same(source, target):
        return False
    if number and number not in _UNKNOWN:
        raise OSError(number, os.strerror(number), source, None, target)
    return not number


@cache
def _system_call() -> Callable[[bytes, bytes, int], int] | None:
    """A function (source, target, flags) -> error number, 0 for none; None where the system has no such call."""
    if sys.platform not in ("linux", "darwin"):
        return None
    import ctypes  # 10 ms that a run without writing need not pay

    library = ctypes.CDLL(None, use_errno=True)
    name = "renamex_np" if sys.platform == "darwin" else "renameat2"
    function = getattr(library, name, None)
    if function is None:
        return None

    def call(source: bytes, target: bytes, flags: int) -> int:
        if sys.platform == "darwin":
            status = function(source, target, ctypes.c_uint(flags))
        else:
            status = function(_AT_FDCWD, source, _AT_FDCWD, target, ctypes.c_uint(flags))
        return ctypes.get_errno() if status else 0

    return call
