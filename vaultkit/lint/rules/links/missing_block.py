"""A link to a block id that does not exist in the note.

Why:     Obsidian opens the note at its top.
Fix:     none: a block id has no meaning to guess from. The help names an id without the required space before it.
Source:  Obsidian Help, "Internal links", section on blocks; ids compare without case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.text import code_span, line_of
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.facts.subpaths import canvas_places
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import PLACES
from vaultkit.vault.linktext import display_name
from vaultkit.vault.snapshot import Snapshot

CODE = "LK004"
SEVERITY = "error"
DEPENDS = (PLACES,)
QUOTES = True
BAD = {"a.md": "[[b#^claim]]", "b.md": "A claim. ^thesis"}
GOOD = {"a.md": "[[b#^claim]]", "b.md": "A claim. ^claim"}


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Report links whose block id does not exist in the note that they open."""
    for path, bound in vault.written_links():
        link, target = bound.link, bound.target
        if target is None or not link.subpath.startswith("#^"):
            continue
        if vault.place(target, link.subpath).kind == "missing":
            where = "this note" if target == path else code_span(display_name(target))
            message = f"no block {code_span('^' + link.subpath[2:])} in {where}"
            help_ = _help(vault, target, link.subpath[2:])
            yield path, Violation(link.start, link.end, message, link.linktext, None, (), severity_of(link), help_)
    for path, note in vault.source_notes():
        for entry in note.property_links:
            if entry.subpath.startswith("#^"):
                target = vault.resolve(entry.linkpath, path).path
                if target is not None and vault.place(target, entry.subpath).kind == "missing":
                    block = code_span("^" + entry.subpath[2:])
                    message = f"property {code_span(entry.key)}: no block {block} in {code_span(display_name(target))}"
                    help_ = _help(vault, target, entry.subpath[2:])
                    yield path, Violation(entry.start, entry.end, message, f"{entry.key}:{entry.linktext}", help=help_)
    for path, node, target in canvas_places(vault):
        if node.subpath.startswith("#^"):
            message = f"canvas card: no block {code_span('^' + node.subpath[2:])} in {code_span(display_name(target))}"
            yield path, Violation(node.start, node.end, message, node.path + node.subpath)


def _help(vault: Snapshot, target: str, block: str) -> str:
    """What to write where the note has the id, but right behind other text; "" where it has not."""
    text = text_of(vault, target) if target in vault.notes and block else None
    found = (
        re.search(rf"[^\s^](?=\^{re.escape(block)}[ \t]*\r?$)", text, re.MULTILINE | re.IGNORECASE) if text else None
    )
    if found is None:
        return ""
    line = line_of(vault.notes[target].line_starts, found.start()) + 1
    return f"write a space before {code_span('^' + block)} in line {line}"
