"""The same property stands twice in a note.

Why:     Obsidian takes the whole block for invalid. Merges leave such pairs.
Fix:     none: one of the two values is lost, and only the author knows which.
Source:  Obsidian Help, "Properties"; release notes 1.4.9.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "PR003"
SEVERITY = "error"
NEEDS = "frontmatter"
BAD = {"a.md": "---\nstatus: draft\nstatus: done\n---\n"}
GOOD = {"a.md": "---\nstatus: done\n---\n"}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Repeated keys."""
    matter = note.frontmatter
    if matter is not None and matter.error is not None and matter.error.kind == "duplicate-key":
        start = matter.error.start
        colon = text.find(":", start, matter.content_end)
        end = colon if colon >= 0 else start
        message = f"{matter.error.message}; Obsidian then reads no property of this note"
        yield Violation(start, end, message, text[start:end])
