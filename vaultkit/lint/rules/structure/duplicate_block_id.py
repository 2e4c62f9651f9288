"""A duplicate block id in a note.

Why:     a link to it opens the first block; the other may be the right target.
Fix:     gives the later block an unused id. Unsafe: a link may refer to it.
Source:  Obsidian Help, "Internal links", section on blocks; ids compare without case.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import Edit, line_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST005"
SEVERITY = "error"
NEEDS = "blocks"
BAD = {"a.md": "First claim. ^claim\n\nSecond claim. ^claim\n"}
GOOD = {"a.md": "First claim. ^claim\n\nSecond claim. ^claim-2\n"}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report ids that a block above already has."""
    if len(note.blocks) < 2:
        return
    first: dict[str, int] = {}
    numbers: dict[str, int] = {}
    taken = {block.id.lower() for block in note.blocks}
    for block in sorted(note.blocks, key=lambda block: block.caret):
        known = first.setdefault(block.id.lower(), block.caret)
        if known == block.caret:
            continue
        number = numbers.get(block.id.lower(), 2)
        while f"{block.id}-{number}".lower() in taken:
            number += 1
        numbers[block.id.lower()] = number + 1
        free = f"{block.id}-{number}"
        taken.add(free.lower())
        end = block.caret + 1 + len(block.id)
        fix = Fix(f"write `^{free}`", (Edit(block.caret + 1, end, free),), is_safe=False)
        line = line_of(note.line_starts, known) + 1
        message = f"duplicate block id `^{block.id}`: links open line {line}"
        yield Violation(block.caret, end, message, block.id, fix)
