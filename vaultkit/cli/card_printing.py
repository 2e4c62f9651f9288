"""Tables, JSON and dates of the commands about cards."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import click

from vaultkit.base.csv_cells import guarded_cell
from vaultkit.base.errors import VaultkitError
from vaultkit.base.text import escape_control_chars, shown_json
from vaultkit.cli.console import echo


def day_of(text: str, zone: str = "") -> date:
    """Return the day that an option names; today when it is empty."""
    if zone:
        from zoneinfo import ZoneInfo

        try:
            today = datetime.now(ZoneInfo(zone)).date()
        except (KeyError, ValueError, OSError) as error:
            raise VaultkitError(f"--tz {zone}: no such time zone; name one such as Europe/Berlin") from error
    else:
        today = date.today()
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise VaultkitError(f"--date {text}: no such day; write it as 2026-01-31") from None


def days_of(text: str) -> int:
    """Return the number of days of an option such as ``7d``."""
    number = text.strip().lower().removesuffix("d")
    if not number.isdigit():
        raise VaultkitError(f"--ahead {text}: not a number of days; write it as 7d")
    return int(number)


def print_table(
    heads: list[str], rows: list[list[Any]], output_format: str, *, key: str, more: Mapping[str, Any] | None = None
) -> None:
    """Print rows as a table, as CSV or as JSON under ``key``."""
    if output_format == "json":
        names = [head.replace(" ", "_") for head in heads]
        print_json({"version": 1, key: [dict(zip(names, row, strict=True)) for row in rows], **(more or {})})
        return
    if output_format == "csv":
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows([guarded_cell(cell) for cell in row] for row in rows)
        return
    cells = [heads, *[["" if cell is None else escape_control_chars(str(cell)) for cell in row] for row in rows]]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    numeric = [bool(rows) and all(isinstance(row[at], int) for row in rows) for at in range(len(heads))]
    for number, row in enumerate(cells):
        line = "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        echo(click.style(line, bold=True) if number == 0 else line)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    sys.stdout.write(shown_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def shortened(text: str, length: int) -> str:
    """Return the text in one line, cut to ``length`` characters."""
    words = " ".join(text.split())
    return words if len(words) <= length else words[: length - 1] + "…"


def counted(number: int, word: str) -> str:
    """Return a number with its noun."""
    return f"{number} {word}{'' if number == 1 else 's'}"
