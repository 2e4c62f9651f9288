"""TSV: tab-separated columns with a header row or the suffix ``.tsv``; quotes group."""

from __future__ import annotations

from vaultkit.cards.importers import table
from vaultkit.cards.importers.model import ImportReading

NAME = "tsv"


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    if table.likely_delimiter(text) != "\t" or text.startswith("#separator:"):
        return 0, ""
    header = bool(table.header_of(text.split("\n", 1)[0].rstrip("\r").split("\t")))
    if suffix == ".tsv" or header:
        return 72, "tabs between the columns" + (" and a header row" if header else " and the suffix .tsv")
    return 0, ""


def read(text: str, name: str, columns: table.Columns | None = None) -> ImportReading:
    """One card a row. columns: what the user says of them."""
    return table.read_rows(text, name, format_name=NAME, delimiter="\t", quotes=True, columns=columns)
