"""``[[`` is opened and not closed before the line ends.

Why:     Obsidian shows the brackets as text and follows no link there.
Fix:     adds the missing bracket: safe when one is missing and the name opens a file, else unsafe.
Source:  Obsidian Help, "Internal links"; a wikilink never spans lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import cut_at_cell, severity_at
from vaultkit.note.links import wikilink_parts
from vaultkit.note.model import Malformed
from vaultkit.text import Edit

CODE = "LK006"
SEVERITY = "error"
BAD = {"a.md": "See [[b] for more.", "b.md": ""}
GOOD = {"a.md": "See [[b]] for more.", "b.md": ""}

# Arrays, shell tests and the like, which people write in running text.
_NO_NAME = re.compile(r"[\s\d.,+*/^-]*|.*[={};$\"\\].*|[-!\s].*|.*[,\[].*", re.DOTALL)
MAX_NAME = 120


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Wikilinks without their closing brackets."""
    for path, note in vault.notes.items():
        for item in note.malformed:
            if item.kind != "unclosed-wikilink":
                continue
            item = cut_at_cell(note, item)
            if _NO_NAME.fullmatch(item.text):
                continue
            has_bracket = item.end - item.start == len(item.text) + 3
            linkpath = wikilink_parts(item.text)[0]
            resolves = bool(linkpath) and vault.resolve(linkpath, path).path is not None
            if not has_bracket and not resolves and len(item.text) > MAX_NAME:
                shown = item.text[:40] + "…"
            else:
                shown = item.text
            message = f"[[{shown} is not closed, so Obsidian shows the brackets as text"
            fix = _close(item, has_bracket, resolves)
            yield (
                path,
                Fault(item.start, item.end, message, item.text[:MAX_NAME], fix, severity=severity_at(note, item.start)),
            )


def _close(item: Malformed, has_bracket: bool, resolves: bool) -> Fix | None:
    if has_bracket:
        return Fix("add the missing bracket", (Edit(item.end, item.end, "]"),), is_safe=resolves)
    return Fix("close the link", (Edit(item.end, item.end, "]]"),), is_safe=False) if resolves else None
