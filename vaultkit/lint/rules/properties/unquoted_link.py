"""An unquoted link in a property: ``up: [[Note]]``.

Why:     YAML reads a nested list; Obsidian shows it as text, not as a link.
Fix:     adds the quotes. Safe.
Source:  Obsidian Help, "Properties": links must be surrounded with quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Frontmatter, Note

CODE = "PR006"
SEVERITY = "error"
NEEDS = "frontmatter"
BAD = {"a.md": "---\nup: [[b]]\n---\n", "b.md": ""}
GOOD = {"a.md": '---\nup: "[[b]]"\n---\n', "b.md": ""}

_KEY = r"(?:[\w][\w ./-]*|\"[^\"\n]*\"|'[^'\n]*')"
_UNQUOTED = lazy_pattern(
    rf"^[ \t]*(?:-[ \t]+|{_KEY}:[ \t]+)(\[\[[^\[\]\n]+\]\])(?:[ \t]+#[^\n]*)?[ \t]*\r?$", re.MULTILINE
)
_LINKS = lazy_pattern(
    rf"^[ \t]*(?:-[ \t]+|{_KEY}:[ \t]+)\[[ \t]*((?:\[\[[^\[\]\n]+\]\](?:[ \t]*,)?[ \t]*)+)\](?:[ \t]+#[^\n]*)?[ \t]*\r?$",
    re.MULTILINE,
)
_LINK = lazy_pattern(r"\[\[[^\[\]\n]+\]\]")
_NAMES = lazy_pattern(r"(?:tags?|alias(?:es)?|cssclass(?:es)?)[ \t]*:", re.IGNORECASE)
# A row of numbers is a list in a list on purpose.
_NUMBERS = lazy_pattern(r"\[\[[\d\s.+-]*,[\d\s.,+-]*\]\]")
# ``key: |`` and ``key: >``: what is indented below is one text.
_TEXT_BELOW = lazy_pattern(r"[:-][ \t]+[|>][-+\d]{0,2}[ \t]*(?:#[^\n]*)?$")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report values that are a bare wikilink."""
    matter = note.frontmatter
    if matter is None or matter.error is not None or "[[" not in text[: matter.end]:
        return
    spans = [match.span(1) for match in _UNQUOTED.finditer(text, matter.content_start, matter.content_end)]
    for listed in _LINKS.finditer(text, matter.content_start, matter.content_end):
        spans += [match.span() for match in _LINK.finditer(text, *listed.span(1))]
    texts = _texts(text, matter) if spans else []
    for start, end in sorted(spans):
        link = text[start:end]
        if _NUMBERS.fullmatch(link) or any(first <= start < last for first, last in texts):
            continue
        quoted = f'"{link}"' if '"' not in link and "\\" not in link else "'" + link.replace("'", "''") + "'"
        # Quoted, it would be a tag or another name that looks like a link.
        is_name = _NAMES.match(text, text.rfind("\n", 0, start) + 1) is not None
        fix = None if is_name else Fix("quote the link", (Edit(start, end, quoted),), is_safe=True)
        message = f"unquoted link `{link}` in the properties: Obsidian shows it as text"
        yield Violation(start, end, message, link, fix, help=f"write `{quoted}`")


def _texts(text: str, matter: Frontmatter) -> list[tuple[int, int]]:
    """The stretches below ``key: |`` and ``key: >``, to the next line that is indented no deeper than the key."""
    found = []
    begin, depth, at = -1, 0, matter.content_start
    for line in text[matter.content_start : matter.content_end].splitlines(keepends=True):
        indent = len(line) - len(line.lstrip(" "))
        if begin >= 0 and line.strip() and indent <= depth:
            found.append((begin, at))
            begin = -1
        at += len(line)
        if begin < 0 and _TEXT_BELOW.search(line.rstrip("\r\n")):
            begin, depth = at, indent
    return [*found, (begin, matter.content_end)] if begin >= 0 else found
