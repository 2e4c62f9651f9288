"""Card syntax that makes no card: unclosed clozes, separators without a question, and signs typed for separators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from vaultkit.cards.checks.problem import Problem, quoted
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.reader.decks import Decks
from vaultkit.cards.reader.masked_lines import MaskedLines
from vaultkit.note.model import Note

_LONG_CLOZE = 10_000
# Where "==" is no cloze: code, formulas, links, addresses, tags of HTML and comments.
_OPAQUE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*(?P=fence)[^\n]*$|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)"
    r"|\$\$.*?\$\$|\$(?=\S)[^$\n]*\$|\[\[[^\[\]\n]*\]\]|(?<=\])\([^()\n]*\)|(?<!\w)\w+://\S+|<!--.*?-->|%%.*?%%|</?\w[^<>\n]*>",
    re.MULTILINE | re.DOTALL,
)
_CLOZE_ZERO = re.compile(r"(?:==|\*\*|\{\{)0+;;[^=*}\n]*")
_WHOLE_CLOZE = re.compile(r"==(?=\S)[^\n]+?(?<=\S)==")
_WIDE_COLONS = re.compile(r"(?<=\S)[:：﹕]{2,3}(?=\S)|(?<=\S)[ \t][:：﹕]{2,3}[ \t]|[:：﹕]{2,3}$")
# A comparison has spaces round it, or stands between the names of a program.
_OPENING_CLOZE = re.compile(r"==(?<![A-Za-z0-9_=!<>]==)(?=[^\s=])")


def broken_syntax(block: CardBlock) -> Iterator[Problem]:
    """A cloze with an unclosed mark, with numbers that make no cards, or of which nothing is left to read but the gap."""
    if block.kind != "cloze":
        return
    open_marks = _open_marks(block.front)
    numbers = sorted({card.number for card in block.cards})
    if open_marks:
        message = f"unclosed cloze in {quoted(open_marks[0])}"
    elif match := _CLOZE_ZERO.search(block.front):
        message = f"invalid cloze number 0 in {quoted(match[0])}: numbers start at 1"
    elif numbers and numbers != list(range(1, len(numbers) + 1)):
        message = f"gap in the cloze numbers: {', '.join(map(str, numbers))}"
    elif any(_is_only_gap(card.front) for card in block.cards):
        message = f"cloze without text around it: {quoted(block.front)}"
    else:
        return
    yield Problem("broken-syntax", block, block.start, block.end, message)


def _is_only_gap(front: str) -> bool:
    return not any(map(str.isalnum, front.replace("[...]", "") if len(front) < 200 else front))


def _open_marks(front: str) -> list[str]:
    """The lines of a cloze with a mark that is not closed; marks in code, formulas, links and comments are none.

    A text longer than `_LONG_CLOZE` is not looked at: what is opaque in it would take too long to find.
    """
    if len(front) > _LONG_CLOZE:
        return []
    if front.count("==") == 2 and not any(map(front.__contains__, "`~$[:<%\n")):
        return []
    shown = _OPAQUE.sub("", front)
    return [line for line in shown.split("\n") if "==" in line and _has_open_cloze(_WHOLE_CLOZE.sub("", line))]


def broken_separators(note: Note, text: str, blocks: Iterable[CardBlock], settings: CardSettings) -> Iterator[Problem]:
    """Card syntax that makes no card: a separator without a question, an answer behind a blank line, an open cloze.

    Only in a note with a deck; elsewhere a lone "?" or "==" means nothing.
    """
    if not Decks("", note, settings, "vaultkit"):
        return
    known = list(blocks)
    covered = {line for block in known for line in range(block.line, block.end_line + 1)}
    cut_at = {block.end_line for block in known if block.kind.startswith("multi") and not block.back}
    page = MaskedLines(note, text)
    marks = {mark for mark in (settings.multi, settings.multi_reversed) if mark}
    second = _second_marks(page, known, marks)
    for index, line in enumerate(page.lines):
        place = (page.starts[index] + len(line) - len(line.lstrip()), page.starts[index] + len(line.rstrip()))
        if page.skip[index] or page.fence[index]:
            continue
        if slip := _slip(line, page.masked_line(index), settings, is_card=index + 1 in covered):
            yield Problem("broken-syntax", None, *place, slip, "slip")
        elif line.strip() in marks and index + 1 in second:
            message = f"`{line.strip()}` is part of the answer to {quoted(second[index + 1])}: missing blank line above the next card"
            yield Problem("broken-syntax", None, *place, message, "second")
        elif line.strip() in marks and index + 1 not in covered:
            yield Problem("broken-syntax", None, *place, f"`{line.strip()}` without a question above it", "no-question")
        elif line.strip() in marks and index + 1 in cut_at:
            below = next((at for at in range(index + 1, len(page.lines)) if not page.is_blank(at)), None)
            if below is None or below == index + 1 or below + 1 in covered or page.skip[below]:
                continue
            if not page.lines[below].lstrip().startswith("#"):
                message = f"blank line between the question and its answer {quoted(page.lines[below])}"
                yield Problem("broken-syntax", None, *place, message, "blank-line")
        elif "==" in line and index + 1 not in covered and _has_open_cloze(page.masked_line(index)):
            yield Problem("broken-syntax", None, *place, f"unclosed cloze in {quoted(line)}", "open-cloze")


# What keyboards for Chinese, Japanese, Arabic and Persian type for the separators.
_LOOKALIKES = str.maketrans("：﹕？؟﹖", "::???")


def may_hold_slip(text: str) -> bool:
    """Whether the text has a sign that looks like a separator."""
    return not text.isascii() and any(map(text.__contains__, "：﹕？؟﹖"))


def _slip(line: str, masked: str, settings: CardSettings, *, is_card: bool) -> str:
    """What to say of a sign that was typed for a separator and is none; "" when there is none on the line."""
    if not may_hold_slip(line):
        return ""
    mark = line.strip()
    meant = mark.translate(_LOOKALIKES)
    own = (settings.single, settings.single_reversed, settings.multi, settings.multi_reversed, settings.end_marker)
    if meant in (settings.multi, settings.multi_reversed) and meant != mark and mark not in own:
        return f"`{mark}` is not a card separator; the separator is `{meant}`"
    for match in [] if is_card else _WIDE_COLONS.finditer(masked):
        mark = match[0].strip()
        meant = mark.translate(_LOOKALIKES)
        if meant in (settings.single_reversed, settings.single) and meant != mark and mark not in own:
            return f"`{mark}` is not a card separator; the separator is `{meant}`"
    return ""


def _second_marks(page: MaskedLines, known: Iterable[CardBlock], marks: set[str]) -> dict[int, str]:
    """Line -> question, for separators in an answer that a line stands above as a question would."""
    found = {}
    for block in known:
        if not block.kind.startswith("multi") or "\n" not in block.back:
            continue
        rows = [
            row
            for row in range(block.line - 1, block.end_line)
            if page.lines[row].strip() in marks and not page.fence[row] and not page.skip[row]
        ]
        for above, row in pairwise(rows):
            if row > above + 2 and page.lines[row - 1].strip() and row + 1 < block.end_line:
                found[row + 1] = block.front
    return found


def _has_open_cloze(line: str) -> bool:
    return line.count("==") % 2 == 1 and _OPENING_CLOZE.search(line) is not None
