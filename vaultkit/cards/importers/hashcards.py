"""Hashcards files: ``Q:`` and ``A:``, or ``C:`` with ``[gaps]``; blank lines never end an answer."""

from __future__ import annotations

import re

from vaultkit.cards.importers.model import ImportedCard, ImportReading, Lines
from vaultkit.cards.reader.fences import fence_lines
from vaultkit.cards.text_keys import clean

NAME = "hashcards"
_MARK = re.compile(r"(Q|A|C):(?:[ \t]|$)")
_RULE = re.compile(r"-{3,}[ \t]*$")
_NAME = re.compile(r"name[ \t]*=[ \t]*[\"'](.*?)[\"'][ \t]*$")
_GAP = re.compile(r"(?<![!\\\]])\[((?:\\.|[^\[\]\\\n]|\n(?!\n))+)\](?!\()")
_DEAD = re.compile(r"`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    lines = text.split("\n")
    lines = [line for line, is_code in zip(lines, fence_lines(lines), strict=True) if not is_code]
    marks = [match[1] for line in lines if (match := _MARK.match(line))]
    head = next((at for at, line in enumerate(lines[1:20], start=1) if line.strip() == "---"), 0)
    if lines and lines[0].strip() == "---" and any(_NAME.match(line) for line in lines[1:head]) and marks:
        return 90, "properties in TOML and lines that begin with Q:, A: or C:"
    pairs = marks.count("A")
    is_whole = bool(marks) and marks.count("Q") == pairs and bool(_MARK.match(text.lstrip("\ufeff \n\r")))
    gaps = sum(bool(_GAP.search(line)) for line in lines if line.startswith("C:"))
    if is_whole and gaps == marks.count("C") and (pairs > 1 or gaps):
        return 58, "lines that begin with Q:, A: or C: from the first on"
    return 0, ""


def read(text: str, name: str) -> ImportReading:
    """One card for each question and each text with gaps."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    boilerplate: list[Lines] = []
    leftovers: list[Lines] = []
    deck, at = name, 0
    if lines and lines[0].strip() == "---":
        end = next((row for row, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
        for line in lines[1:end]:
            if match := _NAME.match(line):
                deck = match[1]
        if end:
            boilerplate.append(Lines(1, end + 1, "", "properties"))
            at = end + 1
    cards: list[ImportedCard] = []
    parts: dict[str, list[str]] = {}
    first, current = 0, ""

    def finish(last: int) -> None:
        nonlocal parts, current
        if parts:
            cards.append(_card(parts, first, last, len(cards) + 1))
        parts, current = {}, ""

    is_code = False
    for row in range(at, len(lines)):
        line = lines[row]
        mark = None if is_code else _MARK.match(line)
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        if mark and mark[1] in "QC":
            finish(row)
            first, current = row + 1, mark[1]
            parts = {current: [line[mark.end() :]]}
        elif mark and "Q" in parts and "A" not in parts:
            current = "A"
            parts["A"] = [line[mark.end() :]]
        elif not is_code and _RULE.match(line):
            finish(row)
            boilerplate.append(Lines(row + 1, row + 1, line, "separator"))
        elif current:
            parts[current].append(line)
        elif line.strip():
            leftovers.append(Lines(row + 1, row + 1, line.strip(), "outside of a card"))
    finish(len(lines))
    return ImportReading(NAME, deck, tuple(cards), tuple(boilerplate), tuple(leftovers))


def _card(parts: dict[str, list[str]], first: int, last: int, number: int) -> ImportedCard:
    text = {key: clean("\n".join(lines)) for key, lines in parts.items()}
    if "C" in text:
        front, back, kind = _with_deletions(text["C"]), "", "cloze"
    else:
        front, back, kind = text["Q"], text.get("A", ""), "basic"
    return ImportedCard(front, back, first, last, first, last, number, kind=kind)


def _with_deletions(text: str) -> str:
    r"""Gaps as deletions, each a card of its own; in code and formulas brackets are no gaps.

    >>> _with_deletions("[Oslo] is in [Norway], see [here](x) and \\[y\\]")
    '==1;;Oslo== is in ==2;;Norway==, see [here](x) and [y]'
    """
    dead = [match.span() for match in _DEAD.finditer(text)]
    count = 0

    def deletion(match: re.Match[str]) -> str:
        nonlocal count
        if any(start <= match.start() < end for start, end in dead):
            return match[0]
        count += 1
        return f"=={count};;{match[1].replace(chr(10), '<br>')}=="

    return re.sub(r"\\([\[\]])", r"\1", _GAP.sub(deletion, text))
