"""Read the text of a file in the vault again, for rules that need more than the parsed note."""

from __future__ import annotations

from vaultkit.base.text import decode, line_starts
from vaultkit.vault.snapshot import Snapshot


def text_of(vault: Snapshot, path: str) -> str | None:
    """The text at ``path``; None when the vault is in memory only or the file cannot be read as text.

    A note's text counts only when its lines are those that were parsed: between two rounds of fixes the
    vault is ahead of the disk, and offsets in the old text would be wrong.
    """
    data = bytes_of(vault, path)
    if data is None:
        return None
    decoded = decode(data)
    note = vault.notes.get(path)
    if decoded.fault or (note is not None and note.line_starts != line_starts(decoded.text)):
        return None
    return decoded.text if note is None or note.length == len(decoded.text) else None


def bytes_of(vault: Snapshot, path: str) -> bytes | None:
    """The bytes at ``path``; None as above, or when there are more than `reading.MAX_BYTES`."""
    try:
        return vault.read_bytes(path)
    except OSError:
        return None  # VK003 reports a note that cannot be read; other files are gone since they were listed
