"""A note with nothing but properties or a title.

Why:     in the graph and in search it looks like content. Off by default, since many such notes are intended.
Fix:     none: only the author can write or delete it.
Options: min-words: notes with fewer words count as empty.
Source:  requests of vault owners.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.lint.facts.prose import without_comments
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "HY002"
SEVERITY = "info"
PRESETS = ()
BAD = {"a.md": "---\ntags: [stub]\n---\n# Softmax\n"}
GOOD = {"a.md": "# Softmax\n\nTurns scores into probabilities.\n"}


@record
class Options:
    """min_words: words below the title that a note must have."""

    min_words: int = 1


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Report notes whose body has too few words; headings and comments do not count."""
    words = 0
    for start, end, kind, _ in note.section_rows:
        if kind not in ("yaml", "heading", "comment", "thematicBreak"):
            shown = without_comments(note, text, start, end)
            words += len(shown.split(None, options.min_words))
            if words >= options.min_words:
                return
    yield Violation(0, 0, "empty note" if not words else f"short note: {words} word{'s' if words > 1 else ''}", "empty")
