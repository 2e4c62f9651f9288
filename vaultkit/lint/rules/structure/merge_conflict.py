"""Git conflict markers in a note.

Why:     both versions are shown, and links and cards count twice.
Fix:     none: only the author knows which version is right. No other fix changes such a note.
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

# kind -> (message, help)
_MESSAGES = {
    "conflict": ("unresolved merge conflict", "keep one version and delete the three markers"),
    "left": ("leftover merge conflict marker", "check the text around it, then delete it"),
}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report complete conflicts and single markers; those inside code blocks are examples."""
    for mark in conflict_marks(note, text):
        message, help_ = _MESSAGES[mark.kind]
        yield Violation(mark.start, mark.end, message, mark.label, help=help_)
