"""A foreign file to cards, every line of it accounted for: decode, repair, detect, read, check."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import changed
from vaultkit.cards.checks.problem import Problem
from vaultkit.cards.checks.problems import problems_of, status_of
from vaultkit.cards.importers import csv_table, quizlet, tsv_table
from vaultkit.cards.importers.anki_package import SUFFIXES, is_package, read_package
from vaultkit.cards.importers.detect import TextImporter, detect, text_importers
from vaultkit.cards.importers.mochi import SUFFIXES as MOCHI_SUFFIXES
from vaultkit.cards.importers.mochi import is_mochi, read_mochi
from vaultkit.cards.importers.model import ImportedCard, ImportReading, check_account
from vaultkit.cards.importers.repair import has_lost_greek, repaired
from vaultkit.cards.model import Kind
from vaultkit.cards.reader.exports_in_notes import block_of

MAX_TEXT_BYTES = 100_000_000
MAX_LINE = 100_000


def read_source(data: bytes, name: str, *, format_name: str = "auto", deck: str = "", repair: bool = True,
    field_separator: str = "", card_separator: str = "", reflow: bool = False, columns: Mapping[str, Sequence[str]] | None = None,
) -> ImportReading:  # fmt: skip
    """The cards of a file.

    name:        of the file, for its suffix and for messages.
    format_name: "auto" or the name of an importer.
    deck:        used instead of the file's own title.
    columns:     roles ("front", "back", "tags") with the columns of a table that the user chose for them.

    Raises:
        VaultkitError: the file cannot be read as cards, or a line of it is in no card and no list.
    """
    suffix = PurePath(name).suffix.lower()
    if is_package(data) or suffix in (*SUFFIXES, *MOCHI_SUFFIXES):
        if not is_package(data):
            raise VaultkitError(f"{name}: not a zip file, despite its extension; export it again")
        reading = read_mochi(data, name) if is_mochi(data) else read_package(data, name)
    else:
        reading = _read_text(data, name, suffix, format_name, (field_separator, card_separator), repair, columns)
    if not reading.cards:
        raise VaultkitError(f"{name}: no cards found as {reading.format}; check the file or set its format with --from")
    if reflow:
        cards = tuple(changed(card, back=reflowed(card.back)) for card in reading.cards)
        reading = changed(reading, cards=cards)
    return changed(reading, deck=deck) if deck else reading


_LABEL = r"(?:EXAMPLES?|HOW|WHY|WHEN|WHAT|USES|DEFINITION|OUTCOME|METHOD|REFERENCES|ALGO|HISTORY)\b"


def reflowed(back: str) -> str:
    """A flattened answer with its items and capital labels on lines of their own; undone by making lines spaces.

    >>> reflowed("Steps: 1. mix 2. bake")
    'Steps:\\n1. mix\\n2. bake'
    """
    if "\n" in back:
        return back
    made = back
    numbers = [int(number) for number in re.findall(r"(?:^| )(\d{1,2})\. (?=\S)", made)]
    if len(numbers) >= 2 and numbers == list(range(1, len(numbers) + 1)):
        made = re.sub(r" (?=\d{1,2}\. \S)", "\n", made)
    if made.count(" - ") + made.startswith("- ") >= 2:
        made = re.sub(r" (?=- \S)", "\n", made)
    made = re.sub(rf"(?<![A-Z]) (?={_LABEL}(?: [A-Z]{{2,}})*(?: |:))(?![A-Z]+ [a-z]+\?)", "\n", made)
    return made if made.replace("\n", " ") == back else back


def _read_text(
    data: bytes,
    name: str,
    suffix: str,
    format_name: str,
    separators: tuple[str, str],
    repair: bool,
    columns: Mapping[str, Sequence[str]] | None,
) -> ImportReading:
    text, remark = decoded(data, name)
    if not text.strip():
        raise VaultkitError(f"{name}: empty file; export the cards again")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE and not text.lstrip("\ufeff \n").startswith("{"):
            raise VaultkitError(
                f"{name}:{number}: line too long for a card: {len(line):,} characters (limit {MAX_LINE:,}); check the file"
            )
    repairs = repaired(text) if repair else (text, ())
    known = text_importers()
    if any(separators):
        stem = _deck_of(name)
        reading = quizlet.read_with(repairs[0], stem, separators[0] or "\t", separators[1] or "\n")
        check_account(reading, repairs[0], name)
        return changed(reading, repairs=repairs[1], evidence="separators from the command line")
    if format_name == "auto":
        importer, evidence = detect(repairs[0], suffix, name)
    elif format_name in known:
        importer, evidence = known[format_name], "set on the command line"
    else:
        raise VaultkitError(f"--from {format_name}: unknown format; the formats are {', '.join(sorted(known))}")
    stem = _deck_of(name)
    if columns and importer.NAME not in ("csv", "tsv"):
        if importer.NAME != "quizlet":
            raise VaultkitError(f"{name}: --front, --back and --tags need a table, and {importer.NAME} has no columns")
        importer = known["tsv"]
    try:
        reading = table_reading(importer, repairs[0], stem, columns) if columns else importer.read(repairs[0], stem)
    except VaultkitError as error:  # an importer knows the file by the name of its deck only
        raise VaultkitError(f"{name}{str(error).removeprefix(stem)}") from error
    check_account(reading, repairs[0], name)
    cards = reading.cards
    if importer.NAME == "worksheet" and repair and has_lost_greek(text):
        # The emoji that mark topics are beyond repair; the damaged text still shows where they were.
        names = {entry.before.strip(): entry.after.strip() for entry in repairs[1]}
        sections = [card.section for card in importer.read(text, stem).cards]
        cards = tuple(
            changed(card, section=tuple(names.get(part, part) for part in section))
            for card, section in zip(cards, sections, strict=True)
        )
    notes = reading.notes + ((remark,) if remark else ())
    if hints := sum(1 for card in cards if card.hint and card.kind == "cloze"):
        notes += (f"{hints} cloze hints were skipped: notes do not support them",)
    return changed(reading, cards=cards, repairs=repairs[1], evidence=evidence, notes=notes)


def table_reading(importer: TextImporter, text: str, name: str, columns: Mapping[str, Sequence[str]]) -> ImportReading:
    """A table of which the user has named columns."""
    return (csv_table.read if importer.NAME == "csv" else tsv_table.read)(text, name, columns)


def _deck_of(name: str) -> str:
    """The deck that the name of a file gives; standard input has none."""
    return "Flashcards" if name == "-" else PurePath(name).stem or "Flashcards"


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and, when it is not UTF-8, a remark; line ends become ``\\n``.

    Raises:
        VaultkitError: the bytes are no text.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise VaultkitError(f"{name}: file too large: {len(data):,} bytes; split the file")
    remark = ""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise VaultkitError(f"{name}: invalid UTF-16 ({error.reason}); save the file again") from error
        remark = "read as UTF-16"
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if b"\0" in data:
                raise VaultkitError(
                    f"{name}: not a text file; use a text, .csv, .tsv, .apkg or .colpkg file"
                ) from error
            text = data.decode("cp1252", "replace")
            remark = "not UTF-8, so read as Windows-1252"
    if "\0" in text:
        raise VaultkitError(f"{name}: not a text file; use a text, .csv, .tsv, .apkg or .colpkg file")
    return text.replace("\r\n", "\n").replace("\r", "\n"), remark


_KINDS: dict[str, Kind] = {"brainscape": "brainscape", "quizwiz": "quizwiz", "worksheet": "worksheet"}


def card_problems(card: ImportedCard, format_name: str) -> list[Problem]:
    """What is wrong with a card of the file."""
    kind: Kind = "cloze" if card.kind == "cloze" else _KINDS.get(format_name, "qa")
    return problems_of(block_of(card, kind))


_FLAGS = {
    "empty-question": "empty",
    "empty-answer": "empty",
    "placeholder-answer": "placeholder",
    "review-marker": "todo",
    "answer-needs-image": "see-image",
    "truncated-answer": "truncated",
    "dangling-section": "dangling-heading",
    "truncated-question": "question-fragment",
    "unfilled-blank": "fill-in",
    "empty-item": "empty-list-item",
}


def report(reading: ImportReading) -> dict[str, Any]:
    """The reading as JSON: format, deck, cards with their status, and what became of every other line."""
    damaged = {entry.line for entry in reading.repairs}
    cards = []
    for card in reading.cards:
        problems = card_problems(card, reading.format)
        flags = list(dict.fromkeys(_FLAGS[p.kind] for p in problems if p.kind in _FLAGS))
        if any(line in damaged for line in range(card.line, card.end_line + 1) if card.line):
            flags.append("mojibake")
        entry: dict[str, Any] = {
            "front": card.front,
            "back": card.back,
            "line": card.line,
            "end_line": card.end_line,
            "tags": list(card.tags),
            "status": status_of(problems),
            "flags": flags,
        }
        for key in ("original", "hint", "placeholder", "key"):
            if getattr(card, key):
                entry[key] = getattr(card, key)
        if card.section:
            entry["section"] = list(card.section)
        if card.kind != "basic":
            entry["kind"] = card.kind
        cards.append(entry)
    return {
        "format": reading.format,
        "deck": reading.deck,
        "cards": cards,
        "boilerplate": [_lines(span) for span in reading.boilerplate],
        "leftovers": [_lines(span) for span in reading.leftovers],
        "repairs": [
            {"line": entry.line, "before": entry.before, "after": entry.after, "lost": entry.lost}
            for entry in reading.repairs
        ],
    }


def _lines(span: Any) -> dict[str, Any]:
    return {"line": span.line, "end_line": span.end_line, "text": span.text, "reason": span.reason}


def by_deck(reading: ImportReading, cards: Sequence[ImportedCard]) -> dict[str, list[ImportedCard]]:
    """The cards by the deck that each names, else by the deck of the file."""
    decks: dict[str, list[ImportedCard]] = {}
    for card in cards:
        decks.setdefault(card.deck or reading.deck, []).append(card)
    return decks
