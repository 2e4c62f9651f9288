"""The replacement character U+FFFD (``No M�s``), which replaces a lost character.

Why:     a search does not find the word. The original character cannot be restored from the file.
Fix:     none: the file does not contain the original character.
Source:  the Unicode Standard, section 23.8: a decoder writes U+FFFD for invalid bytes.

One finding per note. Code, and notes that mention the character by name, are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "TX007"
SEVERITY = "warning"
BAD = {"a.md": "No M\ufffds"}
GOOD = {"a.md": "No Más"}

_WORD = lazy_pattern(r"[^\s\ufffd]{0,30}(?:\ufffd+[^\s\ufffd]{0,30})+")
_NAMED = lazy_pattern(r"U\+FFFD|replacement character|\\u(?:fffd|\{fffd\})|&#xFFFD", re.IGNORECASE)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report the first lost letter, with the number of the others."""
    if "\ufffd" not in text or _NAMED.search(text) is not None:
        return
    silent = dead_spans(note, with_properties=False)
    found = [match for match in _WORD.finditer(text) if silent.end_around(match.start() + match[0].index("\ufffd")) < 0]
    if found:
        first, more = found[0], len(found) - 1
        others = f", and in {more} more place{'s' if more > 1 else ''}" if more else ""
        message = f"replacement character U+FFFD in `{first[0]}`{others}"
        yield Violation(first.start(), first.end(), message, first[0])
