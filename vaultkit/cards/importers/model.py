"""What every importer answers: cards with the lines they came from, and every other line accounted for."""

from __future__ import annotations

from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.cards.importers.repair import Repair


@record
class ImportedCard:
    """One card of a foreign file.

    line, end_line: first line of the front to last line with text of the card, from 1; 0 when the file has no lines.
    first_line, last_line: all lines the card accounts for, numbers and labels included.
    start … back_end: offsets in the text that was read; 0 when the file is no text.
    original: the front as written, when marks were taken out of it.
    number:   the card's own number in the file, or its position from 1.
    key:      the identity the file gives (an Anki GUID), "".
    kind:     "basic", "reversed" or "cloze".
    """

    front: str
    back: str
    line: int
    end_line: int
    first_line: int
    last_line: int
    number: int
    tags: tuple[str, ...] = ()
    original: str = ""
    hint: str = ""
    placeholder: str = ""
    section: tuple[str, ...] = ()
    deck: str = ""
    key: str = ""
    kind: str = "basic"
    flags: tuple[str, ...] = ()
    front_start: int = 0
    front_end: int = 0
    back_start: int = 0
    back_end: int = 0
    media: tuple[str, ...] = ()


@record
class Lines:
    """A range of input lines that are no card, and why. Lines from 1, both included."""

    line: int
    end_line: int
    text: str
    reason: str


@record
class ImportReading:
    """A foreign file, read.

    media:  name -> bytes, as pairs.
    origin: an `Origin` with the notes of an Anki package as they were; None for other files.
    """

    format: str
    deck: str
    cards: tuple[ImportedCard, ...]
    boilerplate: tuple[Lines, ...] = ()
    leftovers: tuple[Lines, ...] = ()
    repairs: tuple[Repair, ...] = ()
    evidence: str = ""
    media: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[str, ...] = ()
    origin: Any = None


def check_account(reading: ImportReading, text: str, name: str) -> None:
    """Every non-blank line of the input is a card, boilerplate or a listed leftover, and none is two of them.

    Raises:
        VaultkitError: a line is in none of them.
    """
    lines = text.split("\n")
    seen = bytearray(len(lines) + 2)
    ranges = [(card.first_line, card.last_line) for card in reading.cards]
    ranges += [(span.line, span.end_line) for span in (*reading.boilerplate, *reading.leftovers)]
    for first, last in ranges:
        seen[first : last + 1] = b"\x01" * (last + 1 - first)
    for number, line in enumerate(lines, start=1):
        if line.strip("\ufeff \t\r\n\u00a0") and not seen[number]:
            raise VaultkitError(
                f"{name}:{number}: line is not part of a card: `{line.strip()[:60]}`; "
                "nothing was written, please report the file's format"
            )
