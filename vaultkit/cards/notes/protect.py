"""Card text that a reader of notes would take for syntax, protected by a backslash and restored.

Protection is one more backslash, whatever stands there already, so it is always undone exactly.
Checked against the plugin: ``:\\:`` and a ``\\?`` line are read as text by it, too. The plugin's own signs are
always protected, those that a vault is set to besides: a note may be older than its vault's settings.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.cards.reader.fences import fence_lines

BLANK = "<br>"
_DEFAULTS = CardSettings()


@record
class _Signs:
    """What is protected: inside a line and at the start of one, each with what undoes it."""

    inside: re.Pattern[str]
    inside_back: re.Pattern[str]
    line: re.Pattern[str]
    line_back: re.Pattern[str]


@lru_cache(maxsize=16)
def _signs(settings: CardSettings) -> _Signs:
    # (what stands before the backslash, what behind it)
    pairs = [("(?<=:)", ":"), ("(?<=%)", "%"), ("(?<=<)", "!--"), (r"(?<=[ \t])", r"\^[a-zA-Z0-9-]+$")]
    for separator in (settings.single, settings.single_reversed):
        if len(separator) > 1 and separator.strip(":"):
            # Between its characters may stand the backslash of another sign, as of "->" in "<->".
            pairs.append((f"(?<={re.escape(separator[0])})", r"\\*".join(map(re.escape, separator[1:]))))
    for tag in dict.fromkeys((*_DEFAULTS.flashcard_tags, *settings.flashcard_tags)):
        pairs.append((r"(?<!\S)", f"#(?i:{re.escape(tag.lstrip('#'))})"))
    lines = [r"\?{1,2}$", "#", "<br>$", ">", r"\^[a-zA-Z0-9-]+$", r"\+{3}$", r"[-*+](?:\s|$)", r"\|"]
    for mark in (settings.multi, settings.multi_reversed, settings.end_marker):
        if mark not in ("", "?", "??"):
            lines.append(f"{re.escape(mark)}$")
    start = rf"\\*(?:{'|'.join(lines)})"
    return _Signs(
        re.compile("|".join(rf"{before}(?=\\*{behind})" for before, behind in pairs), re.MULTILINE),
        re.compile("|".join(rf"{before}\\(?=\\*{behind})" for before, behind in pairs), re.MULTILINE),
        re.compile(rf"^(\s*)(?={start})"),
        re.compile(rf"^(\s*)\\(?={start})"),
    )


# An odd "$$" opens a formula that swallows the cards below it.
_DOLLARS = re.compile(r"(?<=\$)(?=\\*\$)")
_MARKED_DOLLARS = re.compile(r"(?<=\$)(?=\\+\$)")
_DOLLARS_BACK = re.compile(r"(?<=\$)\\(?=\\*\$)")
_BEFORE_FENCE = r"^((?:[\s>]|[-*+]\s|[0-9]{1,9}[.)]\s)*)"
_FENCE = re.compile(_BEFORE_FENCE + r"(?=\\*(?:`{3}|~{3}))")
_FENCE_BACK = re.compile(_BEFORE_FENCE + r"\\(?=\\*(?:`{3}|~{3}))")
# `` #tag`` at the end of a question would be read as a tag of the card.
_TAG_END = re.compile(r"(?<!\S)(?=\\*#[^\s#]+$)")
_TAG_END_BACK = re.compile(r"(?<!\S)\\(?=\\*#[^\s#]+$)")
# `(hint: …)` as the last line of a question is the hint of an imported card.
_HINT = re.compile(r"^(?=\\*\(hint: .*\)$)")
_HINT_BACK = re.compile(r"^\\(?=\\*\(hint: .*\)$)")
_NUMBER = re.compile(r"^(\s*[0-9]+)(?=\\*[.)](?:\s|$))")
_NUMBER_BACK = re.compile(r"^(\s*[0-9]+)\\(?=\\*[.)](?:\s|$))")
# In an answer these are wanted as they are: a list, a quote, a table. Only what would end or split the card is not.
_HARMLESS = re.compile(r"^[ \t]*(?:[-*+](?:\s|$)|\||>(?!\s*\[!))")


def protected(text: str, *, is_front: bool, keeps_blank: bool = False, settings: CardSettings = _DEFAULTS) -> str:
    """``text`` as it can stand in a card of a note; `restored` undoes it.

    keeps_blank: blank lines stay blank, for sections that blank lines do not end.
    """
    lines = text.split("\n")
    signs = _signs(settings)
    fences = fence_lines(lines, only_closed=True)
    is_odd = sum(line.count("$$") for line, fence in zip(lines, fences, strict=True) if not fence) % 2 == 1
    dollars = _DOLLARS if is_odd else _MARKED_DOLLARS
    answer = []
    for index, line in enumerate(lines):
        if fences[index]:
            answer.append(line)
            continue
        if not line:
            answer.append("" if keeps_blank else BLANK)
            continue
        line = _FENCE.sub(r"\1\\", signs.inside.sub(r"\\", dollars.sub(r"\\", line)))
        if is_front and index == 0:
            line = _NUMBER.sub(r"\1\\", line)
        if (is_front and index == 0) or not _HARMLESS.match(line):
            line = signs.line.sub(r"\1\\", line)
        if is_front and index == len(lines) - 1:
            line = _HINT.sub(r"\\", _TAG_END.sub(r"\\", line))
        answer.append(line)
    return "\n".join(answer)


def protected_line(text: str, settings: CardSettings = _DEFAULTS) -> str:
    """A question of any number of lines as one line, for a heading; `restored_line` undoes it."""
    dollars = _DOLLARS if text.count("$$") % 2 else _MARKED_DOLLARS
    text = dollars.sub(r"\\", text)
    lines = [re.sub(r"(?<=<)(?=\\*br>)", r"\\", line) for line in text.split("\n")]
    lines = [_signs(settings).inside.sub(r"\\", line) for line in lines]
    lines[-1] = _HINT.sub(r"\\", lines[-1])
    return _TAG_END.sub(r"\\", BLANK.join(lines))


def restored_line(text: str, *, is_imported: bool = False, settings: CardSettings = _DEFAULTS) -> str:
    """What `protected_line` was given."""
    if "\\" not in text and "<" not in text:
        return text
    text = _TAG_END_BACK.sub("", text)
    lines = [_signs(settings).inside_back.sub("", line) for line in text.split(BLANK)]
    if is_imported:
        lines[-1] = _HINT_BACK.sub("", lines[-1])
    text = "\n".join(re.sub(r"(?<=<)\\(?=\\*br>)", "", line) for line in lines)
    return _DOLLARS_BACK.sub("", text) if is_imported else text


def restored(text: str, *, is_front: bool, is_imported: bool = False, settings: CardSettings = _DEFAULTS) -> str:
    """What `protected` was given.

    is_imported: the note was written by an import; elsewhere ``$\\$`` is a dollar sign in a formula.
    """
    if "\\" not in text and BLANK not in text:
        return text
    lines = text.split("\n")
    signs = _signs(settings)
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
            line = _TAG_END_BACK.sub("", _HINT_BACK.sub("", line) if is_imported else line)
        line = signs.line_back.sub(r"\1", line)
        if is_front and index == 0:
            line = _NUMBER_BACK.sub(r"\1", line)
        line = signs.inside_back.sub("", _FENCE_BACK.sub(r"\1", line))
        lines[index] = _DOLLARS_BACK.sub("", line) if is_imported else line
    return "\n".join(lines)
