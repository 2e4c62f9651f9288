"""An unclosed property block, or one that does not start on the first line.

Why:     Obsidian shows it as text and ignores the properties.
Fix:     removes blank lines and a byte order mark above the block. Safe.
Source:  Obsidian Help, "Properties": the block starts the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
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
_BELOW_BLANKS = lazy_pattern(rf"(\s+){_BLOCK}---[ \t]*\r?(?:\n|\Z)")
_UNCLOSED = lazy_pattern(rf"{_BLOCK}")
_BELOW_TEXT = lazy_pattern(
    rf"[^\n]+\n\s*(?P<block>---[ \t]*\r?\n(?=(?:{_KEY_LINE}|{_LIST_LINE})*(?:{_KNOWN_KEY}):)"
    rf"(?:{_KEY_LINE}|{_LIST_LINE})+---[ \t]*\r?(?:\n|\Z))"
)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report property blocks that Obsidian ignores."""
    if note.frontmatter is not None:
        if note.has_bom:
            message = "byte order mark before the properties: many tools ignore the properties"
            fix = Fix("remove the byte order mark", (), True, None, BOM_ENCODING)
            yield Violation(0, 3, message, "mark", fix, (), "warning")
        return
    if text.startswith("---"):
        opened = _UNCLOSED.match(text)
        if opened:
            message = "unclosed property block: Obsidian ignores all properties of this note"
            yield Violation(0, 3, message, "open", help="add a line `---`")
        return
    below = _BELOW_BLANKS.match(text)
    if below:
        fix = Fix("remove the lines above the properties", (Edit(0, below.end(1), ""),), is_safe=True)
        message = "blank lines above the properties: Obsidian ignores all properties of this note"
        yield Violation(below.end(1), below.end(1) + 3, message, "blank", fix)
        return
    found = _BELOW_TEXT.match(text)
    if found:
        start = found.start("block")
        message = "text above the properties: Obsidian ignores all properties of this note"
        yield Violation(start, start + 3, message, "text")
