"""Card text that a reader of notes would take for syntax, protected by a backslash and restored.

Protection is one more backslash, whatever stands there already, so it is always undone exactly.
Checked against the plugin: ``:\\:`` and a ``\\?`` line are read as text by it, too.
"""

from __future__ import annotations

import re

from vaultkit.cards.fences import fence_lines

BLANK = "<br>"
_INSIDE = re.compile(
    r"(?<=:)(?=\\*:)|(?<=%)(?=\\*%)|(?<=<)(?=\\*!--)|(?<=[ \t])(?=\\*\^[a-zA-Z0-9-]+$)|(?<!\S)(?=\\*#(?i:flashcards))",
    re.MULTILINE,
)
_INSIDE_BACK = re.compile(
    r"(?<=:)\\(?=\\*:)|(?<=%)\\(?=\\*%)|(?<=<)\\(?=\\*!--)|(?<=[ \t])\\(?=\\*\^[a-zA-Z0-9-]+$)|(?<!\S)\\(?=\\*#(?i:flashcards))",
    re.MULTILINE,
)
_START = r"\\*(?:\?{1,2}$|#|<br>$|>|\^[a-zA-Z0-9-]+$|\+{3}$|[-*+](?:\s|$)|\|)"
_LINE = re.compile(rf"^(\s*)(?={_START})")
_LINE_BACK = re.compile(rf"^(\s*)\\(?={_START})")
_BEFORE_FENCE = r"^((?:[\s>]|[-*+]\s|[0-9]{1,9}[.)]\s)*)"
_FENCE = re.compile(_BEFORE_FENCE + r"(?=\\*(?:`{3}|~{3}))")
_FENCE_BACK = re.compile(_BEFORE_FENCE + r"\\(?=\\*(?:`{3}|~{3}))")
# `` #tag`` at the end of a question would be read as a tag of the card.
_TAG_END = re.compile(r"(?<!\S)(?=\\*#[^\s#]+$)")
_TAG_END_BACK = re.compile(r"(?<!\S)\\(?=\\*#[^\s#]+$)")
_NUMBER = re.compile(r"^(\s*[0-9]+)(?=\\*[.)](?:\s|$))")
_NUMBER_BACK = re.compile(r"^(\s*[0-9]+)\\(?=\\*[.)](?:\s|$))")
# In an answer these are wanted as they are: a list, a quote, a table. Only what would end or split the card is not.
_HARMLESS = re.compile(r"^[ \t]*(?:[-*+](?:\s|$)|\||>(?!\s*\[!))")


def protected(text: str, *, is_front: bool, keeps_blank: bool = False) -> str:
    """``text`` as it can stand in a card of a note; `restored` undoes it.

    keeps_blank: blank lines stay blank, for sections that blank lines do not end.
    """
    lines = text.split("\n")
    fences = fence_lines(lines, only_closed=True)
    answer = []
    for index, line in enumerate(lines):
        if fences[index]:
            answer.append(line)
            continue
        if not line:
            answer.append("" if keeps_blank else BLANK)
            continue
        line = _FENCE.sub(r"\1\\", _INSIDE.sub(r"\\", line))
        if is_front and index == 0:
            line = _NUMBER.sub(r"\1\\", line)
        if (is_front and index == 0) or not _HARMLESS.match(line):
            line = _LINE.sub(r"\1\\", line)
        if is_front and index == len(lines) - 1:
            line = _TAG_END.sub(r"\\", line)
        answer.append(line)
    return "\n".join(answer)


def protected_line(text: str) -> str:
    """A question of any number of lines as one line, for a heading; `restored_line` undoes it."""
    lines = [re.sub(r"(?<=<)(?=\\*br>)", r"\\", line) for line in text.split("\n")]
    lines = [_INSIDE.sub(r"\\", line) for line in lines]
    return _TAG_END.sub(r"\\", BLANK.join(lines))


def restored_line(text: str) -> str:
    """What `protected_line` was given."""
    if "\\" not in text and "<" not in text:
        return text
    text = _TAG_END_BACK.sub("", text)
    lines = [_INSIDE_BACK.sub("", line) for line in text.split(BLANK)]
    return "\n".join(re.sub(r"(?<=<)\\(?=\\*br>)", "", line) for line in lines)


def restored(text: str, *, is_front: bool) -> str:
    """What `protected` was given; text that was never protected stays as it is."""
    if "\\" not in text and BLANK not in text:
        return text
    lines = text.split("\n")
    fences = fence_lines(lines, only_closed=True)
    for index, line in enumerate(lines):
        if fences[index]:
            continue
        if line.strip() == BLANK:
            lines[index] = ""
            continue
        if "\\" not in line:
            continue
        if is_front and index == len(lines) - 1:
            line = _TAG_END_BACK.sub("", line)
        line = _LINE_BACK.sub(r"\1", line)
        if is_front and index == 0:
            line = _NUMBER_BACK.sub(r"\1", line)
        lines[index] = _INSIDE_BACK.sub("", _FENCE_BACK.sub(r"\1", line))
    return "\n".join(lines)
