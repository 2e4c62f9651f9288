"""An invalid tag in the properties: with a space or another invalid character, of digits only, or with a ``#``.

Why:     the tag is missing from the tag pane, and a search for it does not find the note.
Fix:     removes an unquoted ``#``, which starts a YAML comment: safe. Joins words: unsafe.
Options: style: the character that joins words, "-", "_" or "/".
Source:  Obsidian Help, "Tags" and "Properties"; YAML 1.2, comments.

A quoted ``"#tag"`` works in Obsidian; it is reported as info, once per note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.lint.facts.property_spans import value_span
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note
from vaultkit.note.properties import text_list

CODE = "PR005"
SEVERITY = "warning"
NEEDS = "frontmatter"
BAD = {"a.md": "---\ntags:\n  - deep learning\n  - #nlp\n  - 2024\n---\n"}
GOOD = {"a.md": "---\ntags:\n  - deep-learning\n  - nlp\n  - y2024\n---\n"}

_COMMENT = lazy_pattern(r"^[ \t]*-[ \t]+(#)([^\s#]+)[ \t]*\r?$|(?<=:)[ \t]+(#)([^\s#]+)[ \t]*\r?$", re.MULTILINE)
# Source: Obsidian Help, "Tags": letters, numbers, "_", "-" and "/"; emoji are taken, too.
_SIGN = lazy_pattern(r"""[!"#$%&'()*+.:;<=>?@\[\\\]^`{|}~\u2010-\u2027\u2030-\u205e\u2e00-\u2e7f]""")


@record
class Options:
    """style: the character that joins the words of a tag."""

    style: str = "-"


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Report members of ``tags`` that Obsidian cannot use; legacy-property reports a text with commas."""
    matter = note.frontmatter
    if matter is None or matter.error is not None:
        return
    if _is_plainly_sound(text[matter.content_start : matter.content_end]):
        return
    key = next((name for name in matter.properties if name.lower() == "tags"), None)
    if key is None:
        return
    start, end = value_span(text, matter, key)
    block_start = text.rfind(":", matter.content_start, start) + 1 if start > matter.content_start else start
    for comment in _COMMENT.finditer(text, max(block_start - 1, 0), max(end, _line_end(text, block_start))):
        group = 1 if comment[1] else 3
        at = comment.start(group)
        drop = Fix("remove the `#`", (Edit(at, at + 1, ""),), is_safe=True)
        name = comment[group + 1]
        message = f"tag `#{name}` is ignored: an unquoted `#` starts a YAML comment"
        yield Violation(at, at + 1 + len(name), message, name, drop, help=f"write `{name}`")
    hashed: list[tuple[str, int, int, int]] = []
    position = start
    value = matter.properties[key]
    if isinstance(value, int) and not isinstance(value, bool):  # a single number; among others it is a text
        yield Violation(start, end, f"invalid tag `{value}`: tags need a letter", str(value))
    for raw in text_list(matter.properties, "tags"):
        tag = raw.strip().removeprefix("#")
        if "," in tag or not tag or "{{" in tag or "<%" in tag:
            continue
        at = text.find(raw, position, end)
        if at >= 0:
            position = at + len(raw)
        span = (at, at + len(raw)) if at >= 0 else (start, end)
        if any(character.isspace() for character in tag):
            good = re.sub(r"\s+", options.style, tag)
            fix = Fix(f"write `{good}`", (Edit(*span, good),), is_safe=False) if at >= 0 else None
            message = f"invalid tag `{tag}`: tags cannot contain spaces"
            yield Violation(*span, message, tag, fix, help=f"write `{good}`")
        elif tag.isdigit():
            yield Violation(*span, f"invalid tag `{tag}`: tags need a letter", tag)
        elif sign := _SIGN.search(tag):
            yield Violation(*span, f"invalid tag `{tag}`: tags cannot contain `{sign[0]}`", tag)
        elif raw.strip() != tag:
            hashed.append((tag, *span, text.find("#", *span) if at >= 0 else -1))
    if hashed:
        yield _needless_hash(hashed)


def _needless_hash(found: list[tuple[str, int, int, int]]) -> Violation:
    """One finding for the tags (name, start, end, place of the ``#`` or -1) that Obsidian reads and others do not."""
    tag, start, end, _ = found[0]
    edits = tuple(Edit(at, at + 1, "") for *_, at in found if at >= 0)
    fix = Fix("remove the `#`", edits, is_safe=True) if edits else None
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    message = f"unnecessary `#` in a tag of the properties: `#{tag}`{more}"
    return Violation(start, end, message, tag, fix, (), "info", f"write `{tag}`")


def _is_plainly_sound(block: str) -> bool:
    """Most blocks: no tags at all, or a list of single words under ``tags:``."""
    at = block.find("tags:")
    if at < 0:
        return "tags" not in block.lower()
    if (at and block[at - 1] != "\n") or "#" in block:
        return False
    first, *members = block[at + 5 :].split("\n")
    if first.strip():
        return False
    for member in members:
        mark, _, word = member.strip().partition(" ")
        if mark != "-":
            break
        word = word.strip()
        if word.isdigit() or len(word.split()) > 1 or _SIGN.search(word):
            return False
    return True


def _line_end(text: str, start: int) -> int:
    newline = text.find("\n", start)
    return newline if newline >= 0 else len(text)
