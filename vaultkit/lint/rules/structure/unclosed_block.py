"""A code fence, ``$$``, ``%%`` or ``<!--`` is opened and never closed.

Why:     the rest of the note vanishes into it: its links, headings and cards do not count any more.
Fix:     none yet that is sure: where the block was to end is the author's to say.
Source:  CommonMark 0.31, fenced code and HTML blocks; Obsidian's recorded cache of unclosed blocks.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST002"
SEVERITY = "error"
NEEDS = "malformed"
BAD = {"a.md": "```python\nprint(1)\n"}
GOOD = {"a.md": "```python\nprint(1)\n```\n"}

_OPENED = {
    "unclosed-fence": "a code block",
    "unclosed-math": "a math block ($$)",
    "unclosed-comment": "a comment (%%)",
    "unclosed-html-comment": "an HTML comment (<!--)",
}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Blocks that run to the end of the note, or of the list or quote they stand in."""
    for item in note.malformed:
        if item.kind in _OPENED:
            message = f"{_OPENED[item.kind]} begins here and is never closed; what follows is swallowed"
            yield Fault(item.start, item.end, message, item.kind)
