"""A link label that is only an image width, as in ``[[Bloom Filter|300]]``.

Why:     Obsidian shows the link as "300". A find-and-replace over picture sizes often causes this.
Fix:     removes the number. Safe. Reported only if a picture of the note has the same width or several links share
         the number, since ``[[Louis XIV|14]]`` is a valid label.
Options: min-evidence: how many links must share the number if no picture has it.
Source:  real study notes; Obsidian Help, "Embed files", gives sizes to embeds only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.links import split_size
from vaultkit.note.model import Link, Note

CODE = "LK008"
SEVERITY = "warning"
NEEDS = "links"
BAD = {"a.md": "![[plot.png|300]]\n[[Bloom Filter|300]]", "plot.png": "", "Bloom Filter.md": ""}
GOOD = {"a.md": "![[plot.png|300]]\n[[Bloom Filter]]", "plot.png": "", "Bloom Filter.md": ""}


@record
class Options:
    """min_evidence: links of a note that must share the number when no embed has it."""

    min_evidence: int = 3


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Report labels that are sizes, if other sizes in the note confirm it."""
    suspects = [(link, size) for link in note.links if not link.is_embed and (size := _size_label(link))]
    if not suspects:
        return
    widths = {shown[0] for link in note.links if link.is_embed and (shown := split_size(link.display)[1])}
    shared = Counter(size for _, size in suspects)
    for link, size in suspects:
        width = size.partition("x")[0]
        if int(width) not in widths and shared[size] < options.min_evidence:
            continue
        at = link.end - 2 - len(size) - 1
        if text[at - 1] == "\\":
            at -= 1
        shown_label = link.display.replace("\\|", "|") if link.display else ""
        fix = Fix("remove the number", (Edit(at, link.end - 2, ""),), is_safe=True)
        message = (
            f"link label is a picture width: {code_span(f'[[{link.linktext}]]')} shows as {code_span(shown_label)}"
        )
        yield Violation(link.start, link.end, message, link.linktext, fix, severity=severity_of(link))


def _size_label(link: Link) -> str | None:
    if link.syntax != "wiki" or link.display is None:
        return None
    last = link.display.rpartition("|")[2]
    width = last.partition("x")[0]
    if split_size(last)[1] is None or len(width) < 2 or width in link.linktext:
        return None
    return last
