"""CSV and TSV, Quizlet's tab text, and Anki's own text export: one card a row."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.importers.model import ImportedCard, ImportReading, Lines
from vaultkit.cards.render.gaps import gapped, gaps_of

_COLUMNS = {
    "front": {"front", "question", "term", "recto", "prompt", "frage", "begriff", "vorderseite", "pregunta", "término",
              "domanda", "termine", "pergunta", "termo", "q", "expression", "word", "phrase", "vocabulary", "kanji", "wort",
              "mot", "palabra", "parola", "palavra", "单词", "問題", "问题", "単語"},
    "back": {"back", "answer", "definition", "verso", "réponse", "définition", "antwort", "rückseite", "respuesta",
             "definición", "risposta", "definizione", "resposta", "definição", "a", "meaning", "translation", "explanation",
             "bedeutung", "übersetzung", "traduction", "traducción", "significado", "traduzione", "tradução", "答案", "意味",
             "释义"},
    "tags": {"tags", "tag", "étiquettes", "schlagwörter", "etiquetas", "etichette"},
    "deck": {"deck", "paquet", "stapel", "mazo", "mazzo", "baralho"},
    "hint": {"hint", "indice", "hinweis", "pista", "suggerimento", "dica"},
    "guid": {"guid", "id"},
    "guarded": {"guarded"},
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
            raise VaultkitError(f"{name}:{before + 1}: invalid table row ({error}); check its quotes") from error
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


def csv_delimiter(text: str) -> str:
    """The delimiter of a file that says it is CSV: the likely one, else one that every row has; "" when none is."""
    likely = likely_delimiter(text)
    if likely:
        return likely
    lines = [line for line in text[:50_000].split("\n") if line.strip()]
    return next((delimiter for delimiter in _DELIMITERS if all(delimiter in line for line in lines)), "")


def header_of(row: Sequence[str]) -> dict[str, int]:
    """Column roles named by a header row; empty when the row is no header.

    Two names of columns prove a header; a question and an answer that have none are the first columns left.
    """
    roles: dict[str, int] = {}
    for index, cell in enumerate(row):
        word = cell.strip("\ufeff \t").casefold()
        for role, names in _COLUMNS.items():
            if word in names and role not in roles:
                roles[role] = index
    if len(roles) < 2 or (len(row) == 2 and not {"front", "back"} <= roles.keys()):
        return {}
    rest = [index for index, cell in enumerate(row) if index not in roles.values() and cell.strip()]
    for role in ("front", "back"):
        if role not in roles and rest:
            roles[role] = rest.pop(0)
    return roles if {"front", "back"} <= roles.keys() else {}


Columns = Mapping[str, Sequence[str]]
"""Roles with the names or numbers (from 1) of the columns that a user chose for them."""


def read_rows(
    text: str, name: str, *, format_name: str, delimiter: str, quotes: bool, columns: Columns | None = None
) -> ImportReading:
    """A table with or without a header.

    Raises:
        VaultkitError: a chosen column does not exist.
    """
    rows = list(rows_of(text, delimiter, quotes=quotes, name=name))
    boilerplate: list[Lines] = []
    leftovers: list[Lines] = []
    head: Sequence[str] = ()
    roles: dict[str, tuple[int, ...]] = {"front": (0,), "back": (1,)}
    if rows and (header := header_of(rows[0][2])):
        roles = {role: (index,) for role, index in header.items()}
        head = rows[0][2]
    elif rows and columns and _names_columns(rows[0][2], columns):
        head = rows[0][2]
    if head:
        first, last, row = rows.pop(0)
        boilerplate.append(Lines(first, last, delimiter.join(row), "header"))
    if columns:
        roles = _chosen(roles, columns, head or max((row for _, _, row in rows), key=len, default=()), name)
    widths = Counter(len(row) for _, _, row in rows)
    width = len(head) or (widths.most_common(1)[0][0] if widths else 2)
    cards: list[ImportedCard] = []
    unused: Counter[int] = Counter()
    for first, last, row in rows:
        if len(row) > max(width, 2):  # text with the delimiter in it, and without quotes
            row = [*row[: max(width, 2) - 1], delimiter.join(row[max(width, 2) - 1 :])]
        if len(row) < 2:
            leftovers.append(Lines(first, last, row[0].strip(), "one column only"))
            continue
        cells = {
            role: "\n".join(row[index].strip() for index in indexes if index < len(row) and row[index].strip())
            for role, indexes in roles.items()
        }
        used = {index for indexes in roles.values() for index in indexes}
        unused.update(index for index, cell in enumerate(row) if index not in used and cell.strip())
        cards.append(card_of(_unguarded(cells), first, last, len(cards) + 1, is_html=False))
    notes = tuple(
        f"column {head[index].strip() if index < len(head) and head[index].strip() else index + 1} is in no card "
        f"({count} {'cell' if count == 1 else 'cells'}); name columns with --front and --back"
        for index, count in sorted(unused.items())
    )
    return ImportReading(format_name, name, tuple(cards), tuple(boilerplate), tuple(leftovers), notes=notes)


def _names_columns(row: Sequence[str], columns: Columns) -> bool:
    """Whether a chosen column stands in the row by its name."""
    words = {cell.strip("\ufeff \t").casefold() for cell in row}
    chosen = [choice.strip().casefold() for choices in columns.values() for choice in choices]
    return any(choice in words and not choice.isdecimal() for choice in chosen)


def _chosen(
    roles: dict[str, tuple[int, ...]], columns: Columns, head: Sequence[str], name: str
) -> dict[str, tuple[int, ...]]:
    """The roles of the columns after a user's choice, which no other role has then."""
    words = [cell.strip("\ufeff \t").casefold() for cell in head]
    chosen: dict[str, tuple[int, ...]] = {}
    for role, choices in columns.items():
        indexes = []
        for choice in choices:
            word = choice.strip().casefold()
            if word.isdecimal() and 1 <= int(word) <= len(words):
                indexes.append(int(word) - 1)
            elif word in words and not word.isdecimal():
                indexes.append(words.index(word))
            else:
                raise VaultkitError(
                    f"{name}: --{role} {choice}: no such column; the columns are {', '.join(cell.strip() for cell in head)}"
                )
        if indexes:
            chosen[role] = tuple(indexes)
    taken = {index for indexes in chosen.values() for index in indexes}
    kept = {
        role: left
        for role, indexes in roles.items()
        if role not in chosen and (left := tuple(i for i in indexes if i not in taken))
    }
    free = [index for index in range(len(words)) if index not in taken and (index,) not in kept.values()]
    for role in ("front", "back"):
        if role not in chosen and role not in kept and free:
            kept[role] = (free.pop(0),)
    return kept | chosen


