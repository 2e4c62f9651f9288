"""Quizlet's export: term, tab, definition, one card a line; quotes mean nothing."""

from __future__ import annotations

from vaultkit.cards.importers import table
from vaultkit.cards.importers.model import Reading

NAME = "quizlet"


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    if text.startswith("#separator:") or suffix == ".tsv":
        return 0, ""
    lines = [line for line in text.split("\n") if line.strip()]
    tabbed = sum(1 for line in lines if 1 <= line.strip().count("\t") <= 2)
    header = bool(lines) and bool(table.header_of(lines[0].rstrip("\r").split("\t")))
    if lines and tabbed >= 0.9 * len(lines) and not header:
        return 65, f"{tabbed} of {len(lines)} lines are term, tab, definition"
    return 0, ""


def read(text: str, name: str) -> Reading:
    """One card a line; a third column is a hint."""
    return table.read_rows(text, name, format_name=NAME, delimiter="\t", quotes=False, third="hint")
