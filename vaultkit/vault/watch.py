"""What changed in a vault's folder since it was last looked at, by polling; no notification service is needed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping

from vaultkit.base.record import record
from vaultkit.vault.files import walk

POLL_SECONDS = 0.5
# An editor or a sync client writes several files in a row; one look is enough for all of them.
QUIET_SECONDS = 0.2
_SETTINGS = (".obsidian/app.json", ".obsidian/types.json", ".obsidian/templates.json", ".gitignore")

FileStamps = Mapping[str, tuple[int, int]]


@record
class Changes:
    """Paths of files that are new or written, of files that are gone, and whether settings are among them."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    touches_settings: bool

    def __bool__(self) -> bool:
        """Something changed."""
        return bool(self.changed or self.removed or self.touches_settings)


def snapshot(root: str, more: tuple[str, ...] = ()) -> FileStamps:
    """Modification time and size of every file of the vault, of its settings, and of the files ``more``."""
    found: dict[str, tuple[int, int]] = {}
    for path in (*(file.path for file in walk(root).files), *_SETTINGS, *more):
        try:
            status = os.stat(os.path.join(root, path))
        except OSError:
            continue  # gone since it was listed, or never there: as if it did not exist
        found[path] = (status.st_mtime_ns, status.st_size)
    return found


def changes(before: FileStamps, after: FileStamps, more: tuple[str, ...] = ()) -> Changes:
    """What lies between two snapshots."""
    settings = {*_SETTINGS, *more}
    changed = [path for path, state in after.items() if before.get(path) != state]
    removed = [path for path in before if path not in after]
    return Changes(
        tuple(path for path in changed if path not in settings),
        tuple(path for path in removed if path not in settings),
        any(path in settings for path in (*changed, *removed)),
    )


def wait_for_changes(
    root: str, before: FileStamps, more: tuple[str, ...] = (), sleep: Callable[[float], None] = time.sleep
) -> tuple[Changes, FileStamps]:
    """Wait until something changed and then kept still for a moment; what it was, and the snapshot after it."""
    while True:
        sleep(POLL_SECONDS)
        after = snapshot(root, more)
        if not changes(before, after, more):
            continue
        while True:
            sleep(QUIET_SECONDS)
            now = snapshot(root, more)
            if now == after:
                break
            after = now
        found = changes(before, after, more)
        if found:
            return found, after
