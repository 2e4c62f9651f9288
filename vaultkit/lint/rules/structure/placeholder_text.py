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
from vaultkit.note.model import Note
from vaultkit.record import record

CODE = "ST001"
SEVERITY = "warning"
BAD = {"a.md": "- What is attention? [answer goes here]"}
GOOD = {"a.md": "- What is attention? A weighted mean of values."}

_PLACEHOLDER = re.compile(
    r"(?<![\[!\\])\[(?:[^\[\]\n]{0,40}\bgoes here\b[^\[\]\n]{0,200}"
    r"|(?:insert|enter|add|write|type|put|fill in|your)\b[^\[\]\n]{0,60}\bhere"
    r"|placeholder|fill (?:me )?in|lorem ipsum)\](?![\[(:])"
    r"|\{\{(?:title|date|time)(?::[^{}\n]{0,40})?\}\}"
    r"|<%[-_*+~]*\s*(?:await\s+)?tp\.[^%\n]{0,200}%>"
    r"|\blorem ipsum dolor\b",
    re.IGNORECASE,
)


@record
class Options:
    """patterns: further regular expressions."""

    patterns: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Fault]:
    """Placeholders outside code, math and HTML."""
    patterns = [_PLACEHOLDER] if _may_hold_one(text) else []
    patterns += [re.compile(pattern) for pattern in options.patterns]
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start and not any(dead.start <= start < dead.end for dead in note.dead):
                yield Fault(start, end, f"{match[0]} was never filled in", match[0])


def _may_hold_one(text: str) -> bool:
    """False for a text without what every match has in it, in the cases people write."""
    return (
        "here]" in text
        or "oes here" in text
        or "{{" in text
        or "<%" in text
        or "older]" in text
        or " in]" in text
        or "orem ipsum" in text
        or "HERE" in text
        or "Here]" in text
    )
