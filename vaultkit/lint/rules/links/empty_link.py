"""A link without a target or without text: ``[x]()``, ``[[|x]]``, ``[](y)``, ``[[]]``.

Why:     Obsidian shows plain text or nothing at all. Templates and unfinished edits often cause such links.
         ``[[]]`` is info: Obsidian shows it as text. Web links without text are info, too: they are invisible and
         common in clipped pages. They are reported once per note.
Fix:     none: only the author knows the target, and deleting a link could lose its URL.
Source:  Obsidian Help, "Internal links"; without a name before it, the pipe is part of the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import code_span
from vaultkit.lint.facts.links import severity_at, severity_of
from vaultkit.lint.finding import Severity, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "LK007"
SEVERITY = "error"
BAD = {"a.md": "See [the paper]() and [[|b]]."}
GOOD = {"a.md": "See [the paper](b.md) and [[b]].", "b.md": ""}

_NO_TEXT = "link without text: not clickable"


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report links without a target or without text."""
    for item in note.malformed:
        if item.kind == "empty-link":
            written = text[item.start : item.end]
            severity: Severity | None = severity_at(note, item.start)
            if written.startswith(("[[", "![[")):
                message, severity = f"empty link {code_span(written)}, shown as text", "info"
            else:
                what = "embed" if written.startswith("!") else "link"
                message = f"{what} without a target: {code_span(written)}"
            yield Violation(item.start, item.end, message, item.text, severity=severity)
    for link in note.links:
        if link.syntax == "wiki" and link.linkpath.startswith("|"):
            written = text[link.start : link.end]
            message = f"link without a target: {code_span(written)} has no name before the pipe"
            yield Violation(link.start, link.end, message, link.linkpath, severity=severity_of(link))
        elif link.syntax == "markdown" and not link.is_embed and link.display == "":
            yield Violation(link.start, link.end, _NO_TEXT, link.linkpath, severity=severity_of(link) or "warning")
    bare = [one for one in note.external_links if not one.is_embed and text.startswith("[](", one.start)]
    if bare:
        message = _NO_TEXT if len(bare) == 1 else f"{len(bare)} web links without text: not clickable"
        yield Violation(bare[0].start, bare[0].end, message, bare[0].destination, severity="info")
