"""Summaries of the columns of a view: the ones of Obsidian, and those that a base defines.

Source: Obsidian Help, "Bases syntax", "Summaries". The help does not say which standard deviation is meant; this is
that of the whole population.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from vaultkit.base.errors import FormulaError, VaultkitError
from vaultkit.query.bases.dates import between
from vaultkit.query.bases.definition import Base, read_expression
from vaultkit.query.bases.evaluate import BaseRow
from vaultkit.query.bases.files import Files
from vaultkit.query.bases.values import CellFault, bounded, key_of

Number = int | float


def _numbers(values: Sequence[Any]) -> list[Number]:
    return [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]


def _dates(values: Sequence[Any]) -> list[datetime]:
    return [value for value in values if isinstance(value, datetime)]


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {} or isinstance(value, CellFault)


def _of_numbers(count: Callable[[list[Number]], Number]) -> Callable[[Sequence[Any]], Any]:
    def summary(values: Sequence[Any]) -> Any:
        numbers = _numbers(values)
        try:
            return bounded(count(numbers)) if numbers else None
        except OverflowError:
            return None

    return summary


def _range(values: Sequence[Any]) -> Any:
    """Of numbers, or of dates where no value is a number."""
    numbers, dates = _numbers(values), _dates(values)
    if numbers:
        return bounded(max(numbers) - min(numbers))
    return between(max(dates), min(dates)) if dates else None


SUMMARIES: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "Average": _of_numbers(lambda numbers: math.fsum(numbers) / len(numbers)),
    "Min": _of_numbers(min),
    "Max": _of_numbers(max),
    "Sum": _of_numbers(sum),
    "Range": _range,
    "Median": _of_numbers(statistics.median),
    "Stddev": _of_numbers(statistics.pstdev),
    "Earliest": lambda values: min(_dates(values), default=None),
    "Latest": lambda values: max(_dates(values), default=None),
    "Checked": lambda values: sum(value is True for value in values),
    "Unchecked": lambda values: sum(value is False for value in values),
    "Empty": lambda values: sum(map(_is_empty, values)),
    "Filled": lambda values: sum(not _is_empty(value) for value in values),
    "Unique": lambda values: len({key_of(value) for value in values if not _is_empty(value)}),
}


def summary_of(files: Files, base: Base, name: str, values: Sequence[Any]) -> Any:
    """The summary ``name`` of the values of a column; a `CellFault` where there is no such summary, or it is wrong."""
    if name in base.summaries:
        try:
            tree = read_expression(f"summary {name!r}", base.summaries[name])
            whole = [None if isinstance(value, CellFault) else value for value in values]
            return BaseRow(files, base.path, {}).value(tree, {"values": whole})
        except FormulaError as error:
            return CellFault(f"summary {name!r}: {error}")
        except VaultkitError as error:
            return CellFault(str(error))
    known = {one.lower(): one for one in SUMMARIES}
    found = known.get(name.lower())
    if found is None:
        near = get_close_matches(name.lower(), known, n=1)
        hint = f"; did you mean {known[near[0]]}?" if near else ""
        return CellFault(f"there is no summary {name!r}{hint}")
    return SUMMARIES[found](values)
