"""A duplicate property in a note.

Why:     Obsidian rejects the whole property block. Merges often cause duplicates.
Fix:     none: only the author knows which value is right.
Source:  Obsidian Help, "Properties"; release notes 1.4.9.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import code_span
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
    """Report duplicate keys."""
    matter = note.frontmatter
    if matter is not None and matter.error is not None and matter.error.kind == "duplicate-key":
        start = matter.error.start
        colon = text.find(":", start, matter.content_end)
        end = colon if colon >= 0 else start
        name = text[start:end].strip(" \"'")
        message = f"duplicate property {code_span(name)}: Obsidian ignores all properties of this note"
        yield Violation(start, end, message, text[start:end])
