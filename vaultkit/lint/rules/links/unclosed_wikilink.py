"""An unclosed ``[[`` at the end of its line.

Why:     Obsidian shows the brackets as text instead of a link.
Fix:     adds the missing bracket if the name opens a file, or joins a link that spans two lines. Unsafe: the
         brackets may be text.
Source:  Obsidian Help, "Internal links"; a wikilink never spans lines. Not reported: ``[[text](url)]``, type
         annotations, arrays, character classes and other brackets that pair up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import cut_at_cell, is_wikilink_attempt, severity_at
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import gathering_rule
from vaultkit.note.links import wikilink_parts
from vaultkit.note.model import Malformed, Note
from vaultkit.vault.snapshot import Snapshot

CODE = "LK006"
SEVERITY = "error"
BAD = {"a.md": "See [[b] for more.", "b.md": ""}
GOOD = {"a.md": "See [[b]] for more.", "b.md": ""}

# Arrays, shell tests and the like, which people write in running text.
_NO_NAME = lazy_pattern(r"[\s\d.,+*/^-]*|.*[={};$\"\\].*|[-!\s].*|.*[,\[].*", re.DOTALL)
_REST = lazy_pattern(r"[ \t]*\r?\n[ \t>]*(?=[^\s\[\]|][^\n\[\]]*\]\])")
MAX_NAME = 120


@record
class Attempt:
    """A link that is not closed. join: what to replace by a space when the next line closes it; None when none does."""

    item: Malformed
    join: tuple[int, int] | None


def has_broken_syntax(note: Note, text: str) -> bool:
    """The note has constructs that are broken."""
    return bool(note.malformed)


NEEDS = has_broken_syntax


def gather(note: Note, text: str) -> tuple[Attempt, ...] | None:
    """The wikilinks that were meant as such and are not closed."""
    found = []
    for item in note.malformed:
        if item.kind != "unclosed-wikilink" or not is_wikilink_attempt(text, item):
            continue
        item = cut_at_cell(note, item)
        if not _NO_NAME.fullmatch(item.text):
            rest = _REST.match(text, item.end) if "]" not in text[item.start : item.end] else None
            found.append(Attempt(item, rest.span() if rest else None))
    return tuple(found) or None


@gathering_rule(gather)
def check(
    vault: Snapshot, options: object, gathered: Mapping[str, tuple[Attempt, ...]]
) -> Iterator[tuple[str, Violation]]:
    """Report wikilinks without their closing brackets."""
    for path, attempts in gathered.items():
        for attempt in attempts:
            item = attempt.item
            has_bracket = item.end - item.start == len(item.text) + 3
            linkpath = wikilink_parts(item.text)[0]
            resolves = bool(linkpath) and vault.resolve(linkpath, path).path is not None
            shown = item.text if has_bracket or resolves or len(item.text) <= MAX_NAME else item.text[:40] + "…"
            fix = _fix(attempt, has_bracket, resolves)
            help_ = "a wikilink cannot span two lines" if attempt.join else ""
            if fix is None and not help_:
                help_ = "add `]`" if has_bracket else "add `]]`"
            message = f"unclosed wikilink {code_span('[[' + shown)}: Obsidian shows the brackets as text"
            severity = severity_at(vault.notes[path], item.start)
            about = item.text[:MAX_NAME]
            yield path, Violation(item.start, item.end, message, about, fix, severity=severity, help=help_)


def _fix(attempt: Attempt, has_bracket: bool, resolves: bool) -> Fix | None:
    if not resolves:
        return None
    if attempt.join is not None:
        return Fix("join the lines of the link", (Edit(*attempt.join, " "),), is_safe=False)
    end = attempt.item.end
    if has_bracket:
        return Fix("add the missing bracket", (Edit(end, end, "]"),), is_safe=False)
    return Fix("close the link", (Edit(end, end, "]]"),), is_safe=False)
