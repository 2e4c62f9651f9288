"""Folder -> `Snapshot`, mapping of texts -> `Snapshot`, and `Snapshot` with a few changed notes -> `Snapshot`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import MAX_BYTES, read_regular, require_regular
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_note
from vaultkit.vault.cache import Kept, cache_file, read_cache, stamp_of, write_cache
from vaultkit.vault.canvas import Canvas, read_canvas
from vaultkit.vault.files import VaultFile, Walk, file_kind, is_hidden, walk
from vaultkit.vault.read_notes import Inspect, Scan, read_notes
from vaultkit.vault.settings import read_settings, settings_from
from vaultkit.vault.snapshot import Snapshot

CONFIG_FOLDER = ".obsidian"


def find_vault(start: str) -> str:
    """The vault around ``start``: the nearest parent with ``.obsidian``, else with ``.git``, else ``start``.

    Raises:
        VaultkitError: ``start`` does not exist.
    """
    start = os.path.abspath(start)
    if not os.path.exists(start):
        raise VaultkitError(f"{start}: no such file or folder; check the path")
    if not os.path.isdir(start):
        start = os.path.dirname(start)
    for marker in (CONFIG_FOLDER, ".git"):
        folder = start
        while True:
            if os.path.exists(os.path.join(folder, marker)):
                return folder
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
    return start


def walk_vault(root: str | os.PathLike[str]) -> tuple[str, Walk]:
    """The absolute path of the folder ``root``, and what lies in it.

    Raises:
        VaultkitError: ``root`` is not a folder that can be read.
    """
    root = os.path.abspath(os.fspath(root))
    if not os.path.isdir(root):
        raise VaultkitError(f"{root}: no such folder; name the folder of a vault")
    found = walk(root)
    if not found.files and found.faults and found.faults[0][0] == ".":
        raise VaultkitError(f"{root}: cannot be read ({found.faults[0][1]}); check its permissions")
    return root, found


def load_vault(root: str | os.PathLike[str]) -> Snapshot:
    """Read the vault in the folder ``root``.

    Raises:
        VaultkitError: ``root`` is not a folder that can be read.
    """
    return load_inspected(root, None)[0]


def load_inspected(
    root: str | os.PathLike[str],
    inspect: Inspect | None,
    *,
    excluded: Callable[[str], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
    purpose: str | None = None,
    config_folder: str = CONFIG_FOLDER,
    unjudged: Callable[[Walk], frozenset[str]] | None = None,
) -> tuple[Snapshot, Mapping[str, Any]]:
    """Read a vault and, while each note's text is at hand, ask ``inspect(note, text)`` about it.

    excluded: paths for which it answers true do not exist.
    progress: called with (notes done, notes in all) now and then.
    purpose:  all that the answers depend on besides the notes; then notes that have not changed since a
              run of the same purpose are taken from the cache. None for no cache.
    config_folder: where the vault's settings are; "" to read none.
    unjudged: which of the files git ignores; None when nobody asks.

    Returns:
        The vault, and path -> what ``inspect`` answered, for notes where that was truthy.

    Raises:
        VaultkitError: ``root`` is not a folder that can be read.
    """
    root, found = walk_vault(root)
    files = {file.path: file for file in found.files if excluded is None or not excluded(file.path)}
    paths = [path for path, file in files.items() if file.kind == "note"]
    scan = _read(root, paths, inspect, progress, purpose)
    canvases: dict[str, Canvas] = {}
    faults = [*found.faults, *scan.faults]
    for path, file in files.items():
        if file.kind == "canvas":
            try:
                canvases[path] = read_canvas(read_regular(os.path.join(root, path)))
            except OSError as error:
                faults.append((path, (error.strerror or str(error)).lower()))
        elif file.kind == "base":  # rules read it later, where it is regular
            try:
                require_regular(os.path.join(root, path), MAX_BYTES)
            except FileNotFoundError:
                continue
            except OSError as error:
                faults.append((path, (error.strerror or str(error)).lower()))
    vault = Snapshot(
        files,
        scan.notes,
        canvases,
        read_settings(root, config_folder),
        name=os.path.basename(root),
        root=root,
        faults=tuple(faults),
        nested=found.nested,
        ignored=unjudged(found) if unjudged is not None else frozenset(),
        left_out=tuple(file.path for file in found.files if file.path not in files),
    )
    return vault, scan.answers


def _read(
    root: str,
    paths: list[str],
    inspect: Inspect | None,
    progress: Callable[[int, int], None] | None,
    purpose: str | None,
) -> Scan:
    """The notes, as many as possible from the cache."""
    file = cache_file(root, purpose) if purpose is not None else None
    if file is None:
        return read_notes(root, paths, inspect, progress)
    old = read_cache(file)
    stamps = {path: stamp_of(os.path.join(root, path)) for path in paths}
    known = {path: kept for path, kept in old.items() if kept.stamp == stamps.get(path)}
    changed = [path for path in paths if path not in known]
    scan = read_notes(root, changed, inspect, progress)
    notes: dict[str, Note] = {}
    answers: dict[str, Any] = dict(scan.answers)
    for path in paths:
        kept = known.get(path)
        if kept is None:
            if path in scan.notes:
                notes[path] = scan.notes[path]
        else:
            notes[path] = kept.note
            if kept.answer:
                answers[path] = kept.answer
    if changed or len(known) != len(old):
        faulty = {path for path, _ in scan.faults}
        write_cache(
            file,
            (
                (path, Kept(stamp, note, answers.get(path)))
                for path, note in notes.items()
                if path not in faulty and (stamp := stamps[path]) is not None
            ),
        )
    return Scan(notes, answers, scan.faults)


def vault_of(texts: Mapping[str, str | bytes | None], app: Mapping[str, Any] | None = None) -> Snapshot:
    """A vault in memory: path -> text, bytes, or None where the content does not matter.

    app: keys of ``.obsidian/app.json``.
    """
    files: dict[str, VaultFile] = {}
    notes: dict[str, Note] = {}
    canvases: dict[str, Canvas] = {}
    unsaved: dict[str, bytes] = {}
    for path, content in sorted(texts.items()):
        if is_hidden(path):
            continue
        data = content.encode() if isinstance(content, str) else content or b""
        kind = file_kind(path)
        files[path] = VaultFile(path, kind)
        if content is not None:
            unsaved[path] = data
        if kind == "note":
            notes[path] = parse_note(data)
        elif kind == "canvas":
            canvases[path] = read_canvas(data)
    return Snapshot(files, notes, canvases, settings_from(dict(app or {})), name="vault", unsaved=unsaved)


def update(
    vault: Snapshot,
    changed: Mapping[str, bytes | None],
    removed: Iterable[str] = (),
    *,
    ignored: frozenset[str] | None = None,
    left_out: tuple[str, ...] | None = None,
) -> Snapshot:
    """The vault after some files were written (path -> new bytes) or taken away.

    Notes that did not change are not read again. For files other than notes and canvases the
    bytes do not matter and may be None. ignored: what git ignores now, left_out: what the configuration
    excludes now; None for what they did.
    """
    files, notes, canvases = dict(vault.files), dict(vault.notes), dict(vault.canvases)
    unsaved = dict(vault.unsaved)
    for path in removed:
        files.pop(path, None)
        notes.pop(path, None)
        canvases.pop(path, None)
        unsaved.pop(path, None)
    for path, data in changed.items():
        if is_hidden(path):
            continue
        kind = file_kind(path)
        files[path] = VaultFile(path, kind)
        if data is not None:
            unsaved[path] = data
        if kind == "note":
            notes[path] = parse_note(data or b"")
        elif kind == "canvas":
            canvases[path] = read_canvas(data or b"")
    return Snapshot(
        {path: files[path] for path in sorted(files)},
        {path: notes[path] for path in sorted(notes)},
        {path: canvases[path] for path in sorted(canvases)},
        vault.settings,
        name=vault.name,
        root=vault.root,
        faults=vault.faults,
        nested=vault.nested,
        unsaved=unsaved,
        untracked=vault.untracked,
        ignored=vault.ignored if ignored is None else ignored,
        left_out=vault.left_out if left_out is None else left_out,
        source=vault.source,
    )
