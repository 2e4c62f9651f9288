"""Which files a vault has, as Obsidian sees them, and what kind each is."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from vaultkit.base.record import record
from vaultkit.config import OBSIDIAN_FOLDER

# Size, modification time and change time in nanoseconds, inode: what tells that a file may have changed.
Stamp = tuple[int, int, int, int]
FileKind = Literal["note", "canvas", "base", "attachment", "unsupported"]

# Source: Obsidian Help, "Accepted file formats" (1.12).
IMAGE_EXTENSIONS = frozenset("avif bmp gif jpeg jpg png svg webp".split())
AUDIO_EXTENSIONS = frozenset("flac m4a mp3 ogg wav webm 3gp".split())
VIDEO_EXTENSIONS = frozenset("mkv mov mp4 ogv webm".split())
ATTACHMENT_EXTENSIONS = IMAGE_EXTENSIONS | AUDIO_EXTENSIONS | VIDEO_EXTENSIONS | {"pdf"}
# Never part of anybody's notes, and large; Obsidian users exclude them by hand.
SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
_KINDS: Mapping[str, FileKind] = {
    "md": "note",
    "canvas": "canvas",
    "base": "base",
    **dict.fromkeys(ATTACHMENT_EXTENSIONS, "attachment"),
}
# How the reason begins why a symbolic link was not followed.
SYMLINK = "a symbolic link"


@record
class VaultFile:
    """One file of the vault. path: vault-relative with "/", as Obsidian writes it."""

    path: str
    kind: FileKind


@record
class Walk:
    """What lies in a vault's folder.

    files:  all files that are part of the vault, by path in a stable order.
    faults: (path, reason) of what could not be looked into.
    nested: folders that are vaults of their own and were left out.
    ignoring: folders that hold a ``.gitignore``, "" for the vault's own.
    folders: all folders that were seen, hidden ones too, though nothing in those is listed.
    stamps: path -> size, modification time, change time and inode, where they were asked for.
    """

    files: tuple[VaultFile, ...]
    faults: tuple[tuple[str, str], ...]
    nested: tuple[str, ...]
    ignoring: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    stamps: Mapping[str, Stamp] = MappingProxyType({})


def extension(path: str) -> str:
    """The extension in lower case, without its dot; "" when there is none.

    >>> extension("a/Board.CANVAS")
    'canvas'
    """
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[dot + 1 :].lower() if dot > 0 else ""


def file_kind(path: str) -> FileKind:
    """What Obsidian takes a file for."""
    return _KINDS.get(extension(path), "unsupported")


def is_hidden(path: str) -> bool:
    """Some segment of the path starts with a dot, so the path is not part of the vault."""
    return path.startswith(".") or "/." in path


def stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a file; None if it cannot be read."""
    try:
        return _stamp(os.stat(path))
    except (OSError, ValueError):
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def walk(root: str, *, with_stamps: bool = False, settings_folder: str = OBSIDIAN_FOLDER) -> Walk:
    """List the vault in the folder ``root``.

    Names that start with a dot are not part of the vault. Symbolic links are followed only to
    places inside the vault's folder that are not walked already; anything else is a fault, reported once.
    """
    listing = _Listing(root, settings_folder, with_stamps)
    pending = [""]
    while pending:
        pending += listing.add(pending.pop())
    return listing.walk()


class _Listing:
    """The files and folders that were listed so far, in no order."""

    def __init__(self, root: str, settings_folder: str, with_stamps: bool) -> None:
        self._root = root
        self._settings_folder = settings_folder
        self._with_stamps = with_stamps
        self._real_root = ""
        self._files: list[str] = []
        self._faults: list[tuple[str, str]] = []
        self._nested: list[str] = []
        self._ignoring: list[str] = []
        self._seen: list[str] = []
        self._stamps: dict[str, Stamp] = {}

    def add(self, folder: str) -> list[str]:
        """List one folder, "" for the root; return the folders in it that are part of the vault."""
        try:
            with os.scandir(os.path.join(self._root, folder) if folder else self._root) as found:
                entries = list(found)
        except OSError as error:
            self._faults.append((folder or ".", _reason(error)))
            return []
        prefix = f"{folder}/" if folder else ""
        files, stamps, with_stamps = self._files, self._stamps, self._with_stamps
        folders = []
        for entry in entries:
            name = entry.name
            path = prefix + name
            if name[0] == ".":
                self._add_hidden(folder, prefix, name)
                continue
            try:
                if entry.is_symlink() and (fault := self._symlink_fault(entry.path)):
                    self._faults.append((path, fault))
                    continue
                is_folder = entry.is_dir()
            except OSError as error:
                self._faults.append((path, _reason(error)))
                continue
            if is_folder:
                folders += self._folder(path, name, entry)
                continue
            files.append(path)
            if with_stamps:
                try:
                    stamps[path] = _stamp(entry.stat() if os.name != "nt" else os.stat(entry.path))
                except OSError:  # gone since it was listed
                    pass
        return folders

    def _folder(self, path: str, name: str, entry: os.DirEntry[str]) -> list[str]:
        if name in SKIPPED_FOLDERS:
            return []
        if os.path.isdir(os.path.join(entry.path, self._settings_folder)):
            self._nested.append(path)
            return []
        self._seen.append(path)
        return [path]

    def _add_hidden(self, folder: str, prefix: str, name: str) -> None:
        evicted = _evicted_name(name)
        if evicted:
            self._files.append(prefix + evicted)
        elif name == ".gitignore":
            self._ignoring.append(folder)
        else:
            self._seen.append(prefix + name)

    def _symlink_fault(self, path: str) -> str:
        self._real_root = self._real_root or os.path.realpath(self._root)
        return _symlink_fault(path, self._real_root)

    def walk(self) -> Walk:
        """Return what was listed, each in the order of the paths."""
        return Walk(
            tuple(map(_vault_file, sorted(self._files))),
            tuple(sorted(self._faults)),
            tuple(sorted(self._nested)),
            tuple(sorted(self._ignoring)),
            tuple(sorted(self._seen)),
            self._stamps,
        )


def _vault_file(path: str) -> VaultFile:
    dot = path.rfind(".")
    kind = _KINDS.get(path[dot + 1 :]) if dot > 0 and path[dot - 1] != "/" else None
    return VaultFile(path, kind or file_kind(path))  # nearly all are known by an extension in lower case


def _evicted_name(name: str) -> str | None:
    """Name of the file that an iCloud placeholder ``.name.png.icloud`` stands for."""
    return name[1:-7] if name.endswith(".icloud") and len(name) > 8 else None


def _symlink_fault(path: str, real_root: str) -> str:
    """Why a symbolic link is not followed; "" when it is: only a file inside the vault's folder."""
    try:
        real = os.path.realpath(path, strict=True)
    except OSError as error:
        return f"{SYMLINK} that leads nowhere or round in a loop" if error.errno else _reason(error)
    if real != real_root and not real.startswith(real_root + os.sep):
        return f"{SYMLINK} out of the vault, not followed"
    if os.path.isdir(real):
        return f"{SYMLINK} to a folder of the same vault, not followed"
    return ""


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
