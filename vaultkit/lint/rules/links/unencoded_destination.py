"""A Markdown link with an unescaped space or an unbalanced parenthesis in its target: ``[x](my note.md)``.

Why:     Obsidian shows it as text. Some other programs accept it.
Fix:     wraps the target in angle brackets. Safe.
Source:  Obsidian Help, "Internal links": spaces must be encoded; CommonMark 0.31, link destinations.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import severity_at
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.links import markdown_destination
from vaultkit.vault.files import file_kind
from vaultkit.vault.snapshot import Snapshot

CODE = "LK010"
SEVERITY = "error"
BAD = {"a.md": "[x](my note.md)", "my note.md": ""}
GOOD = {"a.md": "[x](my%20note.md)", "my note.md": ""}

_TITLE = lazy_pattern(r"""(?<=\S)\s+(?:"[^"]*"|'[^']*')$""")


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Report destinations with a space that are, or look like, a file name."""
    for path, note in vault.source_notes():
        for item in note.malformed:
            if item.kind != "unencoded-destination":
                continue
            at = item.end - 1 - len(item.text)
            about, end = item.text, item.end
            if "](" in about:  # the bracket was closed after all, before another link
                about = about[: about.index("](")].rpartition(")")[0]
                end = at + len(about) + 1
            destination = _TITLE.sub("", about)
            target = markdown_destination(destination)
            if target is None or not (" " in destination or "(" in destination):
                continue
            is_file = vault.resolve(target[0], path).path is not None
            if not is_file and file_kind(target[0]) == "unsupported":
                continue  # a remark in parentheses behind brackets, not a destination
            edit = Edit(at, at + len(destination), f"<{destination}>")
            fix = Fix("wrap the target in `< >`", (edit,), is_safe=True)
            what = "unescaped space" if " " in destination else "unbalanced parenthesis"
            message = f"{what} in link target {code_span(destination)}: Obsidian shows this as plain text"
            yield path, Violation(item.start, end, message, about, fix, severity=severity_at(note, item.start))
