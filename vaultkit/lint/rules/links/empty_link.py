"""A link with nothing to open or nothing to click: ``[[]]``, ``[[|x]]``, ``[x]()``, ``[](y)``.

Why:     it is what a template or a half-made edit leaves; Obsidian shows plain text or nothing at all.
Fix:     none: only the author knows what was meant.
Source:  Obsidian Help, "Internal links"; with nothing before the bar the bar is part of the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Fault
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules._links import severity_at, severity_of
from vaultkit.note.model import Note

CODE = "LK007"
SEVERITY = "error"
BAD = {"a.md": "See [the paper]() and [[]]."}
GOOD = {"a.md": "See [the paper](b.md) and [[b]].", "b.md": ""}

_NO_TEXT = "cannot be clicked: it has no text"


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Links without target or without text."""
    for item in note.malformed:
        if item.kind == "empty-link":
            message = f"{text[item.start : item.end]} leads nowhere: it has no target"
            yield Fault(item.start, item.end, message, item.text, severity=severity_at(note, item.start))
    for link in note.links:
        if link.syntax == "wiki" and link.linkpath.startswith("|"):
            fault = "leads nowhere: no name stands before the bar"
        elif link.syntax == "markdown" and not link.is_embed and link.display == "":
            fault = _NO_TEXT
        else:
            continue
        message = f"{text[link.start : link.end]} {fault}"
        yield Fault(link.start, link.end, message, link.linkpath, severity=severity_of(link))
    for external in note.external_links:
        if not external.is_embed and text.startswith("[](", external.start):
            message = f"{text[external.start : external.end]} {_NO_TEXT}"
            yield Fault(external.start, external.end, message, external.destination)
