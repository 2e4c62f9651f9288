"""A picture on an indented line below a blank line, which Markdown reads as code.

Why:     Obsidian shows ``![[chart.png]]`` as code instead of the picture.
Fix:     removes the indent. Unsafe.
Source:  CommonMark 0.31, indented code blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST016"
SEVERITY = "warning"
BAD = {"a.md": "The curve:\n\n\t![[chart.png]]\n", "chart.png": None}
GOOD = {"a.md": "The curve:\n\n![[chart.png]]\n", "chart.png": None}

_EMBED = lazy_pattern(r"[ \t]*(!\[\[[^\[\]\n]+\]\]|!\[[^\[\]\n]*\]\([^\n]+\))[ \t]*\r?")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report code blocks by indent in which every line is a picture."""
    if "\t![" not in text and "  ![" not in text:
        return
    for dead in note.dead:
        if dead.kind != "code" or text[dead.start] in "`~":
            continue
        begin = text.rfind("\n", 0, dead.start) + 1
        lines = list(re.finditer(r"[^\n]*\n?", text[begin : dead.end]))
        full = [line for line in lines if line[0].strip()]
        shown = [_EMBED.fullmatch(line[0].rstrip("\n")) for line in full]
        if text[begin : dead.start].strip() or not full or not all(shown):
            continue
        first = shown[0]
        assert first is not None
        edits = tuple(
            Edit(begin + line.start(), begin + line.start() + len(line[0]) - len(line[0].lstrip(" \t")), "")
            for line in full
        )
        start = begin + full[0].start() + first.start(1)
        message = f"picture `{first[1]}` is shown as code: its line is indented below a blank line"
        fix = Fix("remove the indent", edits, is_safe=False)
        yield Violation(start, start + len(first[1]), message, first[1], fix)
