"""The report of the last run, which answers for a vault in which nothing changed since.

Nothing here imports a rule or the parser: a check of an unchanged vault is a walk of its folder.
"""

from __future__ import annotations

import msgspec

from vaultkit.base.hashes import blake2b
from vaultkit.base.record import record
from vaultkit.base.store import Store
from vaultkit.lint.finding import Report
from vaultkit.vault.stamps import packed, trusted_until
from vaultkit.vault.workspace import Listing, Workspace

REPORTS = "report"


@record
class StoredReport:
    """The report of a run.

    notices: what is printed with it, about the configuration and about what was left out.
    ignored: the paths that git ignores.
    """

    report: Report
    notices: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


class StoredReports:
    """The stored report of a workspace, and whether it still holds.

    key:         all that the report depends on besides the vault and its settings, as a hash.
    stamps:      path -> packed stamp of every file.
    environment: see `Workspace.environment`.
    fingerprint: of all of these.
    is_settled:  no file changed so lately that a second change could hide.
    """

    def __init__(self, workspace: Workspace, key: str, listing: Listing | None = None) -> None:
        """key: the configuration and the options that say which rules run and how. listing: as it is now."""
        self.workspace = workspace
        self.key = blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        self.listing: Listing = listing or workspace.list_files()
        limit = trusted_until()
        self.environment = workspace.environment(self.listing)
        found = self.listing.walk.stamps
        self.stamps = {path: packed(found.get(path), limit) for path in self.listing.files}
        sums = blake2b(self.environment, digest_size=32)
        for path, stamp in self.stamps.items():
            sums.update(path.encode("utf-8", "surrogateescape") + b"\0" + stamp)
        self.fingerprint = sums.digest()
        self.is_settled = all(self.stamps.values())

    @property
    def store(self) -> Store:
        """The store of the workspace, which has one."""
        assert self.workspace.store is not None
        return self.workspace.store

    def known(self) -> StoredReport | None:
        """Return the stored report if nothing changed since; else None."""
        row = self.store.get(REPORTS, self.key) if self.is_settled else None
        if row is None or row[0] != self.fingerprint:
            return None
        try:
            return msgspec.msgpack.decode(row[1], type=StoredReport)
        except (msgspec.MsgspecError, ValueError):
            return None
