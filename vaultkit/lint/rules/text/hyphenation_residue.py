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

_CUT = re.compile(r"(?<![\w-])([^\W\d_]+)- ([^\W\d_]+)(?![\w-])")
# Words that join two compounds which share their second half: "pre- and post-training".
_JOINS = frozenset(
    "and or to nor but vs versus through as und oder bis sowie bzw et ou à y o e u i en of met till och eller og "
    "the a an is in on at for with by from than then not that this it its we why what how when which who where see".split()
)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Lower-case words cut in two, in prose."""
    if "- " not in text:
        return
    silent = None
    for match in _CUT.finditer(text):
        first, second = match[1], match[2]
        if not first[-1].islower() or not second.islower() or second in _JOINS or len(first) < 2 or len(second) < 2:
            continue
        silent = silent or not_prose(note)
        start, end = match.span()
        if silent.end_around(start) < 0:
            fix = Fix(f"write {first}{second}", (Edit(start, end, first + second),), is_safe=False)
            yield Fault(start, end, f'"{match[0]}" is one word, cut at the end of a line', match[0], fix)
