"""CSV: comma, semicolon or bar between the columns, with or without a header row."""

from __future__ import annotations

from vaultkit.cards.importers import table
from vaultkit.cards.importers.model import ImportReading

NAME = "csv"


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    delimiter = table.csv_delimiter(text) if suffix == ".csv" else table.likely_delimiter(text)
    if delimiter in ("", "\t") or text.startswith("#separator:"):
        return 0, ""
    first = next(
        table.rows_of(text[:5000].split("\n\n", 1)[0].split("\n", 1)[0], delimiter, quotes=False, name=""), None
    )
    header = first is not None and bool(table.header_of(first[2]))
    if suffix == ".csv":
        return 70, f"the suffix .csv and columns between {delimiter!r}"
    return (60, f"a header row between {delimiter!r}") if header else (0, "")


def read(text: str, name: str, columns: table.Columns | None = None) -> ImportReading:
    """One card a row. columns: what the user says of them."""
    delimiter = table.csv_delimiter(text) or ","
    return table.read_rows(text, name, format_name=NAME, delimiter=delimiter, quotes=True, columns=columns)
