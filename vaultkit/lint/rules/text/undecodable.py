"""A note is not UTF-8, or holds NUL or control bytes.

Why:     Obsidian reads every note as UTF-8: the odd characters show as boxes, and saving makes it worse.
Fix:     saves the note as UTF-8 where its bytes leave no doubt what they are in: UTF-16, or the Windows table of
         Western languages; takes control bytes out. Unsafe, since a wrong guess makes letters into others. What is
         no text is left alone.
Source:  Obsidian Help, "Accepted file formats"; the Unicode Standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vaultkit.index.vault import Vault
from vaultkit.lint.encodings import encoding_name, encoding_of
from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import gathering_rule
from vaultkit.lint.rules._source import bytes_of
from vaultkit.note.model import Note
from vaultkit.text import Edit

CODE = "TX002"
SEVERITY = "error"
BAD = {"a.md": b"caf\xe9"}
GOOD = {"a.md": "café"}


# Tabs and what ends a line or page are text.
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")


def gather(note: Note, text: str) -> tuple[tuple[int, str], ...] | None:
    """(offset, character) of each control character; None for none."""
    first = _CONTROL.search(text)
    return tuple((match.start(), match[0]) for match in _CONTROL.finditer(text, first.start())) if first else None


@gathering_rule(gather)
def check(
    vault: Vault, options: object, controls: Mapping[str, tuple[tuple[int, str], ...]]
) -> Iterator[tuple[str, Fault]]:
    """Notes whose bytes are no text; those that could not be read at all are another rule's."""
    unread = {path for path, _ in vault.faults}
    for path, note in vault.notes.items():
        if note.fault and path not in unread:
            encoding = encoding_of(bytes_of(vault, path) or b"")
            fix = Fix(f"save as UTF-8, from {encoding_name(encoding)}", (), False, None, encoding) if encoding else None
            message = f"the note is not text: {note.fault}; save it as UTF-8"
            yield path, Fault(0, 0, message, "encoding", fix)
    for path, found in controls.items():
        start, character = found[0]
        what = f"control byte 0x{ord(character):02X}"
        what = f"{what} and {len(found) - 1} more in the text show" if len(found) > 1 else f"{what} in the text shows"
        message = f"the {what} as a box or nothing"
        edits = tuple(Edit(at, at + 1, "") for at, _ in found)
        yield path, Fault(start, start + 1, message, "control", Fix("take control bytes out", edits, is_safe=False))
