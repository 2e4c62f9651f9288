"""A Markdown link has a raw space in its destination, so it is no link at all: ``[x](my note.md)``.

Why:     Obsidian shows the brackets as text; people who come from other tools write it all the time.
Fix:     wraps the destination in angle brackets. Safe.
Source:  Obsidian Help, "Internal links": spaces must be encoded; CommonMark 0.31, link destinations.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.files import file_kind
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import vault_rule
from vaultkit.note.links import markdown_destination
from vaultkit.text import Edit

CODE = "LK010"
SEVERITY = "error"
BAD = {"a.md": "[x](my note.md)", "my note.md": ""}
GOOD = {"a.md": "[x](my%20note.md)", "my note.md": ""}


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Destinations with a space that name a file, or look like the name of one."""
    for path, note in vault.notes.items():
        for item in note.malformed:
            if item.kind != "unencoded-destination":
                continue
            target = markdown_destination(item.text)
            if target is None:
                continue
            is_file = vault.resolve(target[0], path).path is not None
            if not is_file and file_kind(target[0]) == "unsupported":
                continue  # a remark in parentheses behind brackets, not a destination
            at = item.end - 1 - len(item.text)
            fix = Fix("wrap the destination in < >", (Edit(at, at + len(item.text), f"<{item.text}>"),), is_safe=True)
            message = f"({item.text}) has a raw space, so Obsidian reads no link here; write %20 or (<{item.text}>)"
            yield path, Fault(item.start, item.end, message, item.text, fix)
