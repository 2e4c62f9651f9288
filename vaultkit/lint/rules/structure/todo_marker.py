"""A to-do marker: ``TODO: …``, ``[TBD]``, ``FIXME``.

Why:     lists unfinished work, for example before an exam or before publishing.
Fix:     none: only the author can do the work.
Options: words: further words, case-insensitive.
Source:  real study notes.

Not reported: text about such markers ("a TODO comment", a table of statuses), quoted ones and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.lint.facts.prose import is_in_url, not_prose
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST011"
SEVERITY = "info"
PRESETS = ("learning",)
BAD = {"a.md": "Softmax: TBD\n"}
GOOD = {"a.md": "Softmax turns scores into probabilities.\n"}

_WORD = r"(?:TODO|Todo|todo|FIXME|T[Bb][DdCc]|tb[dc])(?![\w/-]|\.\w)"
# What may stand between the beginning of a line and its text.
_LEAD = r"(?:^|(?<=\n))(?:[ \t\u00a0]*(?:>|[-*+•]|\d+[.)]|\[.\]))*[ \t\u00a0]*(?:#{1,6}[ \t]+)?(?:\*\*|==|\*|__|_|//[ \t]*|::)?"
_TAIL = r"(?:\*\*|==|\*|__|_|::)?"
# Text about markers rather than a marker.
_ABOUT = r"(?![ \t]*[,|]|[ \t]+(?:items?|comments?|tags?|lists?|tasks?|trees?|markers?|labels?|entries|entry|notes?|apps?|status\w*|is|are|was|were|and|or)\b)"
_MARKERS = (
    # in brackets
    lazy_pattern(rf"(?<=[\[(])(?:{_WORD})(?=[\])]|[ \t]*[:：,;-][^\n]*[\])])"),
    # at the beginning of a line with what is to be done, or alone on it, but no heading
    lazy_pattern(rf"{_LEAD}(?P<word>(?:TODO|FIXME)(?![\w/-]|\.\w)){_ABOUT}(?=[^\n]*\w)"),
    lazy_pattern(rf"(?:^|(?<=\n))(?![ \t>]*#){_LEAD}(?P<word>{_WORD}){_TAIL}(?=[ \t]*[.!]?[ \t]*\r?(?:\n|\Z))"),
    # with a colon behind it, or behind a label with nothing more on the line
    lazy_pattern(r"(?<![\w\"'“‘/-])(?P<word>(?:TODO|Todo|todo|FIXME|TBD|TBC)(?=[:：](?!//|:)[^\n]*\w))"),
    lazy_pattern(rf"(?<=\w:)(?:\*\*|__)?[ \t]+(?P<word>{_WORD})(?=[ \t]*[.!]?[ \t]*\r?(?:\n|\Z))"),
    # a longer note to self in brackets
    re.compile(r"(?<=[\[(])(?:need|have) to (?:move|finish)\b", re.IGNORECASE),
)
_COMMENT = lazy_pattern(r"(?:[^\w#\n]*)#[ \t]*")
_SIGNS = (
    "TODO",
    "Todo",
    "todo",
    "FIXME",
    "TBD",
    "TBd",
    "TbD",
    "Tbd",
    "TBC",
    "Tbc",
    "tbd",
    "tbc",
    " to move",
    " to finish",
)


@record
class Options:
    """words: further words that mark unfinished text."""

    words: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Report markers in prose."""
    patterns = list(_MARKERS) if any(map(text.__contains__, _SIGNS)) else []
    if options.words:
        words = "|".join(re.escape(word) for word in options.words)
        patterns.append(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
    found: set[tuple[int, int]] = set()
    for pattern in patterns:
        group = "word" if "word" in pattern.groupindex else 0
        found.update(match.span(group) for match in pattern.finditer(text))
    silent = not_prose(note) if found else None
    for start, end in sorted(found):
        if start and (text[start - 1].isalnum() or text[start - 1] in "_#/-"):
            continue
        if _COMMENT.fullmatch(text, text.rfind("\n", 0, start) + 1, start) is not None:
            continue  # a program whose code fence is missing
        if silent is not None and silent.end_around(start) < 0 and not is_in_url(text, start):
            yield Violation(start, end, f"to-do marker: `{text[start:end]}`", text[start:end])
