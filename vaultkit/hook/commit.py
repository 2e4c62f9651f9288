"""The commit to be: the vault before and after it, as far as the staged changes concern it.

Only the staged notes and those that they concern are read; all others stand in the two vaults as notes without
content, so that links to them are found. What lies in the index counts, not what lies on the disk.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from vaultkit.globs import matcher
from vaultkit.hook.git import Entry, Git, Staged
from vaultkit.hook.names import ALIAS, concerned, key, names_of
from vaultkit.index.canvas import Canvas, read_canvas
from vaultkit.index.files import SKIPPED_FOLDERS, VaultFile, file_kind, is_hidden, walk
from vaultkit.index.resolve import Resolver
from vaultkit.index.settings import read_settings
from vaultkit.index.subpath import find_place, heading_key
from vaultkit.index.vault import Vault
from vaultkit.note.model import Link, Note, PropertyLink
from vaultkit.note.parse import parse_note, parse_text
from vaultkit.record import record
from vaultkit.text import decode

_READ_KINDS = ("note", "canvas")


@record
class Commit:
    """What is to be judged.

    after:         the vault as it will be, its notes read as far as they matter.
    named_before, named_after: the same before and after with those files only whose names the commit concerns;
                   a link that ends in such a name opens in them what it opens in the whole vault.
    paths:         all files that there will be.
    staged:        paths (as they will be) of files that are added or changed.
    concerned:     notes and canvases that are not staged and may have links that open something else now.
    renamed:       path before -> path after.  deleted: paths that are gone and not renamed.
    answers:       what the note rules say of staged notes.
    text:          the text that the commit will have, of a file that was read; "" for others.
    """

    after: Vault
    named_before: Vault
    named_after: Vault
    paths: frozenset[str]
    staged: tuple[str, ...]
    concerned: tuple[str, ...]
    renamed: Mapping[str, str]
    deleted: tuple[str, ...]
    added: tuple[str, ...]
    answers: Mapping[str, Any]
    text: Callable[[str], str]


def vault_prefixes(git: Git, entries: Iterable[Entry], root: str | None) -> list[str]:
    """The vaults of a repository as prefixes of paths, "" or with a last "/".

    root: the folder that was named; then it is the only one. Else the top folder, unless vaults lie below it.
    """
    if root is not None:
        relative = os.path.relpath(os.path.realpath(root), os.path.realpath(git.top)).replace(os.sep, "/")
        return ["" if relative == "." else relative + "/"]
    if os.path.isdir(os.path.join(git.top, ".obsidian")):
        return [""]
    folders = {entry.path.rpartition("/")[0] for entry in entries}
    found: list[str] = []
    for folder in sorted(_with_parents(folders)):
        is_inner = any(folder.startswith(outer) for outer in found)
        if not is_inner and os.path.isdir(os.path.join(git.top, folder, ".obsidian")):
            found.append(folder + "/")
    return found or [""]


def _with_parents(folders: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for folder in folders:
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


class _Reader:
    """Blobs read from git, each once, and the notes in them."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._data: dict[str, bytes] = {}
        self._notes: dict[str, Note] = {}

    def fetch(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        wanted = set(blobs)
        self._data |= self._git.blobs(wanted - self._data.keys())
        return {blob: self._data[blob] for blob in wanted if blob}

    def data(self, blob: str) -> bytes:
        return self._data.get(blob, b"")

    def note(self, blob: str) -> Note:
        note = self._notes.get(blob)
        if note is None:
            note = self._notes[blob] = parse_note(self._data[blob])
        return note


def read_commit(
    git: Git,
    prefix: str,
    entries: Iterable[Entry],
    changes: Iterable[Staged],
    exclude: tuple[str, ...],
    inspect: Callable[[Note, str], Any],
    config_folder: str = ".obsidian",
) -> Commit:
    """The commit to be, as one vault sees it. prefix: from the top folder to the vault's.

    entries: the index.  inspect: what the note rules say of a note.  config_folder: as in `read_settings`.
    """
    root = os.path.join(git.top, prefix.rstrip("/")) if prefix else git.top
    excluded = matcher(exclude)
    nested = _nested(git.top, prefix, entries)

    def inside(path: str) -> str | None:
        """The path in the vault; None when it is not part of it."""
        if not path.startswith(prefix):
            return None
        inner = path[len(prefix) :]
        if is_hidden(inner) or (nested and inner.startswith(nested)):
            return None
        if any(folder in inner for folder in SKIPPED_FOLDERS) and not SKIPPED_FOLDERS.isdisjoint(inner.split("/")[:-1]):
            return None
        return None if excluded is not None and excluded(inner) else inner

    after = {
        path: entry.blob for entry in entries if (path := inside(entry.path)) is not None
    }  # sorted, as git's index
    before = dict(after)
    staged: list[str] = []
    renamed: dict[str, str] = {}
    deleted: list[str] = []
    added: list[str] = []
    old_blobs: dict[str, str] = {}
    for change in changes:
        old, new = inside(change.old_path), inside(change.path)
        if change.status == "D" or (change.status == "R" and new is None):
            if old is not None:
                before[old] = change.old_blob
                deleted.append(old)
            continue
        if change.status == "R" and old is not None:
            before[old] = change.old_blob
        if new is None:
            continue
        staged.append(new)
        if change.status in "MT":
            before[new] = change.old_blob
            old_blobs[new] = change.old_blob
        else:
            before.pop(new, None)
            if change.status == "R" and old is not None:
                renamed[old] = new
                old_blobs[new] = change.old_blob
            else:
                added.append(new)
    for old in renamed:  # a swap of two names: what was renamed away is there again
        before.setdefault(old, after.get(old, ""))
    reader = _Reader(git)
    is_staged = frozenset(staged)
    readable = [path for path in staged if file_kind(path) in _READ_KINDS]
    reader.fetch([after[path] for path in readable] + [old_blobs.get(path, "") for path in readable])
    keys = _changed_keys(reader, after, old_blobs, staged, {*renamed, *deleted, *renamed.values(), *added})
    kinds = {path: file_kind(path) for path in chain(after, before.keys() - after.keys())}
    others = {
        path: blob for path, blob in after.items() if blob and kinds[path] in _READ_KINDS and path not in is_staged
    }
    resolver = Resolver(after) if readable else None
    aliases = _unresolved_aliases(reader, after, readable, resolver) if resolver is not None else frozenset()
    found: list[str] = []
    hinted: list[str] = []
    if keys or aliases:
        wanted = {blob: kinds[path] == "canvas" for path, blob in others.items()}
        names = names_of(wanted, _vault_key(root), reader.fetch)
        found = concerned(names, others, keys)
        hinted = concerned(names, others, aliases)
    is_found = frozenset(found)
    reader.fetch(others[path] for path in chain(found, hinted))
    read = {path: after[path] for path in chain(readable, found, hinted) if after[path]}
    if resolver is not None:
        _read_targets(reader, after, read, resolver)
    empty = parse_text("")
    settings = read_settings(root, config_folder)

    def vault(blobs: Mapping[str, str], known: Mapping[str, str], untracked: Mapping[str, str]) -> Vault:
        notes = {path: empty for path in blobs if kinds[path] == "note"}
        canvases: dict[str, Canvas] = {}
        for path, blob in known.items():
            if path in notes:
                notes[path] = reader.note(blob)
            elif kinds[path] == "canvas":
                canvases[path] = read_canvas(reader.data(blob))
        files = {path: entries_of.get(path) or VaultFile(path, kinds[path]) for path in blobs}
        name = os.path.basename(root)
        source = _source(reader, blobs)
        return Vault(files, notes, canvases, settings, name=name, root=root, untracked=untracked, source=source)

    entries_of = {path: VaultFile(path, kinds[path]) for path in after}
    named = {path: blob for path, blob in after.items() if key(path) in keys or path in is_found} if found else {}
    named_after = vault(named, {path: blob for path, blob in read.items() if path in named}, {})
    is_judged = readable or any(kinds[path] == "base" for path in staged)
    judged = vault(after, read, {}) if is_judged else named_after
    untracked = _untracked(git, prefix, judged, readable)
    if untracked:
        judged = vault(after, read, untracked)
    old_read = {path: blob for path, blob in read.items() if path in before and path not in is_staged}
    for path in readable:
        blob = old_blobs.get(path, "")
        source = next((old for old, new in renamed.items() if new == path), path)
        if blob and file_kind(source) in _READ_KINDS:
            old_read[source] = blob
    named_then = {path: blob for path, blob in named.items() if path in before}
    if found:
        named_then |= {path: blob for path, blob in before.items() if path not in after or path in renamed}
    answers = {}
    for path in readable:
        if after[path] and file_kind(path) == "note":
            decoded = decode(reader.data(after[path]))
            answer = inspect(judged.notes[path], decoded.text)
            if answer:
                answers[path] = answer
    return Commit(
        after=judged,
        named_before=vault(named_then, {path: blob for path, blob in old_read.items() if path in named_then}, {}),
        named_after=named_after,
        paths=frozenset(after),
        staged=tuple(sorted(staged)),
        concerned=tuple(sorted(found)),
        renamed=renamed,
        deleted=tuple(sorted(deleted)),
        added=tuple(sorted(added)),
        answers=answers,
        text=lambda path: _text(judged, path),
    )


def _text(vault: Vault, path: str) -> str:
    try:
        return decode(vault.read_bytes(path)).text
    except OSError:
        return ""


def _source(reader: _Reader, blobs: Mapping[str, str]) -> Callable[[str], bytes | None]:
    """Reads files as they are in git; hidden ones, such as settings, are left to the disk."""

    def read(path: str) -> bytes | None:
        blob = blobs.get(path, "")
        if blob:
            return reader.fetch([blob])[blob]
        if is_hidden(path):
            return None
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)

    return read


