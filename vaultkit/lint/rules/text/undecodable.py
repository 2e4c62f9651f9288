"""A note that is not UTF-8, or has NUL or control bytes.

Why:     Obsidian reads every note as UTF-8: other bytes are shown as boxes, and are lost when the note is saved.
Fix:     saves the note as UTF-8 where its encoding is certain: UTF-16 or Windows-1252. Removes control bytes,
         except where one may be a lost escape (``C:<08>acon``) or a hyphen or ligature copied from a PDF
         (``terminated<02>by``, ``de<1c>ne``). Unsafe: a wrong guess changes letters.
Source:  Obsidian Help, "Accepted file formats"; the Unicode Standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.encodings import encoding_name, encoding_of
from vaultkit.lint.facts.source_text import bytes_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import gathering_rule
from vaultkit.note.model import Note
from vaultkit.vault.snapshot import Snapshot

CODE = "TX002"
SEVERITY = "error"
BAD = {"a.md": b"caf\xe9"}
GOOD = {"a.md": "café"}


# Tabs and what ends a line or page are text.
_CONTROL = lazy_pattern(r"[\0-\x08\x0e-\x1f\x7f]")


# Escapes that a program took for what they stand for: ``C:\\bacon`` became ``C:<08>acon``.
_ESCAPES = "\x07\x08\x0b\x0c\x1b"
# What PDFs and word processors have for hyphens (02, 1E, 1F) and TeX fonts for ligatures (0E, 0F, 1B to 1F).
_GLYPH = lazy_pattern(r"[\x01-\x06\x0e-\x1f]+")
_BEFORE, _AFTER = lazy_pattern(r"\S{0,60}\Z"), lazy_pattern(r"\S{0,60}")


def gather(note: Note, text: str) -> tuple[tuple[int, str, bool], ...] | None:
    """(offset, character, it may stand for other characters) of each control character; None for none."""
    first = _CONTROL.search(text)
    if first is None:
        return None
    return tuple(
        (match.start(), match[0], _is_stand_in(text, match)) for match in _CONTROL.finditer(text, first.start())
    )


def _is_stand_in(text: str, match: re.Match[str]) -> bool:
    """Return whether the character may replace other text, so that removing it would lose information."""
    if _is_glyph_of_word(text, match.start()):
        return True
    if match[0] not in _ESCAPES:
        return False
    before = _BEFORE.search(text, max(match.start() - 60, 0), match.start())
    after = _AFTER.match(text, match.end())
    word = (before[0] if before else "") + (after[0] if after else "")
    return any(map(word.__contains__, ("\\", "/", "`", ":")))


def _is_glyph_of_word(text: str, at: int) -> bool:
    """Return whether the character may be a hyphen or ligature: its run touches a letter or digit."""
    run = _GLYPH.match(text, at)
    if run is None:
        return False
    start = at
    while start and _GLYPH.match(text, start - 1):
        start -= 1
    return text[start - 1 : start].isalnum() or text[run.end() : run.end() + 1].isalnum()


@gathering_rule(gather)
def check(
    vault: Snapshot, options: object, controls: Mapping[str, tuple[tuple[int, str, bool], ...]]
) -> Iterator[tuple[str, Violation]]:
    """Report notes that are not UTF-8 text; unreadable-file reports those that cannot be read."""
    unread = {path for path, _ in vault.faults}
    for path, note in vault.source_notes():
        if note.fault and path not in unread:
            encoding = encoding_of(bytes_of(vault, path) or b"")
            fix = Fix(f"save as UTF-8, from {encoding_name(encoding)}", (), False, None, encoding) if encoding else None
            message = f"not a UTF-8 text file: {note.fault}"
            yield path, Violation(0, 0, message, "encoding", fix, help="save the note as UTF-8")
    for path, found in controls.items():
        start, character, _ = found[0]
        others = f", and {len(found) - 1} more in this note" if len(found) > 1 else ""
        message = f"control character 0x{ord(character):02X} in the text, shown as a box or hidden{others}"
        edits = tuple(Edit(at, at + 1, "") for at, _, is_stand_in in found if not is_stand_in)
        fix = Fix("remove the control bytes", edits, is_safe=False) if edits else None
        yield path, Violation(start, start + 1, message, "control", fix)
