"""A code fence, ``$$``, ``%%`` or ``<!--`` is opened and never closed.

Why:     the rest of the note vanishes into it: its links, headings and cards do not count any more.
Fix:     closes it before the next blank line. Unsafe: only the author knows where it was to end.
Source:  CommonMark 0.31, fenced code and HTML blocks; Obsidian's recorded cache of unclosed blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Malformed, Note
from vaultkit.text import Edit

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
_CLOSED_BY = {"unclosed-math": "$$", "unclosed-comment": "%%", "unclosed-html-comment": "-->"}
_FENCE = re.compile(r"`{3,}|~{3,}")
_BLANK = re.compile(r"\r?\n[ \t]*(?=\r?\n|\Z)")
MAX_INDENT = 3


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Blocks that run to the end of the note, or of the list or quote they stand in."""
    for item in note.malformed:
        if item.kind in _OPENED:
            message = f"{_OPENED[item.kind]} begins here and is never closed; what follows is swallowed"
            yield Fault(item.start, item.end, message, item.kind, _close(note, text, item))


def _close(note: Note, text: str, item: Malformed) -> Fix | None:
    """The closing mark where the block's first paragraph ends; None inside a quote or a list, where it has a prefix."""
    line = text.rfind("\n", 0, item.start) + 1
    if text[line : item.start].strip() or len(text[line : item.start]) > MAX_INDENT:
        return None
    fence = _FENCE.match(text, item.start)
    mark = fence[0] if fence else _CLOSED_BY[item.kind]
    blank = _BLANK.search(text, item.end)
    end = blank.start() if blank else len(text.rstrip())
    newline = "\r\n" if "\r\n" in text else "\n"
    return Fix(f"close it with {mark}", (Edit(end, end, newline + mark),), is_safe=False)
