"""Cells of a CSV file that a spreadsheet would run as a formula, which can start programs and send the sheet's content.

Source: OWASP, "CSV Injection". A quote mark in front makes a text of such a cell.
"""

from __future__ import annotations

import re
from typing import Any

_ALWAYS = ("=", "@", "\t", "\r", "＝", "＠", "＋", "－")
# A number, or an item of a list without a call, a reference to a sheet, or a program (`|`).
_HARMLESS = re.compile(r"[-+](?:[\d.,]+%?|[ \n][^(!|]*)", re.DOTALL)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the cell.

    >>> [is_formula(cell) for cell in ("=1+1", "-1+cmd", "-12.5", "- an item", "- cmd|' /C calc'!A0", "a=b")]
    [True, True, False, False, True, False]
    """
    return cell.startswith(_ALWAYS) or (cell.startswith(("+", "-")) and _HARMLESS.fullmatch(cell) is None)


def guarded_cell(value: Any) -> Any:
    """The value, with a quote mark in front if it is a formula."""
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
