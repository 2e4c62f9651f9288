"""Git's conflict markers stand in a note.

Why:     both versions show one below the other, links and cards count twice, and the next commit keeps it.
Fix:     none, and no other fix touches such a note: which version holds is the author's to say.
Source:  git-merge(1), "How conflicts are presented".
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note
from vaultkit.vault.conflict_markers import conflict_marks

CODE = "ST004"
SEVERITY = "error"
BAD = {"a.md": "<<<<<<< HEAD\nBLEU is a precision.\n=======\nBLEU is a recall.\n>>>>>>> phone\n"}
GOOD = {"a.md": "BLEU is a precision.\n"}

_MESSAGES = {
    "conflict": "a merge conflict was committed unresolved: keep one version and delete the three markers",
    "left": "a marker of a merge conflict was left here: see what it belongs to, then delete it",
}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Conflicts with all markers, and markers left alone; one shown inside a code block is an example."""
    for mark in conflict_marks(note, text):
        yield Violation(mark.start, mark.end, _MESSAGES[mark.kind], mark.label)
