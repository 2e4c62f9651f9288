"""New text beside the file it is for: written, flushed, and like the old file in all that is not its text."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time

from vaultkit.base.file_lock import try_lock
from vaultkit.base.hashes import blake2b

_PART = re.compile(r"\.vaultkit-[0-9a-f]{16}\.part")
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
# How often to look whether another process has done with a file, and how long to wait in between.
_TRIES = 200
_PAUSE_SECONDS = 0.05
_COPYFILE_ACL_XATTR = 5  # flags of macOS's copyfile


def hidden_name(target: str, ending: str = ".tmp") -> str:
    """The name beside ``target`` under which its new text is written first; ``.part`` for a file on its own."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".vaultkit-{blake2b(os.fsencode(name), digest_size=8).hexdigest()}{ending}")


def old_name(hidden: str) -> str:
    """The name beside a hidden one under which the old text is kept."""
    return f"{hidden.removesuffix('.tmp')}.old.tmp"


def open_part(target: str) -> tuple[str, int]:
    """Open the hidden file for the new text of a file on its own, empty and locked; its name and handle.

    Raises:
        BlockingIOError: another process is writing the same file.
    """
    hidden = hidden_name(target, ".part")
    for _ in range(_TRIES):
        handle = os.open(hidden, _FLAGS, 0o600)
        try:
            is_locked = try_lock(handle)
            if is_locked is not False and _is_at(handle, hidden):
                os.ftruncate(handle, 0)
                return hidden, handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        time.sleep(_PAUSE_SECONDS)
    raise BlockingIOError(errno.EAGAIN, "Another run of vaultkit is writing it", target)


def _is_at(handle: int, path: str) -> bool:
    """The open file still has this name."""
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False


def stage(target: str, hidden: str, data: bytes) -> bool:
    """Write the text under the hidden name, with the mode, owner and extended attributes of ``target`` if that exists.

    Return False if the owner could not be kept: the user may write to the file, and does not own it.
    """
    unlink(hidden)
    handle = os.open(hidden, _FLAGS | os.O_EXCL, 0o600)
    with open(handle, "wb") as file:
        file.write(data)
        file.flush()
        is_like = make_like(target, hidden, file.fileno())
        os.fsync(file.fileno())
    return is_like


def make_like(target: str, hidden: str, handle: int) -> bool:
    """Give the hidden file what ``target`` has besides its text; False if the owner could not be kept."""
    try:
        old = os.stat(target)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(hidden, 0o666 & ~mask)
        return True
    new = os.fstat(handle)
    is_like = True
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        try:
            os.chown(hidden, old.st_uid, old.st_gid)
        except OSError:
            is_like = False
    os.chmod(hidden, stat.S_IMODE(old.st_mode))
    if sys.platform == "darwin":
        _copy_on_mac(target, hidden, old)
    elif hasattr(os, "listxattr"):
        _copy_attributes(target, hidden)
    return is_like


def _copy_attributes(target: str, hidden: str) -> None:
    """Copy extended attributes, as far as the disk has them and the user may set them."""
    try:
        names = os.listxattr(target)
    except OSError:
        return
    for name in names:
        with contextlib.suppress(OSError):
            os.setxattr(hidden, name, os.getxattr(target, name))


def _copy_on_mac(target: str, hidden: str, old: os.stat_result) -> None:
    """Copy Finder tags and other attributes; and the date of creation, which moves back with an older change date."""
    import ctypes

    ctypes.CDLL(None).copyfile(os.fsencode(target), os.fsencode(hidden), None, _COPYFILE_ACL_XATTR)
    now = os.stat(hidden)
    born: float = getattr(old, "st_birthtime", 0.0)
    if born:
        os.utime(hidden, (now.st_atime, born))
        os.utime(hidden, ns=(now.st_atime_ns, now.st_mtime_ns))


def unlink(path: str) -> None:
    """Delete a file of our own if it exists, also where Windows refuses since the text in it is for a read-only one."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except PermissionError:
        if os.name != "nt":
            raise
        os.chmod(path, 0o600)
        os.unlink(path)


def sweep(folder: str) -> None:
    """Delete what killed runs left in the folder: new texts that no living process is writing."""
    try:
        with os.scandir(folder) as entries:
            left = [entry.path for entry in entries if entry.name[0] == "." and _PART.fullmatch(entry.name)]
    except OSError:
        return
    for path in left:
        with contextlib.suppress(OSError):
            if not _is_locked(path):
                unlink(path)


def _is_locked(path: str) -> bool:
    handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        return try_lock(handle) is False
    finally:
        os.close(handle)


def flush_folder(folder: str) -> None:
    """Make renames in the folder last through a power cut, where folders can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
