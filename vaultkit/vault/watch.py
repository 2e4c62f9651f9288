"""What changed in a vault's folder since it was last looked at.

The stamps of all files are compared, every half second, or with watchfiles (extra `watch`) when the system reports a
change.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping

from vaultkit.base.record import record
from vaultkit.vault.files import Stamp, stamp_of
from vaultkit.vault.workspace import Listing, Workspace

POLL_SECONDS = 0.5
# An editor or a sync client writes several files in a row; one look is enough for all of them.
QUIET_SECONDS = 0.2
# Some file systems, such as network disks, report nothing, so after this time the files are compared anyway.
UNREPORTED_SECONDS = 5.0

FileStamps = Mapping[str, Stamp]


@record
class Changes:
    """Paths of new and changed files, of deleted files, and whether they include settings."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    touches_settings: bool

    def __bool__(self) -> bool:
        """Something changed."""
        return bool(self.changed or self.removed or self.touches_settings)


def file_stamps(workspace: Workspace, listing: Listing | None = None) -> FileStamps:
    """Return the stamps of every file of the vault, by path, and of the files that settings are read from.

    listing: the files, if they were listed just now.
    """
    listing = listing or workspace.list_files()
    found: dict[str, Stamp] = {
        path: listing.walk.stamps[path] for path in listing.files if path in listing.walk.stamps
    }
    for place in workspace.settings_places(listing):
        stamp = stamp_of(place)
        if stamp is not None:
            found[place] = stamp
    return found


def changes(before: FileStamps, after: FileStamps) -> Changes:
    """Return the difference of two listings. Settings have absolute paths."""
    changed = [path for path, state in after.items() if before.get(path) != state]
    removed = [path for path in before if path not in after]
    return Changes(
        tuple(path for path in changed if not os.path.isabs(path)),
        tuple(path for path in removed if not os.path.isabs(path)),
        any(os.path.isabs(path) for path in (*changed, *removed)),
    )


def waiter(root: str) -> Callable[[float], object]:
    """Return a function that waits until a file below ``root`` may have changed, or for the given time in seconds."""
    try:
        from watchfiles import watch
    except ImportError:
        return time.sleep
    reports = watch(root, watch_filter=None, rust_timeout=int(UNREPORTED_SECONDS * 1000), yield_on_timeout=True)
    return lambda seconds: next(reports)


def wait_for_changes(
    workspace: Workspace,
    before: FileStamps,
    sleep: Callable[[float], None] = time.sleep,
    wait: Callable[[float], object] | None = None,
) -> tuple[Changes, FileStamps]:
    """Wait until something changed and then kept still for a moment; return what it was, and the stamps after it.

    wait: how to wait for the first change (`waiter`); None for ``sleep``.
    """
    while True:
        after = file_stamps(workspace)
        if not changes(before, after):
            (wait or sleep)(POLL_SECONDS)
            continue
        while True:
            sleep(QUIET_SECONDS)
            now = file_stamps(workspace)
            if now == after:
                break
            after = now
        found = changes(before, after)
        if found:
            return found, after
