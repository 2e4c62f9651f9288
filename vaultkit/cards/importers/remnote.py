"""RemNote's Markdown: items with ``>>``, ``::`` and their kin between the sides, or with ``{{gaps}}``."""

from __future__ import annotations

import re

from vaultkit.base.record import record
from vaultkit.cards.importers.model import ImportedCard, ImportReading, Lines

NAME = "remnote"
_ITEM = re.compile(r"^([ \t]*)(?:[-*+]|[0-9]+\.)[ \t]+(.*)$")
# Several lines: the children are the answer. The longer signs come first.
_LISTED = re.compile(r"[ \t]*(>>>|<<<|<><|>>1\.|>>A\.|:::|;;;)[ \t]*$")
_BETWEEN = re.compile(r"(?<![\w:])[ \t]*(<>|><|>>|<<|::|;;|==|=-|->)[ \t]+(?=\S)|[ \t]+(<>|><|>>|<<|::|;;)(?=\S)")
_TELLING = re.compile(r"[ \t](?:>>>?|<<|<>|;;;?|>>1\.|>>A\.)(?:[ \t]|$)")
_GAP = re.compile(r"\{\{(?!\{)([^{}\n]+)\}\}(?:\(\{\^\{([^{}\n]*)\}\^\}\))?")
_BOTH_WAYS = ("<>", "><", "::", ":::", "<><")
_BACKWARD = ("<<", "<<<")


@record
class _Row:
    line: int
    indent: int
    text: str


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    items = [line for line in text.split("\n") if _ITEM.match(line)]
    telling = sum(bool(_TELLING.search(line)) for line in items)
    if telling >= 1 and suffix in (".md", ".txt", ""):
        return 62, f"{telling} items with RemNote's signs between two sides"
    return 0, ""


def read(text: str, name: str) -> ImportReading:
    """One card for each item with a sign or with gaps; the items above it are its section."""
    rows: list[_Row] = []
    leftovers: list[Lines] = []
    lines = text.split("\n")
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r")
        match = _ITEM.match(line)
        if match:
            rows.append(_Row(number, len(match[1].expandtabs(4)), match[2].strip()))
        elif line.strip() and rows:
            above_it = rows[-1]
            rows[-1] = _Row(above_it.line, above_it.indent, f"{above_it.text}\n{line.strip()}")
        elif line.strip():
            leftovers.append(Lines(number, number, line.strip(), "above the first item"))
    cards: list[ImportedCard] = []
    boilerplate: list[Lines] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        stop = next((index for index in range(at + 1, len(rows)) if rows[index].indent <= row.indent), len(rows))
        last = (rows[at + 1].line if at + 1 < len(rows) else len(lines) + 1) - 1
        end = (rows[stop].line if stop < len(rows) else len(lines) + 1) - 1
        above = _above(rows, at)
        if match := _LISTED.search(row.text):
            body = "\n".join(_child(child, rows[at + 1].indent) for child in rows[at + 1 : stop])
            cards.append(_made(row.text[: match.start()].strip(), body, match[1], row.line, end, len(cards) + 1, above))
            at = stop
            continue
        if match := _BETWEEN.search(row.text):
            sides = row.text[: match.start()].strip(), row.text[match.end() :].strip()
            cards.append(_made(*sides, match[1] or match[2], row.line, last, len(cards) + 1, above))
        elif _GAP.search(row.text):
            front = _GAP.sub(_Deletions(), row.text)
            cards.append(
                ImportedCard(front, "", row.line, last, row.line, last, len(cards) + 1, kind="cloze", section=above)
            )
        elif stop > at + 1:
            boilerplate.append(Lines(row.line, last, row.text, "section"))
        else:
            leftovers.append(Lines(row.line, last, row.text, "an item without a sign of a card"))
        at += 1
    return ImportReading(NAME, name, tuple(cards), tuple(boilerplate), tuple(leftovers))


def _above(rows: list[_Row], at: int) -> tuple[str, ...]:
    found: list[str] = []
    indent = rows[at].indent
    for row in reversed(rows[:at]):
        if row.indent < indent:
            found.insert(0, re.split(_BETWEEN, row.text)[0].strip())
            indent = row.indent
    return tuple(found)


def _child(row: _Row, indent: int) -> str:
    return f"{' ' * max(row.indent - indent, 0)}- {row.text}"


def _made(
    front: str, back: str, sign: str, first: int, last: int, number: int, section: tuple[str, ...]
) -> ImportedCard:
    if sign in _BACKWARD:
        front, back = back, front
    kind = "reversed" if sign in _BOTH_WAYS else "basic"
    return ImportedCard(front, back, first, last, first, last, number, kind=kind, section=section)


class _Deletions:
    """Writes gaps as deletions, numbered in order."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, match: re.Match[str]) -> str:
        self.count += 1
        hint = f";;{match[2]}" if match[2] else ""
        return f"=={self.count};;{match[1]}{hint}=="
