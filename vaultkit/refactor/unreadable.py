"""Files that cannot be read, whose links a move could not update."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vaultkit.base.text import decode
from vaultkit.vault.files import SYMLINK
from vaultkit.vault.snapshot import Snapshot


def unread(vault: Snapshot, read: Callable[[str], bytes]) -> Iterator[tuple[str, str]]:
    """(path, reason) of each file or folder whose links are not known.

    read: the bytes of a file; asked for bases only, which no vault holds. Symbolic links are none of these:
    where one leads is not part of the vault, or is read under its own path.
    """
    reasons = dict(vault.faults)
    for path, note in vault.notes.items():
        if note.fault:
            yield path, reasons.get(path, note.fault)
    for path, file in vault.files.items():
        if file.kind == "canvas":
            canvas = vault.canvases.get(path)
            if canvas is None:
                yield path, reasons.get(path, "not read")
            elif canvas.fault:
                yield path, canvas.fault
        elif file.kind == "base":
            try:
                fault = decode(read(path)).fault
            except OSError as error:
                fault = (error.strerror or str(error)).lower()
            if fault:
                yield path, fault
    for path, reason in vault.faults:
        if path not in vault.files and not reason.startswith(SYMLINK):
            yield path, reason
