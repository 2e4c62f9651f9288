"""A vault that an agent works with: always as it is on disk, and what a change would do to it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.safe_read import read_inside
from vaultkit.lint.differences import differences
from vaultkit.lint.finding import Finding
from vaultkit.lint.live_check import LiveCheck
from vaultkit.lint.plan import Plan, plan_key
from vaultkit.query.file_lookup import file_by_path, file_named
from vaultkit.vault.files import file_kind, is_hidden
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.watch import changes, file_stamps
from vaultkit.vault.workspace import Workspace


@record
class WriteEffect:
    """What a change does: findings that come and that go."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


class AgentSession:
    """One vault. writes: the tools that change files are there. key: of its stored check."""

    def __init__(self, workspace: Workspace, plan: Plan, *, writes: bool, key: str = "") -> None:
        self.workspace = workspace
        self.plan = plan
        self.writes = writes
        self._key = key or plan_key(plan)
        self._start()

    def _start(self) -> None:
        listing = self.workspace.list_files()
        self._stamps = file_stamps(self.workspace, listing)
        self.live = LiveCheck.start(self.workspace, self.plan, key=self._key, listing=listing)

    @property
    def root(self) -> str:
        """The folder of the vault."""
        return self.workspace.root

    @property
    def vault(self) -> Snapshot:
        """The vault."""
        return self.live.snapshot

    def refresh(self) -> None:
        """Take what changed on disk.

        Raises:
            VaultkitError: the folder cannot be read.
        """
        now = file_stamps(self.workspace)
        found = changes(self._stamps, now)
        if not found:
            return
        self._stamps = now
        if found.touches_settings:
            self._start()
            return
        written: dict[str, bytes | None] = {}
        removed = list(found.removed)
        for path in found.changed:
            try:
                written[path] = read_inside(self.root, path) if file_kind(path) in ("note", "canvas") else None
            except FileNotFoundError:
                removed.append(path)
        self.live = self.live.with_changes(written, removed)

    def path(self, name: str) -> str:
        """The path of a file that is named by its path or as in a link.

        Raises:
            VaultkitError: there is no such file in the vault.
        """
        name = self.inside(name)
        if name in self.vault.files:
            return name
        try:
            return file_by_path(self.vault, name)
        except VaultkitError:
            return file_named(self.vault, name)

    def inside(self, path: str) -> str:
        """A path from the vault's folder, or a name.

        Raises:
            VaultkitError: it leads out of the vault, or to a file that is not part of it.
        """
        written = path.strip().replace("\\", "/")
        if os.path.isabs(written) or (len(written) > 1 and written[1] == ":"):
            relative = os.path.relpath(written, self.root).replace(os.sep, "/")
            written = relative if os.path.isabs(written) else written
        written = written.removeprefix("./").strip("/")
        parts = written.split("/")
        if not written or ".." in parts or "\0" in written or (len(written) > 1 and written[1] == ":"):
            raise VaultkitError(f"{path}: outside the vault; name a path from the vault's folder, such as Notes/A.md")
        try:
            written.encode()
        except UnicodeEncodeError:
            raise VaultkitError("the path is not Unicode text; name a path from the vault's folder") from None
        if is_hidden(written):
            raise VaultkitError(f"{path}: hidden files are not part of the vault")
        real = os.path.realpath(os.path.join(self.root, written))
        if not real.startswith(os.path.join(os.path.realpath(self.root), "")):
            raise VaultkitError(
                f"{path}: a symbolic link leads out of the vault; nothing outside it is read or written"
            )
        return written

    def read(self, path: str) -> bytes:
        """The bytes of a file of the vault.

        Raises:
            OSError: it cannot be read.
        """
        return read_inside(self.root, path)

    def effect(self, written: Mapping[str, bytes | None], removed: Iterable[str] = ()) -> WriteEffect:
        """What a change would do to the findings of the whole vault."""
        return difference(self.live, self.live.with_changes(written, removed))


def difference(before: LiveCheck, after: LiveCheck) -> WriteEffect:
    """The findings that one check has more than the other, and those that it lacks."""
    return WriteEffect(*differences(before.state.findings, after.state.findings))


def hash_of(data: bytes) -> str:
    """A short hash of what was read, which an edit must name."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()
