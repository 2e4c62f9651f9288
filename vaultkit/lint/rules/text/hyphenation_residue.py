"""A word is cut by a hyphen and a space, as in ``exist- ing``: the end of a line in a PDF.

Why:     neither half is found by searching, and a card asks for a word that does not exist.
Fix:     joins the halves. Unsafe: a hyphen may belong there.
Source:  seen in real flashcards made from papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules._prose import not_prose
from vaultkit.note.model import Note
from vaultkit.text import Edit

CODE = "TX005"
SEVERITY = "info"
PRESETS = ("learning",)
BAD = {"a.md": "It answers exist- ing questions."}
GOOD = {"a.md": "It answers existing questions, before pre- and post-training."}

_BEFORE = re.compile(r"(?<![\w-])[^\W\d_]+\Z")
_AFTER = re.compile(r"[^\W\d_]+(?![\w-])")
MAX_WORD = 40
# Words that join two compounds which share their second half: "pre- and post-training".
_JOINS = frozenset(
    "and or to nor but vs versus through as und oder bis sowie bzw et ou à y o e u i en of met till och eller og "
    "the a an is in on at for with by from than then not that this it its we why what how when which who where see".split()
)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Lower-case words cut in two, in prose."""
    silent = None
    for at in _hyphens(text):
        if not text[at - 1].islower() or not text[at + 2 : at + 3].islower():
            continue
        before, after = _BEFORE.search(text[max(at - MAX_WORD, 0) : at]), _AFTER.match(text, at + 2)
        if before is None or after is None:
            continue
        first, second = before[0], after[0]
        if not second.islower() or second in _JOINS or len(first) < 2 or len(second) < 2:
            continue
        silent = silent or not_prose(note)
        start, end = at - len(first), after.end()
        if silent.end_around(start) < 0:
            cut = text[start:end]
            fix = Fix(f"write {first}{second}", (Edit(start, end, first + second),), is_safe=False)
            yield Fault(start, end, f'"{cut}" is one word, cut at the end of a line', cut, fix)


def _hyphens(text: str) -> Iterator[int]:
    at = text.find("- ", 1)
    while at >= 0:
        yield at
        at = text.find("- ", at + 2)
