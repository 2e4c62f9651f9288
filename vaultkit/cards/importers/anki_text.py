"""Anki's text export: ``#separator:``, ``#html:``, columns for deck, tags and GUID."""

from __future__ import annotations

from vaultkit.cards.importers import table
from vaultkit.cards.importers.model import ImportReading

NAME = "anki"


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    head = text.lstrip("\ufeff")[:2000]
    named = [
        key for key in ("#separator:", "#html:", "#notetype column:", "#deck column:", "#guid column:") if key in head
    ]
    return (96, f"Anki's own header lines {', '.join(named)}") if head.startswith("#") and named else (0, "")


def read(text: str, name: str) -> ImportReading:
    """One card a row, fields as the header says."""
    return table.read_anki_text(text, name)
