"""Files and folders of the vault, their sizes and dates."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.text import decode
from vaultkit.vault.files import SKIPPED_FOLDERS, extension
from vaultkit.vault.snapshot import Snapshot, basename


@record
class FileInfo:
    """A file on disk. size: bytes; created, modified: ISO 8601 in UTC.

    created: when the file came to be, where the system tells; elsewhere the older of its two other dates.
    """

    path: str
    name: str
    extension: str
    size: int
    created: str
    modified: str


@record
class FolderInfo:
    """A folder with all below it. size: bytes."""

    path: str
    files: int
    folders: int
    size: int


def read_text(vault: Snapshot, path: str) -> str:
    """The text of a note on disk; "" where it is no text.

    Raises:
        VaultkitError: the file cannot be read.
    """
    try:
        return decode(vault.read_bytes(path)).text
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def text_of(vault: Snapshot, path: str) -> str:
    """As `read_text`, for answers about many notes: one that could not be read has no text, and does not end them.

    Raises:
        VaultkitError: the file cannot be read any more.
    """
    return "" if vault.notes[path].fault else read_text(vault, path)


def listed_files(vault: Snapshot, folder: str = "", ext: str = "") -> list[str]:
    """The paths that Obsidian lists, by path; only those below ``folder``, only those with the extension.

    Raises:
        VaultkitError: there is no such folder.
    """
    prefix = _prefix(vault, folder)
    wanted = ext.lower().removeprefix(".")
    shows_all = vault.settings.show_unsupported_files
    return sorted(
        path
        for path, file in vault.files.items()
        if (shows_all or file.kind != "unsupported")
        and path.startswith(prefix)
        and (not wanted or extension(path) == wanted)
    )


def listed_folders(vault: Snapshot, folder: str = "") -> list[str]:
    """The folders of the vault, empty ones too, by path; only those below ``folder``; the root is not among them.

    Raises:
        VaultkitError: there is no such folder.
    """
    prefix = _prefix(vault, folder)
    return [path for path in _folders(vault) if path.startswith(prefix)]


def _folders(vault: Snapshot) -> list[str]:
    found: set[str] = set()
    for path in vault.files:
        at = path.rfind("/")
        while at > 0 and path[:at] not in found:
            found.add(path[:at])
            at = path.rfind("/", 0, at)
    if vault.root:
        nested = set(vault.nested)
        for here, names, _ in os.walk(vault.root):
            below = "" if here == vault.root else os.path.relpath(here, vault.root).replace(os.sep, "/") + "/"
            names[:] = [
                name
                for name in names
                if not name.startswith(".")
                and name not in SKIPPED_FOLDERS
                and below + name not in nested
                and not os.path.islink(os.path.join(here, name))
            ]
            found.update(below + name for name in names)
    return sorted(found)


def _prefix(vault: Snapshot, folder: str) -> str:
    wanted = folder.strip().strip("/")
    if not wanted:
        return ""
    for known in _folders(vault):
        if known.lower() == wanted.lower():
            return known + "/"
    raise VaultkitError(f"{folder}: no such folder in the vault; `vaultkit folders` lists them")


def file_info(vault: Snapshot, path: str) -> FileInfo:
    """What the disk knows about a file of the vault.

    Raises:
        VaultkitError: the file cannot be read.
    """
    try:
        stat = os.stat(os.path.join(vault.root, path))
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return FileInfo(path, basename(path), extension(path), stat.st_size, _iso(born(stat)), _iso(stat.st_mtime))


def born(stat: os.stat_result) -> float:
    """When the file came to be, in seconds since 1970: what the system tells, else the older of its other two dates."""
    told = getattr(stat, "st_birthtime", None)
    return float(told) if told else min(stat.st_ctime, stat.st_mtime)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def folder_info(vault: Snapshot, folder: str = "") -> FolderInfo:
    """Files, folders and bytes below a folder ("" is the vault); files that vanish meanwhile count 0 bytes.

    Raises:
        VaultkitError: there is no such folder.
    """
    prefix = _prefix(vault, folder)
    files = listed_files(vault, folder)
    size = 0
    for path in files:
        try:
            size += os.stat(os.path.join(vault.root, path)).st_size
        except FileNotFoundError:
            continue
    return FolderInfo(prefix.rstrip("/") or "/", len(files), len(listed_folders(vault, folder)), size)
