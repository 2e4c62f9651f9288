"""A link with more than one pipe that ends in words: ``[[Note|name|other]]``.

Why:     Obsidian shows everything after the first pipe, including the second pipe.
Fix:     none: only the author knows which label is right.
Source:  Obsidian Help, "Internal links". size-as-alias reports a number after the last pipe.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import code_span
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.links import split_size
from vaultkit.note.model import Note

CODE = "LK009"
SEVERITY = "warning"
NEEDS = "links"
BAD = {"a.md": "[[Abstraction Corpus|ARC|the corpus]]", "Abstraction Corpus.md": ""}
GOOD = {"a.md": "[[Abstraction Corpus|ARC]]", "Abstraction Corpus.md": ""}


# A bar in round brackets or in code, and the two of an absolute value.
_MEANT = lazy_pattern(r"\([^()|]*\|[^()|]*\)|`[^`|]*\|[^`|]*`|^\|[^|]+\|$")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report labels of links, not of embeds, that contain a pipe and are not a size."""
    for link in note.links:
        if link.display is None or "|" not in link.display or link.is_embed or link.syntax != "wiki":
            continue
        label = link.display.replace("\\|", "|")
        if "$" in label or _MEANT.search(label):
            continue  # the bar of a formula, or of P(A|B)
        if split_size(label.rpartition("|")[2])[1] is None:
            message = f"link with two labels: {code_span(f'[[{link.linktext}]]')} shows as {code_span(label)}, including the pipe"
            yield Violation(link.start, link.end, message, link.linktext, severity=severity_of(link))
