r"""The bar of a link or embed inside a table cell is not escaped, so the row splits there.

Why:     the reading view shows half of the link in one cell and half in the next.
Fix:     writes ``\|``. Safe.
Source:  Obsidian Help, "Advanced formatting syntax", tables: the bar of a link must be escaped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note
from vaultkit.text import Edit

CODE = "ST007"
SEVERITY = "warning"
NEEDS = "links"
BAD = {"a.md": "| model |\n| --- |\n| [[b|BERT]] |\n", "b.md": ""}
GOOD = {"a.md": "| model |\n| --- |\n| [[b\\|BERT]] |\n", "b.md": ""}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Wikilinks in tables whose bar is bare."""
    tables = [row for row in note.section_rows if row[2] == "table"]
    if not tables:
        return
    starts = [start for start, *_ in tables]
    for link in note.links:
        if link.syntax != "wiki" or link.display is None:
            continue
        index = bisect_right(starts, link.start) - 1
        if index < 0 or link.start >= tables[index][1]:
            continue
        bars = [at for at in range(link.target_end, link.end - 2) if text[at] == "|" and text[at - 1] != "\\"]
        if bars:
            fix = Fix("escape the bar", tuple(Edit(at, at, "\\") for at in bars), is_safe=True)
            written = text[link.start : link.end]
            yield Fault(
                link.start, link.end, f"the bar of {written} splits the row of the table; write \\|", link.linktext, fix
            )
