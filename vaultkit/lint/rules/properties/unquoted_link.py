"""A link in a property stands without quotes: ``up: [[Note]]``.

Why:     to YAML that is a list in a list; Obsidian shows it as text and follows no link.
Fix:     puts the quotes. Safe.
Source:  Obsidian Help, "Properties": links must be surrounded with quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note
from vaultkit.text import Edit

CODE = "PR006"
SEVERITY = "error"
NEEDS = "frontmatter"
BAD = {"a.md": "---\nup: [[b]]\n---\n", "b.md": ""}
GOOD = {"a.md": '---\nup: "[[b]]"\n---\n', "b.md": ""}

_UNQUOTED = re.compile(
    r"^[ \t]*(?:-[ \t]+|[\w][\w ./-]*:[ \t]+)(\[\[[^\[\]\n]+\]\])(?:[ \t]+#[^\n]*)?[ \t]*\r?$", re.MULTILINE
)
_LINKS = re.compile(
    r"^[ \t]*(?:-[ \t]+|[\w][\w ./-]*:[ \t]+)\[[ \t]*((?:\[\[[^\[\]\n]+\]\][ \t]*,?[ \t]*)+)\](?:[ \t]+#[^\n]*)?[ \t]*\r?$",
    re.MULTILINE,
)
_LINK = re.compile(r"\[\[[^\[\]\n]+\]\]")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Values that are a bare wikilink."""
    matter = note.frontmatter
    if matter is None or matter.error is not None or "[[" not in text[: matter.end]:
        return
    spans = [match.span(1) for match in _UNQUOTED.finditer(text, matter.content_start, matter.content_end)]
    for listed in _LINKS.finditer(text, matter.content_start, matter.content_end):
        spans += [match.span() for match in _LINK.finditer(text, *listed.span(1))]
    for start, end in sorted(spans):
        link = text[start:end]
        fix = Fix("put quotes round the link", (Edit(start, end, f'"{link}"'),), is_safe=True)
        message = f'{link} needs quotes: to YAML it is a list in a list, so Obsidian follows no link; write "{link}"'
        yield Fault(start, end, message, link, fix)
