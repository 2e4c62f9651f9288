"""An embed with two sizes, as in ``![[plot.png|300|300]]``.

Why:     Obsidian uses the last number and treats the other as a hidden caption. A find-and-replace over closing
         brackets often causes this.
Fix:     keeps one size: safe if both are equal, unsafe if they differ.
Options: prefer: "last", the size in use, or "first".
Source:  real study notes; Obsidian Help, "Embed files".
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.links import split_size
from vaultkit.note.model import Note

CODE = "EM003"
SEVERITY = "warning"
NEEDS = "links"
BAD = {"a.md": "![[plot.png|300|300]]", "plot.png": ""}
GOOD = {"a.md": "![[plot.png|growth|300]]", "plot.png": ""}


@record
class Options:
    """prefer: which of two different sizes the fix keeps, "last" or "first"."""

    prefer: str = "last"


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Report embeds whose last two fields are both sizes."""
    for link in note.links:
        if not link.is_embed or link.display is None or "|" not in link.display:
            continue
        *before, first, last = link.display.replace("\\|", "|").split("|")
        if split_size(first)[1] is None or split_size(last)[1] is None:
            continue
        if link.syntax == "wiki":
            start, end = link.target_end, link.end - 2
        else:
            start, end = link.start + 2, link.start + 2 + len(link.display)
        bar = "\\|" if text[start:end].startswith("\\|") or "\\|" in link.display else "|"
        kept = bar.join([*before, first if options.prefer == "first" else last])
        edit = Edit(start, end, (bar if link.syntax == "wiki" else "") + kept)
        fix = Fix(f"keep one size: `{kept}`", (edit,), is_safe=first == last)
        ignored = f" and ignores `{first}`" if first != last else ""
        message = f"two sizes in the embed {code_span(link.linkpath)}: Obsidian uses `{last}`{ignored}"
        yield Violation(link.start, link.end, message, link.linkpath, fix, severity=severity_of(link))
