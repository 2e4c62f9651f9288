"""A fill-in that was never filled in: ``[answer goes here]``, ``{{title}}``, ``<% tp.date.now() %>``.

Why:     nobody leaves these in a finished note on purpose; a worksheet without answers teaches nothing.
Fix:     none: the answer is the author's to give.
Options: patterns: further regular expressions of text that is a placeholder.
Source:  seen in real worksheets; Obsidian Help, "Templates"; Templater's commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules._expressions import expression
from vaultkit.lint.rules._prose import dead_spans
from vaultkit.note.model import Note
from vaultkit.record import record

CODE = "ST001"
SEVERITY = "warning"
BAD = {"a.md": "- What is attention? [answer goes here]"}
GOOD = {"a.md": "- What is attention? A weighted mean of values."}

_FILL_IN = re.compile(
    r"\[(?:[^\[\]\n]{0,40}\bgoes here\b[^\[\]\n]{0,200}"
    r"|(?:insert|enter|add|write|type|put|fill in|your)\b[^\[\]\n]{0,60}\bhere"
    r"|(?:insert|enter|add|write|describe|type|put)\s+(?:\w+\s+){0,3}"
    r"(?:text|answer|description|name|title|content|summary|notes?|definition|example|explanation|image|link|date)"
    r"|(?:your\s+)?(?:text|answer|description|name|title|content|summary|notes?|definition|example|details)\s+here"
    r"|your\s+(?:\w+\s+)?(?:answer|name|text|notes|response)"
    r"|placeholder|fill (?:me )?in|tb[da]|to be (?:determined|added|written|done|filled in)|lorem ipsum)\]",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"\{\{(?:title|date|time|yesterday|tomorrow|value|name)(?::[^{}\n]{0,40})?\}\}"
    r"|<%[-_*+~]*\s*(?:await\s+)?(?:tp\.|tR\b)[^%\n]{0,200}%>",
    re.IGNORECASE,
)
_LOREM = re.compile(r"\blorem ipsum dolor\b", re.IGNORECASE)
# A text in brackets that is no link; looked for first, since the pattern above is slow to search with.
_BRACKETED = re.compile(r"\[(?<![\[!\\].)(?=[^\[\]\n]*\](?![\[(:]))")


@record
class Options:
    """patterns: further regular expressions."""

    patterns: tuple[str, ...] = ()


def is_fill_in(text: str) -> bool:
    """The whole text is what this rule tells."""
    return _FILL_IN.fullmatch(text.strip()) is not None or _TEMPLATE.fullmatch(text.strip()) is not None


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Fault]:
    """Placeholders outside code, math and HTML."""
    found = sorted(_candidates(text, options.patterns))
    silent = dead_spans(note, with_properties=False) if found else None
    for start, end in found:
        if silent is not None and end > start and silent.end_around(start) < 0:
            yield Fault(start, end, f"{text[start:end]} was never filled in", text[start:end])


def _candidates(text: str, patterns: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for begin in _BRACKETED.finditer(text):
        match = _FILL_IN.match(text, begin.start())
        if match is not None:
            yield match.span()
    if "{{" in text or "<%" in text:
        yield from (match.span() for match in _TEMPLATE.finditer(text))
    if "orem ipsum" in text or "OREM IPSUM" in text:
        yield from (match.span() for match in _LOREM.finditer(text))
    for pattern in patterns:
        yield from (match.span() for match in expression(pattern).finditer(text))
