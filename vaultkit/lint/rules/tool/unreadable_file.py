"""A file or folder that could not be read, or was checked only in part.

Why:     without this finding, a skipped file would look as if it had no findings. Causes: permissions, symbolic
         links that leave the vault or form a loop, files stored only in the cloud, very large notes.
Fix:     none: the cause is outside the note.
Options: max-size: notes with more characters are not checked; files of more than 10 MB are never read.
Source:  the error message of the operating system, quoted in the finding.
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
    """Report each skipped file or part once, with its reason."""
    for path, reason in vault.faults:
        yield path, Violation(0, 0, f"cannot be read: {reason}", "read")
    for path, note in vault.source_notes():
        if note.length < min(LONG_LINE, options.max_size):
            continue
        if note.length > options.max_size:
            message = f"note not checked: {note.length:,} characters are more than `max-size`"
            yield path, Violation(0, 0, message, "size")
            continue
        if note.length > LONG_NOTE:
            message = f"note checked in part: {note.length:,} characters are too many for the rules about wording"
            yield path, Violation(0, 0, message, "long note", severity="info")
            continue
        ends = (*note.line_starts[1:], note.length + 1)
        for start, end in zip(note.line_starts, ends, strict=True):
            if end - start > LONG_LINE:
                message = (
                    f"line checked in part: {end - start - 1:,} characters are too many for the rules about wording"
                )
                yield path, Violation(start, start, message, "long line", severity="info")
