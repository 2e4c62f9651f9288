"""One vault that an editor has open: its check, the texts that are not saved, and what changes on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.safe_read import read_inside
from vaultkit.base.text import decode
from vaultkit.lint.check import read_note
from vaultkit.lint.differences import more_findings
from vaultkit.lint.finding import Finding
from vaultkit.lint.live_check import LiveCheck
from vaultkit.lint.plan import Plan
from vaultkit.lsp.positions import TextLines
from vaultkit.lsp.uris import path_of_uri, uri_of_path
from vaultkit.note.model import Note
from vaultkit.vault.files import file_kind, is_hidden
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.watch import FileStamps, changes, file_stamps
from vaultkit.vault.workspace import Workspace

Findings = Mapping[str, tuple[Finding, ...]]


@record
class VaultSetup:
    """What a vault is opened with. key: all that the plan was made of, which names its stored check."""

    workspace: Workspace
    plan: Plan
    key: str


# The folder of a vault -> how to open it.
OpenVault = Callable[[str], VaultSetup]


class EditedVault:
    """A vault and the documents of it that are open in the editor.

    before: findings as they were when nothing was edited; other notes are reported where they have more since.
    """

    def __init__(self, root: str, open_vault: OpenVault, encoding: str) -> None:
        self.root = os.path.abspath(root)
        self.encoding = encoding
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int | None] = {}
        self.typed_at: dict[str, int] = {}
        self._open_vault = open_vault
        self._dirty: set[str] = set()
        self._parsed: dict[str, tuple[str, Note]] = {}
        self._start()

    def _start(self) -> None:
        setup = self._open_vault(self.root)
        self._workspace = setup.workspace
        listing = setup.workspace.list_files()
        self._stamps: FileStamps = file_stamps(setup.workspace, listing)
        self.live = LiveCheck.start(setup.workspace, setup.plan, key=setup.key, listing=listing)
        self.before: Findings = self.live.state.findings
        self._dirty |= self.texts.keys()

    @property
    def snapshot(self) -> Snapshot:
        """The vault as it was checked last; the newest keystrokes may be missing."""
        return self.live.snapshot

    @property
    def is_dirty(self) -> bool:
        """A text changed since the last check."""
        return bool(self._dirty)

    def path_of(self, uri: str) -> str | None:
        """The path in the vault of an address; None for one outside, or that does not exist for vaultkit."""
        place = path_of_uri(uri)
        if place is None:
            return None
        path = os.path.relpath(place, self.root).replace(os.sep, "/")
        if path.startswith("../") or path == ".." or os.path.isabs(path) or is_hidden(path):
            return None
        return None if self._workspace.excludes(path) else path

    def uri(self, path: str) -> str:
        """The address of a file of the vault."""
        return uri_of_path(os.path.join(self.root, path))

    def open_text(self, path: str, text: str, version: int | None) -> None:
        """Take a document that the editor has opened."""
        self.texts[path], self.versions[path] = text, version
        self._dirty.add(path)

    def change_text(self, path: str, edits: Iterable[Mapping[str, Any]], version: int | None) -> None:
        """Take what was typed."""
        text = self.texts.get(path, "")
        for edit in edits:
            if edit.get("range") is None:
                text = edit["text"]
                self.typed_at.pop(path, None)
                continue
            start, end = TextLines(text, self.encoding).span(edit["range"])
            text = text[:start] + edit["text"] + text[end:]
            self.typed_at[path] = start + len(edit["text"])
        self.texts[path], self.versions[path] = text, version
        self._dirty.add(path)

    def close_text(self, path: str) -> None:
        """Forget an open document; what is on disk counts again."""
        self.texts.pop(path, None)
        self.versions.pop(path, None)
        self.typed_at.pop(path, None)
        self._parsed.pop(path, None)
        self._dirty.add(path)

    def text(self, path: str) -> str:
        """The text of a file as the editor has it, else as it is on disk; "" if it is no text."""
        known = self.texts.get(path)
        if known is not None:
            return known
        try:
            return decode(self.snapshot.read_bytes(path)).text
        except OSError:
            return ""

    def note(self, path: str) -> Note | None:
        """The note at ``path`` with the newest keystrokes."""
        if path not in self._dirty or path not in self.texts:
            return self.snapshot.notes.get(path)
        text = self.texts[path]
        known = self._parsed.get(path)
        if known is None or known[0] is not text:
            known = self._parsed[path] = text, read_note(_encoded(text))[0]
        return known[1]

    def lines(self, path: str) -> TextLines:
        """The lines of a file."""
        return TextLines(self.text(path), self.encoding)

    def check_edits(self) -> frozenset[str]:
        """Check what was typed since the last time; return the paths whose findings changed."""
        written: dict[str, bytes | None] = {}
        removed: list[str] = []
        for path in sorted(self._dirty):
            if path in self.texts:
                written[path] = _encoded(self.texts[path])
            else:
                self._read_disk(path, written, removed)
        self._dirty.clear()
        return self._take(self._news(written), removed)

    def check_disk(self) -> frozenset[str]:
        """Look for changes on disk; return the paths whose findings changed."""
        try:
            now = file_stamps(self._workspace)
        except VaultkitError:
            return frozenset()  # the folder is away for a moment
        found = changes(self._stamps, now)
        if not found:
            return frozenset()
        self._stamps = now
        if found.touches_settings:
            old = self.live.state.findings
            self._start()
            return _different(old, self.live.state.findings) | self.check_edits()
        written: dict[str, bytes | None] = {}
        removed: list[str] = []
        for path in (*found.changed, *found.removed):
            if path not in self.texts:
                self._read_disk(path, written, removed)
        paths = self._take(self._news(written), removed)
        if not self.texts:
            self.before = self.live.state.findings
        return paths

    def _read_disk(self, path: str, written: dict[str, bytes | None], removed: list[str]) -> None:
        try:
            if file_kind(path) in ("note", "canvas"):
                written[path] = read_inside(self.root, path)
            elif os.path.lexists(os.path.join(self.root, path)):
                written[path] = None
            else:
                removed.append(path)
        except FileNotFoundError:
            removed.append(path)
        except OSError:
            return  # it cannot be read now; the next look may find it readable

    def _news(self, written: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
        """Leave out files that are as they were checked."""
        return {path: data for path, data in written.items() if data is None or not self._is_known(path, data)}

    def _is_known(self, path: str, data: bytes) -> bool:
        note = self.snapshot.notes.get(path)
        if note is None or note.fault or path not in self.snapshot.unsaved:
            if note is None:
                return False
            try:
                return self.snapshot.read_bytes(path) == data and read_note(data)[0] == note
            except OSError:
                return False
        return self.snapshot.unsaved[path] == data

    def _take(self, written: Mapping[str, bytes | None], removed: list[str]) -> frozenset[str]:
        if not written and not any(path in self.snapshot.files for path in removed):
            return frozenset()
        old = self.live.state.findings
        self.live = self.live.with_changes(written, removed)
        return _different(old, self.live.state.findings)

    def findings(self, path: str) -> tuple[Finding, ...]:
        """What the last check found in a file."""
        return self.live.state.findings.get(path, ())

    def new_findings(self, path: str) -> tuple[Finding, ...]:
        """What a file has more than before anything was edited."""
        return tuple(more_findings(self.findings(path), self.before.get(path, ())))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _different(old: Findings, new: Findings) -> frozenset[str]:
    return frozenset(path for path in {*old, *new} if old.get(path) != new.get(path))
