"""Text damaged by a wrong decoding, put right where the damage is certain.

Two families. What re-encodes cleanly is left to ftfy, line by line, with everything off that
would touch sound text (curly quotes, ligatures). UTF-8 that was read as ISO-8859-7 and lost its
control characters cannot be re-encoded; its few shapes are put right by rule, and only in a
document that shows at least two of them and uses the same letters nowhere in formulas.
"""

from __future__ import annotations

import re
from typing import Any

from vaultkit.base.extras import import_extra
from vaultkit.base.record import record


@record
class Repair:
    """One changed line, from 1. lost: something was removed that cannot be restored."""

    line: int
    before: str
    after: str
    lost: bool = False


_SIGNS = (
    re.compile(r"(?<=\w)β(?:s|t|re|ll|ve|d|m)\b"),
    re.compile(r"β¦"),
    re.compile(r"^π[§¦¬€]", re.MULTILINE),
)
_FORMULA = re.compile(r"[βπ]\s*[(=+*/^_·×]|[=+*/^·×(]\s*[βπ]|\b[βπ]\d")
_LOST_EMOJI = re.compile(r"^(?:π[§¦¬€]|β(?= [^\W\d_]))[ \t]*")


def has_lost_greek(text: str) -> bool:
    """Evidence that this is UTF-8 read as ISO-8859-7: two different signs, or five of one, and no formula."""
    if "β" not in text and "π" not in text:
        return False
    hits = [len(sign.findall(text)) for sign in _SIGNS]
    if sum(1 for count in hits if count) < 2 and max(hits) < 5:
        return False
    return _FORMULA.search(text) is None


def _greek(line: str) -> tuple[str, bool]:
    lost = _LOST_EMOJI.match(line)
    if lost:
        line = line[lost.end() :]
    line = line.replace("β¦", "…").replace("\u29a0 ", "… ").replace("\u29a0", "… ")
    line = re.sub(r"(?<=\w)β(?=(?:s|t|re|ll|ve|d|m)\b)", "’", line)
    line = re.sub(r"(?<=\s)β(?=\s)", "–", line)
    line = re.sub(r"(?<!\w)β(\w(?:[^β]*?\S)?)β(?!\w)", r"“\1”", line)
    return line, lost is not None


def repaired(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text with its damage repaired, and each line that changed."""
    lines = text.split("\n")
    greek = has_lost_greek(text)
    repairs: list[Repair] = []
    for index, line in enumerate(lines):
        after, lost = line, False
        if greek and ("β" in line or "π" in line or "\u29a0" in line):
            after, lost = _greek(line)
        elif not line.isascii() and not greek:
            after = _by_ftfy(line)
        if after != line:
            repairs.append(Repair(index + 1, line, after, lost))
            lines[index] = after
    return "\n".join(lines), tuple(repairs)


def _by_ftfy(line: str) -> str:
    ftfy: Any = import_extra("ftfy", "reading an export with letters that are not ASCII")
    badness: Any = import_extra("ftfy.badness")
    if not badness.is_bad(line):
        return line
    fixed = ftfy.fix_text(
        line,
        uncurl_quotes=False,
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
        normalization=None,
    )
    return line if "\n" in fixed else fixed
