"""Quizlet's export: term, tab, definition, one card a line; quotes mean nothing."""

from __future__ import annotations

from vaultkit.cards.importers import table
from vaultkit.cards.importers.model import ImportedCard, ImportReading, Lines
from vaultkit.cards.text_keys import clean

NAME = "quizlet"


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    if text.startswith("#separator:") or suffix == ".tsv":
        return 0, ""
    lines = [line for line in text.split("\n") if line.strip()]
    tabbed = sum(1 for line in lines if 1 <= line.strip(" \r").count("\t") <= 2)
    header = bool(lines) and bool(table.header_of(lines[0].rstrip("\r").split("\t")))
    if lines and tabbed >= 0.9 * len(lines) and not header:
        return 65, f"{tabbed} of {len(lines)} lines are term, tab, definition"
    if tabbed >= 2 and "\t" in lines[0].lstrip() and not header and all(line.count("\t") <= 2 for line in lines):
        return 55, f"{tabbed} of {len(lines)} lines are term, tab, definition, the others go on with an answer"
    return 0, ""


def read_with(text: str, name: str, field_separator: str, card_separator: str) -> ImportReading:
    """One card between two card separators, its sides between field separators, as Quizlet's dialogue offers."""
    cards: list[ImportedCard] = []
    leftovers: list[Lines] = []
    line = 1
    for piece in text.split(card_separator):
        first = line + len(piece) - len(piece.lstrip("\n"))
        last = first + piece.strip("\n").count("\n")
        line += piece.count("\n") + card_separator.count("\n")
        # A separator that text can hold as well separates only once; behind a second tab stands a picture or hint.
        fields = [field.strip() for field in piece.split(field_separator, 2 if field_separator == "\t" else 1)]
        if len(fields) >= 2:
            hint = fields[2] if len(fields) > 2 else ""
            cards.append(
                ImportedCard(clean(fields[0]), clean(fields[1]), first, last, first, last, len(cards) + 1, hint=hint)
            )
        elif piece.strip():
            leftovers.append(Lines(first, last, piece.strip(), "no field separator"))
    return ImportReading(NAME, name, tuple(cards), leftovers=tuple(leftovers))


def read(text: str, name: str) -> ImportReading:
    """A card begins at a line with a tab; lines without one belong to the answer above. A third column is a hint."""
    cards: list[ImportedCard] = []
    leftovers: list[Lines] = []
    rows: list[tuple[int, int, list[str]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        shown = line.rstrip("\r")
        if not shown.strip():
            continue
        if "\t" in shown:
            rows.append((number, number, shown.split("\t")))
        elif rows:
            first, last, cells = rows[-1]
            gap = "\n\n" if number > last + 1 else "\n"
            at = min(1, len(cells) - 1)
            cells[at] = f"{cells[at]}{gap}{shown}"
            rows[-1] = (first, number, cells)
        else:
            leftovers.append(Lines(number, number, shown.strip(), "above the first card"))
    for first, last, cells in rows:
        values = {"front": cells[0].strip(), "back": cells[1].strip(), "hint": "\t".join(cells[2:]).strip()}
        cards.append(table.card_of(values, first, last, len(cards) + 1, is_html=False))
    return ImportReading(NAME, name, tuple(cards), leftovers=tuple(leftovers))
