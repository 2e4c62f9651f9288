"""A lock on an open file, which ends with the process that has it, however that ends."""

from __future__ import annotations

import errno
import os

# A byte far behind the end, since Windows lets no other process read what is locked.
_LOCKED_BYTE = 1 << 30
# The disk has no locks.
_UNKNOWN = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}


def try_lock(handle: int) -> bool | None:
    """Lock the file, without waiting. False: another process has it locked. None: the disk has no locks."""
    if os.name == "nt":
        return _try_lock_on_windows(handle)
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _UNKNOWN:
            return None
        raise
    return True


def _try_lock_on_windows(handle: int) -> bool:
    import msvcrt

    os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    finally:
        os.lseek(handle, 0, os.SEEK_SET)
    return True


def is_running(pid: int) -> bool:
    """Whether a process of this number exists. For disks without locks."""
    if os.name == "nt":
        return False  # locks work on all its disks; os.kill would end the process
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
