"""A note to self stands in the text: TODO, TBD, FIXME, "need to move".

Why:     before an exam, or before publishing, one wants to see them all.
Fix:     none: the work is the author's.
Options: words: further words, taken without regard to case.
Source:  seen in real study notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules._prose import is_in_url, not_prose
from vaultkit.note.model import Note
from vaultkit.record import record

CODE = "ST011"
SEVERITY = "info"
PRESETS = ("learning",)
BAD = {"a.md": "Softmax: TBD\n"}
GOOD = {"a.md": "Softmax turns scores into probabilities.\n"}

# "todo" in lower case is Spanish and Portuguese for "all"; before a colon it is meant.
_MARKER = re.compile(r"(?:T(?:ODO|odo(?=:)|[Bb][DdCc])|FIXME|t(?:odo(?=:)|[Bb][DdCc]))(?![\w/-]|\.\w)")
_NEED = re.compile(r"\b(?:need|have) to (?:move|finish)\b(?! (?:on|forward|ahead|past)\b)", re.IGNORECASE)


@record
class Options:
    """words: further words that mark unfinished text."""

    words: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Fault]:
    """Markers in prose."""
    patterns = [_MARKER]
    if " to move" in text or " to finish" in text:
        patterns.append(_NEED)
    if options.words:
        words = "|".join(re.escape(word) for word in options.words)
        patterns.append(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
    silent = None
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if start and (text[start - 1].isalnum() or text[start - 1] in "_#/-"):
                continue
            silent = silent or not_prose(note)
            if silent.end_around(start) < 0 and not is_in_url(text, start):
                yield Fault(start, end, f'"{match[0]}": something is left to do here', match[0])
