"""A note is not UTF-8, or holds NUL bytes.

Why:     Obsidian reads every note as UTF-8: the odd characters show as boxes, and saving makes it worse.
Fix:     none yet: the encoding has to be known to save the note as UTF-8.
Source:  Obsidian Help, "Accepted file formats"; the Unicode Standard.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import vault_rule

CODE = "TX002"
SEVERITY = "error"
BAD = {"a.md": b"caf\xe9"}
GOOD = {"a.md": "café"}


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Notes whose bytes are no text; those that could not be read at all are another rule's."""
    unread = {path for path, _ in vault.faults}
    for path, note in vault.notes.items():
        if note.fault and path not in unread:
            message = f"the note is not text: {note.fault}; save it as UTF-8"
            yield path, Fault(0, 0, message, "encoding")
