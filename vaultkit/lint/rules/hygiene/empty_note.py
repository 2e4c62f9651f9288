"""A note holds nothing but properties or its title.

Why:     in the graph and in search it looks like knowledge. Often it is a stub on purpose: off by default.
Fix:     none: it is the author's to fill or to remove.
Options: min-words: notes with fewer words count as empty.
Source:  asked for by vault owners as a report.
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
    """Notes whose body has too few words; headings and comments are none."""
    words = 0
    for start, end, kind, _ in note.section_rows:
        if kind not in ("yaml", "heading", "comment", "thematicBreak"):
            shown = without_comments(note, text, start, end)
            words += len(shown.split(None, options.min_words))
            if words >= options.min_words:
                return
    yield Violation(0, 0, "the note is empty" if not words else f"the note has {words} words only", "empty")
