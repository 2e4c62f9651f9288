"""A heading without text before the next heading of its level.

Why:     in the outline it looks like content.
Fix:     none: only the author can fill or delete it.
Options: min-level: headings with a smaller level number are skipped.
Source:  notes made from imported outlines.

Excalidraw drawings are skipped: the plugin writes their headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.comments import is_comment
from vaultkit.note.model import Note

CODE = "ST009"
SEVERITY = "info"
PRESETS = ()
NEEDS = "headings"
BAD = {"a.md": "# Sampling\n\n## Greedy\n\n## Beam\n\nKeeps several candidates.\n"}
GOOD = {"a.md": "# Sampling\n\n## Greedy\n\nTakes the best token.\n\n## Beam\n\nKeeps several candidates.\n"}


_NOTHING = frozenset({"yaml", "thematicBreak"})
_COMMENT = lazy_pattern(r"<!--(?:(?!-->).)*-->\s*", re.DOTALL)


@record
class Options:
    """min_level: 1 for all headings, 2 to skip the title, and so on."""

    min_level: int = 1


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Report headings without text; empty-note reports notes with nothing but a title."""
    if "excalidraw-plugin" in note.properties:
        return
    content = [
        start
        for start, end, kind, _ in note.section_rows
        if kind not in _NOTHING
        and not (kind == "html" and _COMMENT.fullmatch(text, start, end))
        and not is_comment(note.comments, text, start, end)
    ]
    if len(content) == 1:
        return
    # A heading is at the top, so it is a section; what is no heading ends no section.
    headings = {heading.start: heading for heading in note.headings}
    for start, below in zip_longest(content, content[1:]):
        heading = headings.get(start)
        if heading is None or heading.level < options.min_level:
            continue
        following = headings.get(below)
        if below is None or (following is not None and following.level <= heading.level):
            yield Violation(
                heading.start,
                heading.end,
                f"empty section `{heading.text}`" if heading.text else "empty heading",
                heading.text,
            )
