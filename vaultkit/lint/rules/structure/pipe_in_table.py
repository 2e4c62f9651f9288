r"""The bar of a link or embed inside a table cell is not escaped, so the row splits there.

Why:     the reading view shows half of the link in one cell and half in the next.
Fix:     writes ``\|``. Safe.
Source:  Obsidian Help, "Advanced formatting syntax", tables: the bar of a link must be escaped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note
from vaultkit.text import Edit

CODE = "ST007"
SEVERITY = "warning"
BAD = {"a.md": "| model |\n| --- |\n| [[b|BERT]] |\n", "b.md": ""}
GOOD = {"a.md": "| model |\n| --- |\n| [[b\\|BERT]] |\n", "b.md": ""}

_IMAGE = re.compile(r"!\[[^\]\[\n|]*(?<!\\)(\|)[^\]\[\n]*\]\(([^)\n]{0,500})\)")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def needs(note: Note, text: str) -> bool:
    """Most notes have no bar at all, or neither links nor pictures."""
    return "|" in text and (bool(note.links) or "](" in text)


NEEDS = needs


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Wikilinks in tables whose bar is bare."""
    tables = [row for row in note.section_rows if row[2] == "table"]
    starts = [start for start, *_ in tables]
    known: dict[int, bool] = {}
    for start, end, *_ in tables:
        for match in _IMAGE.finditer(text, start, end):
            at = match.start(1)
            fix = Fix("escape the bar", (Edit(at, at, "\\"),), is_safe=True)
            message = f"the bar of {match[0]} splits the row of the table; write \\|"
            yield Fault(match.start(), match.end(), message, match[2], fix)
    for link in note.links:
        if link.syntax != "wiki" or link.display is None:
            continue
        bars = [at for at in range(link.target_end, link.end - 2) if text[at] == "|" and text[at - 1] != "\\"]
        if not bars:
            continue
        index = bisect_right(starts, link.start) - 1
        is_inside = index >= 0 and link.start < tables[index][1]
        if _is_row(text, link.start, link.end) if is_inside else _is_unseen_row(text, link.start, known):
            fix = Fix("escape the bar", tuple(Edit(at, at, "\\") for at in bars), is_safe=True)
            written = text[link.start : link.end]
            yield Fault(
                link.start, link.end, f"the bar of {written} splits the row of the table; write \\|", link.linktext, fix
            )


def _is_row(text: str, start: int, end: int) -> bool:
    """The line has a bar beside the link's own; a line of text right below a table is meant as text."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    return "|" in text[begin:start] or "|" in text[end : stop if stop >= 0 else len(text)]


def _is_unseen_row(text: str, at: int, known: dict[int, bool]) -> bool:
    """A row of a table in a quote or list, or the head of one that is none only because the bar gives it a cell too many.

    known: start of a line -> whether a table's delimiter row stands above it; what is found out is added.
    """
    start = text.rfind("\n", 0, at) + 1
    row = _row_at(text, start)
    if not row.startswith("|") or not row.endswith("|") or len(row) < 3:
        return False
    following = text.find("\n", at) + 1
    if following and _is_delimiter(_row_at(text, following)):
        return True
    if not (text[start:at].lstrip().startswith(">") or text[start] in " \t"):
        return False
    passed = []
    verdict = known.get(start)
    while verdict is None:
        passed.append(start)
        if not start:
            verdict = False
            break
        start = text.rfind("\n", 0, start - 1) + 1
        row = _row_at(text, start)
        verdict = True if _is_delimiter(row) else known.get(start) if row.startswith("|") else False
    known.update(dict.fromkeys(passed, verdict))
    return verdict


def _row_at(text: str, start: int) -> str:
    """A line without the marks of the quotes it stands in."""
    stop = text.find("\n", start)
    return text[start : stop if stop >= 0 else len(text)].strip().lstrip("> \t")


def _is_delimiter(row: str) -> bool:
    return "-" in row and "|" in row and _DELIMITER.fullmatch(row) is not None
