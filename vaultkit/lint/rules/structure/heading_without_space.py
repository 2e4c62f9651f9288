"""A heading without an ordinary space after its ``#`` signs: ``##Heading``, or with a no-break space.

Why:     Obsidian shows the line as text; it is missing from the outline, and links to the heading fail.
Fix:     writes a space. Unsafe: the line may be text.
Source:  CommonMark 0.31, ATX headings; Obsidian Help, "Basic formatting syntax".

``#Word`` is a tag and not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.facts.prose import comment_spans, dead_spans
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST015"
SEVERITY = "warning"
BAD = {"a.md": "##Results\n"}
GOOD = {"a.md": "## Results\n\n#results is a tag.\n"}

# "\n" before the line is three times as fast as "^" with MULTILINE.
_LINE = r"(?:\n|\A)[ ]{0,3}(?:>[ \t]?)*"
_GLUED = lazy_pattern(rf"{_LINE}(?P<marks>#{{2,6}})(?P<gap>)(?=[^\W_]|[*_\"'“‘«「《【（(\[`]{{1,3}}[^\W_\[])[^\n]*")
_SIGN = lazy_pattern(r"##(?=[^\s#])")
_SPACED = lazy_pattern(rf"{_LINE}(?P<marks>#{{1,6}})(?P<gap>[\u00a0\u3000\u2000-\u200b\u202f]+)(?=\S)[^\n]*")
_SPACES = lazy_pattern("#[\u00a0\u3000\u2000-\u200b\u202f]")
_NAMES = {
    "\u00a0": "no-break space",
    "\u3000": "full-width space",
    "\u200b": "zero-width space",
    "\u202f": "no-break space",
}
_SHOWN = 50


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report lines that start with ``##`` but are not headings."""
    found = list(_glued(text))
    if not text.isascii() and _SPACES.search(text) is not None:
        found += _SPACED.finditer(text)
    if not found:
        return
    silent, comments = dead_spans(note), comment_spans(note)
    for match in sorted(found, key=re.Match.start):
        start, end = match.start("marks"), match.end("gap")
        if silent.end_around(start) >= 0 or comments.end_around(start) >= 0:
            continue
        line = text[start : match.end()].strip()
        shown = line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
        fix = Fix("write a space", (Edit(match.end("marks"), end, " "),), is_safe=False)
        gap = match["gap"]
        what = f"{_NAMES.get(gap[0], 'special space')} instead of a space" if gap else "no space"
        yield Violation(start, match.end(), f"{what} after `{match['marks']}`: `{shown}` is not a heading", line, fix)


def _glued(text: str) -> Iterator[re.Match[str]]:
    """Lines that begin with ``##`` and no space, found mark by mark: nearly every ``#`` has its space."""
    sign = _SIGN.search(text)
    while sign is not None:
        match = _GLUED.match(text, max(text.rfind("\n", 0, sign.start()), 0))
        if match is not None and match.end("marks") == sign.end():
            yield match
        line_end = text.find("\n", sign.end())
        sign = _SIGN.search(text, line_end) if line_end >= 0 else None