def _unguarded(cells: dict[str, str]) -> dict[str, str]:
    """The cells without the quote mark that an export put before what a spreadsheet would run."""
    for role in cells.get("guarded", "").split():
        if role in cells:
            cells[role] = cells[role].removeprefix("'")
    return cells


_PICTURE = re.compile(r"[^\s/\\\[\]|#^]+(?: [^\s/\\\[\]|#^]+)*\.(?:png|jpe?g|gif|webp|svg|bmp|avif)", re.IGNORECASE)


def card_of(cells: dict[str, str], first: int, last: int, number: int, *, is_html: bool) -> ImportedCard:
    """A card from the cells of one row by their roles."""
    from vaultkit.cards.render.from_html import field_to_markdown  # markdownify takes long to load

    front, back, hint = cells.get("front", ""), cells.get("back", ""), cells.get("hint", "")
    media: tuple[str, ...] = ()
    is_cloze = bool(gaps_of(front))
    if is_cloze:
        made = gapped(front if is_html else html.escape(front, quote=False).replace("\n", "<br>"))
        front, media = field_to_markdown(made.field)
    elif is_html:
        front, media = field_to_markdown(front)
    if is_html:
        back, more = field_to_markdown(back)
        media += more
    if _PICTURE.fullmatch(hint):  # Quizlet's third column
        back, hint, media = f"{back}\n![[{hint}]]", "", (*media, hint)
    return ImportedCard(
        front=_clean(front),
        back=_clean(back),
        line=first,
        end_line=last,
        first_line=first,
        last_line=last,
        number=number,
        tags=tuple(tag.strip("#").replace("::", "/") for tag in re.split(r"[\s,;]+", cells.get("tags", "")) if tag),
        hint=" ".join(hint.split()),
        deck=_deck(cells.get("deck", "")),
        key=cells.get("guid", ""),
        kind="cloze" if is_cloze or re.search(r"==\d+;;", front) else "basic",
        media=media,
    )


def _deck(cell: str) -> str:
    """A deck; of several tags that name decks, as an export writes them, the first.

    >>> _deck("flashcards/ml/rag flashcards/ai")
    'ml/rag'
    """
    words = cell.split()
    if len(words) > 1 and all("/" in word for word in words):
        cell = words[0]
    return cell.removeprefix("flashcards/")


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def read_anki_text(text: str, name: str) -> ImportReading:
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
    names = settings.get("columns", "").split(delimiter)
    named = {role: index for role, index in header_of(names).items() if index not in special.values()}
    remarks: list[str] = []
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
        if named:
            cells |= {role: row[index].strip() for role, index in named.items() if index < len(row)}
            used = {*special.values(), *named.values()}
            more = [cell.strip() for index, cell in enumerate(row) if index not in used and cell.strip()]
        else:
            cells |= {"front": fields[0], "back": fields[1] if len(fields) > 1 else ""}
            if len(fields) > 2 and fields[2].strip():
                cells["hint"] = fields[2].strip()
            more = [field.strip() for field in fields[3:] if field.strip()]
        if more:
            line_end = "<br>" if is_html else "\n"
            cells["back"] = line_end.join([cells["back"], *more])
            remarks.append(f"line {first + at}: {len(more)} further fields were added to the answer")
        if is_html and "hint" in cells:
            from vaultkit.cards.render.from_html import field_to_markdown

            cells["hint"] = field_to_markdown(cells["hint"])[0]
        cards.append(card_of(cells, first + at, last + at, len(cards) + 1, is_html=is_html))
    return ImportReading("anki", name, tuple(cards), tuple(boilerplate), tuple(leftovers), notes=tuple(remarks))


def _column(settings: dict[str, str], key: str, name: str) -> int:
    try:
        return int(settings[key]) - 1
    except ValueError:
        raise VaultkitError(f"{name}: #{key} must be the number of a column, not {settings[key]!r}") from None
