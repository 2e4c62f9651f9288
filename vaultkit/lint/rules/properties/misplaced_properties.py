"""A property block is not closed, or does not begin on the very first line.

Why:     Obsidian shows it as text with rules and reads no property from it.
Fix:     removes blank lines and a byte order mark above the block. Safe.
Source:  Obsidian Help, "Properties": the block begins the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.text import Edit
from vaultkit.lint.encodings import BOM_ENCODING
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "PR002"
SEVERITY = "error"
BAD = {"a.md": "\n---\ntags: [biology]\n---\n"}
GOOD = {"a.md": "---\ntags: [biology]\n---\n"}

_KEY_LINE = r"(?:[\w][\w -]*:(?:[ \t][^\n]*)?\r?\n)"
_LIST_LINE = r"(?:[ \t]*-[ \t][^\n]*\r?\n)"
# Between two rules "Note: text" is common; with these keys it is meant as properties.
_KNOWN_KEY = "tags?|alias(?:es)?|cssclass(?:es)?|title|date|created|updated|modified|publish|permalink|author"
_BLOCK = rf"---[ \t]*\r?\n{_KEY_LINE}(?:{_KEY_LINE}|{_LIST_LINE}|[ \t]*\r?\n)*"
_BELOW_BLANKS = re.compile(rf"(\s+){_BLOCK}---[ \t]*\r?(?:\n|\Z)")
_UNCLOSED = re.compile(rf"{_BLOCK}")
_BELOW_TEXT = re.compile(
    rf"[^\n]+\n\s*(?P<block>---[ \t]*\r?\n(?=(?:{_KEY_LINE}|{_LIST_LINE})*(?:{_KNOWN_KEY}):)"
    rf"(?:{_KEY_LINE}|{_LIST_LINE})+---[ \t]*\r?(?:\n|\Z))"
)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Property blocks that Obsidian does not see."""
    if note.frontmatter is not None:
        if note.has_bom:
            message = "a byte order mark stands before the properties, so many tools read none of them"
            fix = Fix("take off the byte order mark", (), True, None, BOM_ENCODING)
            yield Violation(0, 3, message, "mark", fix, (), "warning")
        return
    if text.startswith("---"):
        opened = _UNCLOSED.match(text)
        if opened:
            yield Violation(
                0, 3, "the property block is never closed, so Obsidian reads none of it; add a line ---", "open"
            )
        return
    below = _BELOW_BLANKS.match(text)
    if below:
        fix = Fix("remove what stands above", (Edit(0, below.end(1), ""),), is_safe=True)
        message = "blank lines stand above the properties, so Obsidian reads none of them"
        yield Violation(below.end(1), below.end(1) + 3, message, "blank", fix)
        return
    found = _BELOW_TEXT.match(text)
    if found:
        start = found.start("block")
        yield Violation(start, start + 3, "text stands above the properties, so Obsidian reads none of them", "text")
