"""A property that Obsidian no longer reads: ``tag``, ``alias``, ``cssclass``, or commas where a list belongs.

Why:     Obsidian ignores the tags, aliases or CSS classes of the note without a message.
Fix:     renames the property and converts the text to a list. Safe.
Source:  Obsidian's release notes 1.4 and 1.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.facts.property_spans import key_span, value_span
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Frontmatter, Note

CODE = "PR004"
SEVERITY = "warning"
NEEDS = "frontmatter"
BAD = {"a.md": "---\ntag: biology, cells\n---\n"}
GOOD = {"a.md": "---\ntags: [biology, cells]\n---\n"}

_SUSPECT = lazy_pattern(
    r"^[\"']?(?:tag|alias|cssclass)[\"']?[ \t]*:|^[\"']?(?:tags|cssclasses)[\"']?[ \t]*:[^\n]*,", re.MULTILINE
)
# One value on its line, quoted or not, and the comment behind it.
_VALUE = lazy_pattern(r"""("[^"\n]*"[ \t]+|'[^'\n]*'[ \t]+|(?:[^"'#\n]|(?<=\S)[#"'])*?)(?<!\S)#[^\n]*""")
_RENAMED = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report old names, and texts with commas under the new ones."""
    matter = note.frontmatter
    if matter is None or not _may_hold_one(text[matter.content_start : matter.content_end].lower()):
        return
    names = {name.lower() for name in matter.properties}
    for key, value in matter.properties.items():
        new = _RENAMED.get(key.lower())
        if new is not None:
            start, end = key_span(text, matter, key)
            fix = None if new in names else _fix(text, matter, key, new, value)
            message = f"deprecated property `{key}`: Obsidian ignores it"
            yield Violation(start, end, message, key, fix, help=f"rename it to `{new}`")
        elif key.lower() in ("tags", "cssclasses") and isinstance(value, str) and "," in value:
            start, end = value_span(text, matter, key)
            message = f"property `{key}` is a text with commas: Obsidian does not split it"
            yield Violation(start, end, message, key, _fix(text, matter, key, key, value), help="write a list")


def _may_hold_one(block: str) -> bool:
    """False for most blocks, in lower case: no old name, and no comma behind a name that wants a list."""
    if "tag:" in block or "alias:" in block or "cssclass:" in block or "{" in block:
        return True
    if not (
        '"' in block or " :" in block or "'" in block or ("," in block and ("tags" in block or "classes" in block))
    ):
        return False
    return _SUSPECT.search(block) is not None


def _fix(text: str, matter: Frontmatter, key: str, new: str, value: object) -> Fix | None:
    key_start, key_end = key_span(text, matter, key)
    start, end = value_span(text, matter, key)
    if key_start == matter.start:
        return None
    edits = [] if new == key else [Edit(key_start, key_end, new)]
    if isinstance(value, str) and value.strip():
        parts = value.split(",") if "," in value else value.split() if new == "tags" else [value]
        members = [part.strip().removeprefix("#") for part in parts if part.strip()]
        if any(set(member) & set("[]{}#:,&*!|>'\"%@`") or "\n" in member for member in members):
            return None
        commented = _VALUE.fullmatch(text, start, end)
        if commented is not None:
            end = start + len(commented[1].rstrip())
        edits.append(Edit(start, end, "[" + ", ".join(members) + "]"))
    elif value is not None and not isinstance(value, list):
        return None
    return Fix(f"write a list under `{new}`", tuple(edits), is_safe=True)
