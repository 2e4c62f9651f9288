"""An unclosed ``![[`` on its line.

Why:     Obsidian shows the brackets as text instead of the picture.
Fix:     adds the missing brackets: safe if the text ends with the extension of an attachment (and a size), else
         unsafe.
Source:  Obsidian Help, "Embed files"; an embed never spans lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import cut_at_cell, is_wikilink_attempt, severity_at
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note
from vaultkit.vault.files import ATTACHMENT_EXTENSIONS

CODE = "EM002"
SEVERITY = "error"
NEEDS = "malformed"
BAD = {"a.md": "![[plot.png]", "plot.png": ""}
GOOD = {"a.md": "![[plot.png]]", "plot.png": ""}

_ATTACHMENT = lazy_pattern(rf"[^|#]*\.(?:{'|'.join(sorted(ATTACHMENT_EXTENSIONS))})(?:\|[\dx|]*)?", re.IGNORECASE)
MAX_SHOWN = 80


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report embeds without their closing brackets."""
    for item in note.malformed:
        if item.kind != "unclosed-embed" or not item.text.strip() or not is_wikilink_attempt(text, item):
            continue
        item = cut_at_cell(note, item)
        missing = "]" if text[item.end - 1] == "]" else "]]"
        is_safe = _ATTACHMENT.fullmatch(item.text) is not None
        fix = Fix("close the embed", (Edit(item.end, item.end, missing),), is_safe=is_safe)
        shown = item.text if len(item.text) <= MAX_SHOWN else item.text[:MAX_SHOWN] + "…"
        yield Violation(
            item.start,
            item.end,
            f"unclosed embed {code_span('![[' + shown)}: Obsidian shows the brackets as text",
            shown,
            fix,
            severity=severity_at(note, item.start),
        )
