"""The files of a commit as on disk after a checkout: submodules filled in, links to files followed."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Mapping

from vaultkit.base.globs import matcher
from vaultkit.commit.contents import Contents
from vaultkit.commit.repository import SUBMODULE, SYMLINK, Git, Staged, TreeEntry
from vaultkit.config import OBSIDIAN_FOLDER
from vaultkit.vault.files import SKIPPED_FOLDERS, is_hidden

MARKER = OBSIDIAN_FOLDER
_MAX_STEPS = 10

Tree = Mapping[str, TreeEntry]


def tree_before(index: Tree, changes: Iterable[Staged]) -> dict[str, TreeEntry]:
    """The commit that the staged changes start from."""
    before = dict(index)
    changes = tuple(changes)
    for change in changes:
        if change.new is not None:
            before.pop(change.path, None)
    for change in changes:
        if change.old is not None:
            before[change.old_path] = change.old
    return before


class Submodules:
    """Fills trees with the files of submodules, each commit read once. after: the tree that the commit makes.

    A submodule that is not checked out has no files, unless the commit takes it away.
    """

    def __init__(self, git: Git, after: Tree) -> None:
        self._git = git
        self._after = after
        self._known: dict[tuple[str, str], dict[str, TreeEntry]] = {}

    def filled(self, tree: Tree) -> dict[str, TreeEntry]:
        """The tree with files in place of submodules."""
        found = dict(tree)
        pending = [entry for entry in tree.values() if entry.mode == SUBMODULE]
        while pending:
            entry = pending.pop()
            found.pop(entry.path, None)
            inner = self._read(entry)
            found.update(inner)
            pending += [one for one in inner.values() if one.mode == SUBMODULE]
        return found

    def _read(self, entry: TreeEntry) -> dict[str, TreeEntry]:
        key = entry.path, entry.blob
        if key not in self._known:
            is_gone = not entry.folder and entry.path not in self._after
            self._known[key] = self._git.submodule(entry, is_gone=is_gone) or {}
        return self._known[key]


def nested_vaults(top: str, tree: Tree) -> frozenset[str]:
    """Folders of the tree that hold a vault's settings, in the tree or on disk; "" for the top folder."""
    folders = _with_parents(path.rpartition("/")[0] for path in tree)
    plain = {folder for folder in folders if not is_hidden(folder)} | {""}
    return frozenset(
        folder
        for folder in plain
        if (f"{folder}/{MARKER}" if folder else MARKER) in folders or os.path.isdir(os.path.join(top, folder, MARKER))
    )


def _with_parents(folders: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for folder in folders:
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


class VaultScope:
    """Which paths of a repository belong to one vault. prefix: to its folder, "" or with a last "/"."""

    def __init__(self, prefix: str, vaults: Iterable[str], exclude: Iterable[str]) -> None:
        self.prefix = prefix
        self._nested = tuple(
            folder[len(prefix) :] + "/" for folder in vaults if folder.startswith(prefix) and folder + "/" != prefix
        )
        self._nested = tuple(folder for folder in self._nested if folder != "/")
        self._excluded: Callable[[str], bool] | None = matcher(exclude)
        self._known: dict[str, str | None] = {}

    def inside(self, path: str) -> str | None:
        """The path in the vault; None when it is not part of it."""
        if path not in self._known:
            self._known[path] = self._inside(path)
        return self._known[path]

    def _inside(self, path: str) -> str | None:
        if not path.startswith(self.prefix):
            return None
        inner = path[len(self.prefix) :]
        if is_hidden(inner) or inner.startswith(self._nested):
            return None
        if any(folder in inner for folder in SKIPPED_FOLDERS) and not SKIPPED_FOLDERS.isdisjoint(inner.split("/")[:-1]):
            return None
        return None if self._excluded is not None and self._excluded(inner) else inner

    def files(self, tree: Tree, contents: Contents, top: str) -> dict[str, TreeEntry]:
        """Path in the vault -> file, in order of path; symbolic links to files of the vault are those files."""
        found = {}
        links = []
        for path, entry in tree.items():
            inner = self.inside(path)
            if inner is None:
                continue
            if entry.mode == SYMLINK:
                links.append((inner, entry))
            elif entry.mode != SUBMODULE:
                found[inner] = entry
        if links:
            contents.fetch(entry for _, entry in links)
            for inner, entry in links:
                target = self._followed(tree, entry, contents, top)
                if target is not None:
                    found[inner] = target
        return {path: found[path] for path in sorted(found)}

    def _followed(self, tree: Tree, entry: TreeEntry, contents: Contents, top: str) -> TreeEntry | None:
        """The file that a symbolic link leads to; None outside of the vault, or when it is no file."""
        for _ in range(_MAX_STEPS):
            written = os.fsdecode(contents.data(entry) or b"")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), written))
            if not written or written.startswith("/") or not path.startswith(self.prefix) or path.startswith("../"):
                return None
            target = tree.get(path)
            if target is None:  # git does not have it; the link may work on this disk all the same
                return TreeEntry(path, "") if os.path.isfile(os.path.join(top, path)) else None
            if target.mode != SYMLINK:
                return target if target.mode != SUBMODULE else None
            contents.fetch([target])
            entry = target
        return None
