"""The text of a file of the vault, read again by the few rules that must see more than its values."""

from __future__ import annotations

import os

from vaultkit.index.vault import Vault
from vaultkit.text import decode, line_starts

MAX_BYTES = 10_000_000


def text_of(vault: Vault, path: str) -> str | None:
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


def bytes_of(vault: Vault, path: str) -> bytes | None:
    """The bytes at ``path``; None as above, or when there are more than `MAX_BYTES`.

    While fixes are made, and for an editor, the bytes in the vault are ahead of those on disk.
    """
    if path in vault.unsaved:
        return vault.unsaved[path]
    if not vault.root:
        return None
    try:
        with open(os.path.join(vault.root, path), "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        return None  # told by VK003 where it is a note; gone since the walk otherwise
    return data if len(data) <= MAX_BYTES else None
