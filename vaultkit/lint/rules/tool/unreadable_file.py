"""Something in the vault could not be looked into, or not wholly.

Why:     silence would mean that it was looked at. Permissions, links that lead out of the vault or in
         circles, files kept in the cloud only, notes of many megabytes.
Fix:     none: it is not the note that is wrong.
Options: max-size: characters of a note above which no rule looks at it; more than 10 MB are never read.
Source:  the file system's own answer, quoted in the message.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.lint.facts.prose import LONG_LINE, LONG_NOTE
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.snapshot import Snapshot

CODE = "VK003"
SEVERITY = "error"
BAD = None
GOOD = {"a.md": "readable"}


@record
class Options:
    """max_size: characters."""

    max_size: int = 10_000_000


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """What was left out, each once with its reason."""
    for path, reason in vault.faults:
        yield path, Violation(0, 0, f"could not be read: {reason}", "read")
    for path, note in vault.source_notes():
        if note.length < min(LONG_LINE, options.max_size):
            continue
        if note.length > options.max_size:
            message = f"the note has {note.length:,} characters, more than max-size, so no rule looks at it"
            yield path, Violation(0, 0, message, "size")
            continue
        if note.length > LONG_NOTE:
            message = f"the note has {note.length:,} characters; rules about wording do not look at it"
            yield path, Violation(0, 0, message, "long note", severity="info")
            continue
        ends = (*note.line_starts[1:], note.length + 1)
        for start, end in zip(note.line_starts, ends, strict=True):
            if end - start > LONG_LINE:
                message = f"this line has {end - start - 1:,} characters; rules about wording do not look at it"
                yield path, Violation(start, start, message, "long line", severity="info")
