"""CSV and TSV, Quizlet's tab text, and Anki's own text export: one card a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from vaultkit.cards.html_text import markdown_of
from vaultkit.cards.importers.model import ImportedCard, Lines, Reading
from vaultkit.errors import VaultkitError

_COLUMNS = {
    "front": {"front", "question", "term", "recto", "prompt", "frage", "begriff", "vorderseite", "pregunta", "término",
              "domanda", "termine", "pergunta", "termo", "q"},
    "back": {"back", "answer", "definition", "verso", "réponse", "définition", "antwort", "rückseite", "respuesta",
             "definición", "risposta", "definizione", "resposta", "definição", "a"},
    "tags": {"tags", "tag", "étiquettes", "schlagwörter", "etiquetas", "etichette"},
    "deck": {"deck", "paquet", "stapel", "mazo", "mazzo", "baralho"},
    "hint": {"hint", "indice", "hinweis", "pista", "suggerimento", "dica"},
    "guid": {"guid", "id"},
}  # fmt: skip
_DELIMITERS = (",", ";", "\t", "|")
_ANKI_SEPARATORS = {
    "comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_DIRECTIVE = re.compile(r"#([a-z ]+):(.*)$")
_LONGEST_ROW = 1_000_000


def rows_of(text: str, delimiter: str, *, quotes: bool, name: str) -> Iterator[tuple[int, int, list[str]]]:
    """(first line, last line, cells) of each row that is not blank.

    Raises:
        VaultkitError: a quote is never closed or a row is beyond any card.
    """
    csv.field_size_limit(_LONGEST_ROW)
    source = io.StringIO(text, newline="")
    if quotes:
        reader = csv.reader(source, delimiter=delimiter, strict=True)
    else:
        reader = csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    before = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise VaultkitError(
                f"{name}:{before + 1}: this row cannot be read as a table ({error}); check its quotes"
            ) from error
        first, before = before + 1, reader.line_num
        if any(cell.strip() for cell in row):
            yield first, reader.line_num, row


def likely_delimiter(text: str) -> str:
    """The delimiter that gives most rows the same number of two or more cells; "" when none does."""
    best, best_score = "", 0.0
    sample = text[:50_000]
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            widths = [len(row) for _, _, row in rows_of(sample, delimiter, quotes=delimiter != "\t", name="")]
        except VaultkitError:
            widths = [line.count(delimiter) + 1 for line in sample.split("\n") if line.strip()]
        if not widths:
            continue
        common = max(set(widths), key=widths.count)
        score = widths.count(common) / len(widths) if 2 <= common <= 12 else 0.0
        score += {"\t": 0.2, "|": 0.05, ";": 0.1}.get(delimiter, 0.0) if score else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best if best_score >= 0.6 else ""


def header_of(row: Sequence[str]) -> dict[str, int]:
    """Column roles named by a header row; empty when the row is no header."""
    roles: dict[str, int] = {}
    for index, cell in enumerate(row):
        word = cell.strip("\ufeff \t").casefold()
        for role, names in _COLUMNS.items():
            if word in names and role not in roles:
                roles[role] = index
    return roles if {"front", "back"} <= roles.keys() else {}


def read_rows(
    text: str, name: str, *, format_name: str, delimiter: str, quotes: bool, third: str = "", max_columns: int = 0
) -> Reading:
    """A table with or without a header. third: the role of a third column without a header."""
    roles = {"front": 0, "back": 1}
    cards: list[ImportedCard] = []
    boilerplate: list[Lines] = []
    leftovers: list[Lines] = []
    for first, last, row in rows_of(text, delimiter, quotes=quotes, name=name):
        if first == 1 or (not cards and not boilerplate):
            header = header_of(row)
            if header:
                roles = header
                boilerplate.append(Lines(first, last, delimiter.join(row), "header"))
                continue
        if len(row) < 2:
            leftovers.append(Lines(first, last, row[0].strip(), "one column only"))
            continue
        cells = {role: row[index].strip() for role, index in roles.items() if index < len(row)}
        if third and len(row) > 2 and roles == {"front": 0, "back": 1}:
            cells[third] = row[2].strip()
        cards.append(_card(cells, first, last, len(cards) + 1, is_html=False))
    return Reading(format_name, name, tuple(cards), tuple(boilerplate), tuple(leftovers))


def _card(cells: dict[str, str], first: int, last: int, number: int, *, is_html: bool) -> ImportedCard:
    front, back = cells.get("front", ""), cells.get("back", "")
    if is_html:
        front, back = markdown_of(front), markdown_of(back)
    return ImportedCard(
        front=_clean(front),
        back=_clean(back),
        line=first,
        end_line=last,
        first_line=first,
        last_line=last,
        number=number,
        tags=tuple(tag.strip("#").replace("::", "/") for tag in re.split(r"[\s,;]+", cells.get("tags", "")) if tag),
        hint=cells.get("hint", ""),
        deck=cells.get("deck", ""),
        key=cells.get("guid", ""),
        kind="cloze" if re.search(r"==\d+;;", front) and not back else "basic",
    )


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def read_anki_text(text: str, name: str) -> Reading:
    """Anki's plain-text export with its ``#`` lines.

    Raises:
        VaultkitError: a ``#`` line names no column or separator.
    """
    lines = text.split("\n")
    settings: dict[str, str] = {}
    boilerplate: list[Lines] = []
    at = 0
    while at < len(lines) and lines[at].lstrip("\ufeff").startswith("#"):
        line = lines[at].strip("\ufeff\r ")
        match = _DIRECTIVE.match(line)
        if match:
            settings[match[1].strip()] = match[2]
        boilerplate.append(Lines(at + 1, at + 1, line, "file header"))
        at += 1
    separator = settings.get("separator", "tab")
    delimiter = _ANKI_SEPARATORS.get(separator.strip().lower(), separator[:1] or "\t")
    special = {
        role: _column(settings, f"{key} column", name)
        for role, key in (("notetype", "notetype"), ("deck", "deck"), ("tags", "tags"), ("guid", "guid"))
        if f"{key} column" in settings
    }
    is_html = settings.get("html", "false").strip().lower() == "true"
    cards: list[ImportedCard] = []
    leftovers: list[Lines] = []
    body = "\n".join(lines[at:])
    for first, last, row in rows_of(body, delimiter, quotes=True, name=name):
        if row[0].startswith("#") and len(row) == 1:
            boilerplate.append(Lines(first + at, last + at, row[0], "comment"))
            continue
        fields = [cell for index, cell in enumerate(row) if index not in special.values()]
        if not fields:
            leftovers.append(Lines(first + at, last + at, delimiter.join(row), "no fields"))
            continue
        cells = {role: row[index] for role, index in special.items() if index < len(row)}
        cells["front"] = fields[0]
        cells["back"] = fields[1] if len(fields) > 1 else ""
        if len(fields) > 2 and fields[2].strip():
            cells["hint"] = fields[2].strip()
        cards.append(_card(cells, first + at, last + at, len(cards) + 1, is_html=is_html))
    return Reading("anki", name, tuple(cards), tuple(boilerplate), tuple(leftovers))


def _column(settings: dict[str, str], key: str, name: str) -> int:
    try:
        return int(settings[key]) - 1
    except ValueError:
        raise VaultkitError(f"{name}: #{key} must be the number of a column, not {settings[key]!r}") from None
