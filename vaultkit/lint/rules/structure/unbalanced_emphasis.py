"""An unmatched ``**``, ``==`` or ``~~``, shown literally.

Why:     readers see the marks, and the words between them are not emphasised. In text pasted from web pages, a
         space or a line break often separates the marks from their words.
Fix:     moves the two marks of a pair next to the words between them. Unsafe: they may belong to other pairs.
Source:  CommonMark 0.31, left- and right-flanking delimiter runs; Obsidian Help, "Basic formatting syntax".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit, line_of
from vaultkit.lint.facts.prose import is_in_url, not_prose
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST003"
SEVERITY = "warning"
BAD = {"a.md": "**Sparse attention **skips most pairs."}
GOOD = {"a.md": "**Sparse attention** skips most pairs. In Python 2 ** 3 is 8."}

_BLOCK_END = lazy_pattern(r"\n[ \t>]*\r?\n|\n[ \t>]*(?:[-*+]|\d+[.)])[ \t]|\n[ \t>]*#{1,6}[ \t]|(?<!\\)\|(?=[^\n]*\|)")
# Python's names for spare arguments, and patterns of paths: not emphasis.
_NO_MARK = lazy_pattern(r"\*\*(?:kwargs?|kw|args|opts|options|params)\b|\*\*/|\*\*\.")

# Scripts without spaces; many programs deviate from the standard there, so such marks are reported as info.
_FIRST_IDEOGRAPH = "\u2e80"
WIDE = "between punctuation and a letter it cannot open or close"
# After these "==" may be an operator ("!==", "<=="), or the end of "==Wow!==" and "<b>==": it pairs, but is not reported.
_OPERATORS = frozenset("<>!:")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report the first unmatched mark of each line."""
    marks = [(item.start, item.end) for item in note.malformed if item.kind == "literal-mark"]
    has_highlight = "==" in text
    if not marks and not has_highlight:
        return
    silent = not_prose(note)
    marks = [mark for mark in marks if silent.end_around(mark[0]) < 0]
    if has_highlight:
        found = [mark for mark in _highlights(text) if silent.end_around(mark[0]) < 0]
        marks += [mark for block in _blocks(text, found) for mark in _unpaired(text, block)]
    told = -1
    for block in _blocks(text, [mark for mark in sorted(marks) if _is_attempt(text, *mark)]):
        fix = _rejoin(text, block) if len(block) == 2 else None
        if len(block) == 1 and not _is_lone_attempt(text, *block[0]):
            continue
        is_wide = any(_is_wide(text, start, end) for start, end in block)
        for start, end in block:
            line = line_of(note.line_starts, start)
            if line != told:
                told = line
                shown = text[start:end]
                message = f"unmatched `{shown}`, shown literally" + (f": {WIDE}" if is_wide else "")
                yield Violation(
                    start, end, message, _words(text, start, end), fix, severity="info" if is_wide else None
                )
                fix = None


def _is_wide(text: str, start: int, end: int) -> bool:
    """Return whether the mark is between punctuation and a letter of a script without spaces: ``**真，**她``."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return any(
        letter >= _FIRST_IDEOGRAPH and letter.isalpha() and mark and unicodedata.category(mark)[0] in "PS"
        for mark, letter in ((before, after), (after, before))
    )


def _highlights(text: str) -> Iterator[tuple[int, int]]:
    """The runs of ``=`` that may begin or end a highlight, arrows, runs of three and comparisons among them."""
    at = text.find("==")
    while at >= 0:
        end = at + 2
        while text[end : end + 1] == "=":
            end += 1
        if text[at - 1 : at] != "\\":
            yield at, end
        at = text.find("==", end)


def _may_be_operator(text: str, start: int, end: int) -> bool:
    return end - start > 2 or text[start - 1 : start] in _OPERATORS or text[end : end + 1] == ">"


def _blocks(text: str, marks: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Group the marks by paragraph, item or cell, and by kind."""
    groups: list[list[tuple[int, int]]] = []
    for mark in marks:
        for group in groups[-2:]:
            start, end = group[-1]
            if text[start] == text[mark[0]] and _BLOCK_END.search(text, end, mark[0]) is None:
                group.append(mark)
                break
        else:
            groups.append([mark])
    return iter(groups)


def _is_attempt(text: str, start: int, end: int) -> bool:
    """Return whether the mark is next to a word and not an operator, path or URL."""
    before, after = text[start - 1 : start] or "\n", text[end : end + 1]
    if (not before or before.isspace()) and (not after or after.isspace()) and (text[start] == "=" or before != "\n"):
        return False
    return _NO_MARK.match(text, start) is None and not is_in_url(text, start)


def _unpaired(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The highlight marks left over when each that can begin takes the next that can end; no operators."""
    left: list[tuple[int, int]] = []
    for start, end in block:
        opens = not text[end : end + 1].isspace() and end < len(text)
        closes = start > 0 and not text[start - 1].isspace()
        if closes and left and not text[left[-1][1] : left[-1][1] + 1].isspace():
            left.pop()
        elif opens or closes:
            left.append((start, end))
    return [mark for mark in left if not _may_be_operator(text, *mark)]


def _is_lone_attempt(text: str, start: int, end: int) -> bool:
    """Return whether a single mark in its block is an attempt: it starts a word, or ends a label."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or before.isspace():
        word = re.compile(r"\w+(.?)").match(text, end)
        return after.isalpha() and word is not None and word[1] not in ("(", "=", "/", ".")
    return text[start] != "=" and before == ":" and (not after or after.isspace())


def _rejoin(text: str, block: list[tuple[int, int]]) -> Fix | None:
    (first_start, first_end), (last_start, last_end) = block
    inner = text[first_end:last_start]
    words = inner.strip()
    mark = text[first_start:first_end]
    if not words or mark != text[last_start:last_end]:
        return None
    lead = inner[: len(inner) - len(inner.lstrip())]
    tail = inner[len(inner.rstrip()) :]
    if not lead and not tail:
        return None  # the marks are already next to their words
    before, after = text[max(first_start - 1, 0) : first_start], text[last_end : last_end + 1]
    if before.isalnum() and not lead and words[0].isalnum():
        return None
    if after.isalnum() and not tail:
        return None
    edits = (
        Edit(first_start, first_end + len(lead), lead + mark),
        Edit(last_start - len(tail), last_end, mark + tail),
    )
    return Fix("move the marks next to their words", edits, is_safe=False)


def _words(text: str, start: int, end: int) -> str:
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    return text[line : stop if stop >= 0 else len(text)].strip()[:80]
