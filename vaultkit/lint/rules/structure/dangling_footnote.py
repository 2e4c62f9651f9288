"""A footnote reference without a definition, or a definition without a reference.

Why:     Obsidian shows the reference as text (``[^5]``) and hides the definition.
Fix:     adds the missing colon of a definition (``[^1] text``). Unsafe. Else none: only the author knows the text.
Source:  Obsidian Help, "Basic formatting syntax", footnotes.

A definition without a reference is reported as info. Negated character classes such as ``[^abc]`` are not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.facts.prose import dead_spans, is_in_url
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST013"
SEVERITY = "warning"
BAD = {"a.md": "Proven in 1905.[^1]\n"}
GOOD = {"a.md": "Proven in 1905.[^1]\n\n[^1]: On the electrodynamics of moving bodies.\n"}

_MARK = lazy_pattern(r"(?<![\\\[(|/^])\[\^(?P<id>[^\]\[\s^]{1,60})\](?!\(|[+*?{)|/])")
_DEFINITION = lazy_pattern(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?\[\^(?P<id>[^\]\[\s]+)\]:", re.MULTILINE)
_NUMBER = lazy_pattern(r"\d{1,3}|(?:fn|note|ref)[-_]?\w*", re.IGNORECASE)
_NAME = lazy_pattern(r"[\w][\w.:-]*")
_RANGE = lazy_pattern(r"(?:\w-\w|\\)")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report references without a definition and definitions without a reference, each name once."""
    if "[^" not in text:
        return
    silent = dead_spans(note)
    links = {link.start for link in note.links}
    defined: dict[str, tuple[int, int]] = {}
    hidden: set[str] = set()  # by an unclosed block, say, which is reported by itself
    for match in _DEFINITION.finditer(text):
        if silent.end_around(match.start("id")) < 0:
            defined.setdefault(match["id"].lower(), (match.start("id") - 2, match.end()))
        else:
            hidden.add(match["id"].lower())
    used: dict[str, list[re.Match[str]]] = {}
    definitions = {start for start, _ in defined.values()}
    for match in _MARK.finditer(text):
        start = match.start()
        is_definition = start in definitions or (
            text[match.end() : match.end() + 1] == ":" and _begins_line(text, start)
        )
        if silent.end_around(start) < 0 and not is_definition and start not in links and not is_in_url(text, start):
            used.setdefault(match["id"].lower(), []).append(match)
    for name, marks in used.items():
        if name not in defined and name not in hidden and _is_name(marks[0]["id"], has_definitions=bool(defined)):
            yield _undefined(text, marks)
    for name, (start, end) in defined.items():
        if name not in used and f"[^{name}]" not in text[:start].lower() and f"[^{name}]" not in text[end:].lower():
            shown = text[start : end - 1]
            yield Violation(
                start, end - 1, f"footnote `{shown}` has no reference, so it is not shown", shown, None, (), "info"
            )


def _is_name(name: str, *, has_definitions: bool) -> bool:
    """A number, or in a note with definitions a word; else it may be a character class."""
    if _RANGE.search(name) and not has_definitions:
        return False
    return _NUMBER.fullmatch(name) is not None or (has_definitions and _NAME.fullmatch(name) is not None)


def _undefined(text: str, marks: list[re.Match[str]]) -> Violation:
    last = marks[-1]
    after = text[last.end() : last.end() + 2]
    if len(marks) > 1 and _begins_line(text, last.start()) and after[:1] == " " and after[1:].strip():
        fix = Fix("add the colon", (Edit(last.end(), last.end(), ":"),), is_safe=False)
        message = f"missing colon after `{last[0]}`: Obsidian does not read a footnote definition here"
        return Violation(last.start(), last.end(), message, last[0], fix)
    first = marks[0]
    return Violation(first.start(), first.end(), f"footnote `{first[0]}` has no definition, shown as text", first[0])


def _begins_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>")