def _nested(top: str, prefix: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    folders = {entry.path[len(prefix) :].rpartition("/")[0] for entry in entries if entry.path.startswith(prefix)}
    return tuple(
        folder + "/"
        for folder in _with_parents(folders)
        if not is_hidden(folder) and os.path.isdir(os.path.join(top, prefix, folder, ".obsidian"))
    )


def _vault_key(root: str) -> str:
    from hashlib import blake2b

    return blake2b(os.fsencode(os.path.realpath(root)), digest_size=10).hexdigest()


def _changed_keys(
    reader: _Reader,
    after: Mapping[str, str],
    old_blobs: Mapping[str, str],
    staged: Iterable[str],
    paths: Iterable[str],
) -> frozenset[str]:
    """Names whose links may open something else now: of files that come or go, and of notes that lose a place."""
    keys = {key(path) for path in paths}
    for path in staged:
        old = old_blobs.get(path, "")
        if old and after[path] and file_kind(path) == "note" and key(path) not in keys:
            was, now = reader.note(old), reader.note(after[path])
            if _places(was) - _places(now) or _order(was) != _order(now):
                keys.add(key(path))
    return frozenset(keys)


def _places(note: Note) -> set[str]:
    return {
        *("#" + heading_key(heading.text) for heading in note.headings),
        *("^" + block.id.lower() for block in note.blocks),
        *("[" + footnote.id.lower() for footnote in note.footnotes),
    }


def _order(note: Note) -> list[tuple[int, str]]:
    """Levels and names of headings: a chain of headings may break where none is lost."""
    return [(heading.level, heading_key(heading.text)) for heading in note.headings]


def _unresolved_aliases(
    reader: _Reader, after: Mapping[str, str], staged: Iterable[str], names: Resolver
) -> frozenset[str]:
    """Marked keys of what staged notes link to and no file answers: some note may have it as an alias."""
    return frozenset(
        ALIAS + key(link.linkpath)
        for path in staged
        if file_kind(path) == "note" and after[path]
        for link in reader.note(after[path]).links
        if link.linkpath.strip() and names.resolve(link.linkpath, path).path is None
    )


def _read_targets(reader: _Reader, after: Mapping[str, str], read: dict[str, str], names: Resolver) -> None:
    """Read also what the notes read so far link into or embed, and so on for embeds."""
    pending = [path for path in read if file_kind(path) == "note"]
    is_first = True
    while pending:
        targets = set()
        for path in pending:
            for link in reader.note(read[path]).links:
                if (is_first and link.subpath) or link.is_embed:
                    target = names.resolve(link.linkpath, path).path
                    if target is not None and target not in read and after[target] and file_kind(target) == "note":
                        targets.add(target)
        reader.fetch(after[path] for path in targets)
        read.update({path: after[path] for path in sorted(targets)})
        pending = sorted(targets)
        is_first = False


def _untracked(git: Git, prefix: str, vault: Vault, staged: Iterable[str]) -> dict[str, str]:
    """Files that staged notes link to, that lie on the disk and not in the index: path -> why."""
    missing: list[tuple[str, Link | PropertyLink]] = [
        (path, link)
        for path in staged
        if path in vault.notes
        for link in chain[Link | PropertyLink](vault.notes[path].links, vault.notes[path].property_links)
        if link.linkpath.strip() and vault.resolve(link.linkpath, path).path is None
    ]
    if not missing:
        return {}
    on_disk = Resolver(file.path for file in walk(vault.root).files if file.path not in vault.files)
    targets = {target for path, link in missing if (target := on_disk.resolve(link.linkpath, path).path) is not None}
    ignored = git.ignored(prefix + target for target in targets)
    return {
        target: "git ignores it, so the commit will not have it; change .gitignore or `git add -f` it"
        if prefix + target in ignored
        else f"it is not added to the commit; `git add {quoted(prefix + target)}`"
        for target in sorted(targets)
    }


def quoted(path: str) -> str:
    """A path as it is typed in a shell."""
    import shlex

    return shlex.quote(path) if path.isprintable() else repr(path)


def place_is_lost(before: Vault, after: Vault, old: str, new: str, subpath: str) -> bool:
    """A heading, block or footnote that a link names was there and is not any more."""
    was, now = before.notes.get(old), after.notes.get(new)
    if was is None or now is None or was.fault or now.fault or not subpath:
        return False
    return find_place(was, subpath).kind != "missing" and find_place(now, subpath).kind == "missing"
