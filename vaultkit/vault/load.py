"""Make snapshots from texts, and from a snapshot and changed files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.note.model import Note
from vaultkit.note.parse import parse_note
from vaultkit.vault.canvas import Canvas, read_canvas
from vaultkit.vault.files import VaultFile, file_kind, is_hidden
from vaultkit.vault.settings import settings_from
from vaultkit.vault.snapshot import Snapshot


def snapshot_of_texts(texts: Mapping[str, str | bytes | None], app: Mapping[str, Any] | None = None) -> Snapshot:
    """Return a snapshot in memory: path -> text, bytes, or None where the content does not matter.

    app: keys of Obsidian's ``app.json``.
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
