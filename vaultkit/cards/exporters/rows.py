"""Cards as rows of text: CSV, TSV, Quizlet, Anki text; and JSON with everything."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from vaultkit.base.csv_cells import is_formula
from vaultkit.base.process_pool import MAX_TICKETS, parallel_map
from vaultkit.cards.collection import Located, as_json
from vaultkit.cards.exporters.media import file_html, image_html, is_remote, named_html
from vaultkit.cards.text_keys import digest

SCHEMA_VERSION = 1
# With fewer blocks a second process costs more than it saves.
BLOCKS_WORTH_A_WORKER = 1500
BLOCKS_A_TICKET = 200


def guid_of(entry: Located, number: int = 0) -> str:
    """An identity for tables, which keep no state: the block id, else the note and the question."""
    block = entry.block
    name = block.block_id or f"{entry.path}\0{block.kind}\0{block.front}"
    return digest(f"{name}\0{number}", 12)


def csv_text(entries: Iterable[Located], *, delimiter: str = ",", is_safe: bool = False) -> str:
    """A header and one row a study card.

    is_safe: cells that a spreadsheet would run as formulas get a quote mark. Where there are any, a last column names
             them, so that an import can take it off again.
    """
    from vaultkit.cards.render.marks import without_hidden

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    heads = ["guid", "deck", "front", "back", "hint", "tags", "kind", "note", "line"]
    rows: list[list[str]] = []
    for entry in entries:
        block = entry.block
        for number, card in enumerate(block.cards):
            row = [
                guid_of(entry, number), " ".join(block.decks), without_hidden(card.front), without_hidden(card.back), card.hint or block.hint,
                " ".join(block.tags), block.kind, entry.path, str(block.line),
            ]  # fmt: skip
            if is_safe:
                guarded = [head for head, cell in zip(heads, row, strict=True) if is_formula(cell)]
                row = [f"'{cell}" if head in guarded else cell for head, cell in zip(heads, row, strict=True)]
                row.append(" ".join(guarded))
            rows.append(row)
    if is_safe and not any(row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    elif is_safe:
        heads = [*heads, "guarded"]
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue()


def anki_text(entries: Iterable[Located]) -> str:
    """Anki's text format with columns for GUID, deck and tags; fields are HTML."""
    from vaultkit.cards.render.html import card_html

    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#guid column:1\n#deck column:2\n#tags column:5\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for entry in entries:
        block = entry.block
        for number, card in enumerate(block.cards):
            deck = (block.decks[0] if block.decks else "vaultkit").removeprefix("flashcards/").replace("/", "::")
            tags = " ".join(tag.replace("/", "::") for tag in block.tags)
            writer.writerow(
                [guid_of(entry, number), deck, card_html(card.front, _picture), card_html(card.back, _picture), tags]
            )
    return out.getvalue()


def _picture(target: str, size: str) -> str:
    """A picture or sound as Anki names what lies in its media folder; what has no name of a file is named only."""
    if is_remote(target):
        return image_html(target, size)
    name = target.partition("#")[0].rpartition("/")[2]
    return file_html(name, size) if re.search(r"\.[A-Za-z0-9]{2,4}$", name) else named_html(target)


def quizlet_text(entries: Iterable[Located]) -> tuple[str, int]:
    """Term, tab, definition in plain text; and the number of sides whose lines were joined, as the format has none."""
    from vaultkit.cards.render.plain import card_text

    lines = []
    joined = 0
    for entry in entries:
        for card in entry.block.cards:
            sides = [card_text(card.front), card_text(card.back)]
            joined += sum("\n" in side for side in sides)
            front, back = (" ".join(side.split()) for side in sides)
            lines.append(f"{front}\t{back}\n")
    return "".join(lines), joined


def json_lines(entries: Sequence[Located]) -> str:
    """One block a line: a tenth of the time of an indented document, and lines can be searched."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    size = max(BLOCKS_A_TICKET, -(-len(entries) // MAX_TICKETS))
    starts = range(0, len(entries), size)

    def lines(ticket: int) -> str:
        first = starts[ticket]
        return ",\n".join([encode(as_json(entry)) for entry in entries[first : first + size]])

    return ",\n".join(
        parallel_map(len(starts), lines, len(entries) // BLOCKS_WORTH_A_WORKER + 1, encode=_to_bytes, decode=_to_text)
    )


def json_text(entries: Iterable[Located]) -> str:
    """Everything that is known of each block."""
    blocks = [as_json(entry) | {"guid": guid_of(entry)} for entry in entries]
    return json.dumps({"schema_version": SCHEMA_VERSION, "blocks": blocks}, ensure_ascii=False, indent=2) + "\n"


def _to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _to_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
