"""The property block does not parse, or is not made of names with values.

Why:     Obsidian then has no properties at all for the note: no tags, no aliases, no links from them.
Fix:     none: the place is named, the text is the author's.
Source:  Obsidian Help, "Properties"; release notes 1.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "PR001"
SEVERITY = "error"
NEEDS = "frontmatter"
BAD = {"a.md": "---\ntitle: [unclosed\n---\n"}
GOOD = {"a.md": "---\ntitle: closed\n---\n"}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Property blocks that are unusable, repeated keys aside."""
    matter = note.frontmatter
    if matter is None or matter.error is None or matter.error.kind == "duplicate-key":
        return
    error = matter.error
    start = min(error.start, max(matter.content_end - 1, matter.content_start))
    newline = text.find("\n", start, matter.content_end)
    end = newline if newline >= 0 else max(start, matter.content_end)
    yield Fault(start, end, f"the properties cannot be read: {error.message}; Obsidian then has none here", "yaml")
