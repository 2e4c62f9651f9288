"""Git's conflict markers stand in a note.

Why:     both versions show one below the other, links and cards count twice, and the next commit keeps it.
Fix:     none, and no other fix touches such a note: which version holds is the author's to say.
Source:  git-merge(1), "How conflicts are presented".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST004"
SEVERITY = "error"
BAD = {"a.md": "<<<<<<< HEAD\nBLEU is a precision.\n=======\nBLEU is a recall.\n>>>>>>> phone\n"}
GOOD = {"a.md": "BLEU is a precision.\n"}

_OPEN = re.compile(r"^<{7}(?:[ \t][^\n]*)?$", re.MULTILINE)
_REST = re.compile(r"^(?:(?P<middle>={7})[ \t]*\r?|(?P<close>>{7})(?:[ \t][^\n]*)?)$", re.MULTILINE)
# Seven quotes in one another are written so, too; behind them stands a text, not a branch or a commit.
_CLOSE = re.compile(
    r"^>{7} (?:[0-9a-f]{7,40}\b[^\n]*|HEAD|theirs|ours|local|remote|main|master|Stashed changes|Updated upstream"
    r"|[\w.-]+/[\w./-]+)[ \t]*\r?$",
    re.MULTILINE,
)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Conflicts with all markers, and markers left alone; one shown inside a code block is an example."""
    if ">>>>>>>" in text and "<<<<<<<" not in text:
        yield from (_left(match) for match in _CLOSE.finditer(text) if not _in_code(note, *match.span()))
    if "<<<<<<<" not in text:
        return
    position = 0
    while opening := _OPEN.search(text, position):
        position = opening.end()
        has_middle, end = False, -1
        for mark in _REST.finditer(text, opening.end()):
            if mark["middle"]:
                has_middle = True
            elif has_middle:
                end = mark.end()
                break
        if end < 0:
            if opening[0].strip() != "<<<<<<<" and not _in_code(note, *opening.span()):
                yield _left(opening)
            return
        position = end
        if not _in_code(note, opening.start(), end):
            label = opening[0].strip()
            message = "a merge conflict was committed unresolved: keep one version and delete the three markers"
            yield Fault(opening.start(), opening.start() + len(label), message, label)


def _in_code(note: Note, start: int, end: int) -> bool:
    return any(dead.kind == "code" and dead.start <= start and end <= dead.end for dead in note.dead)


def _left(mark: re.Match[str]) -> Fault:
    label = mark[0].strip()
    message = "a marker of a merge conflict was left here: see what it belongs to, then delete it"
    return Fault(mark.start(), mark.start() + len(label), message, label)
