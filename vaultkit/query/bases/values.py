"""What an expression of a base can be, and how values are compared, added and shown.

A value is None, bool, int, float, str, list, dict, `datetime`, or a record of this module or of `dates`.
A value that a function does not accept is None, which is shown as nothing. A formula that cannot be read or needs
itself is a `CellFault`. Only a value that would fill the memory ends the answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.patterns import SafePattern
from vaultkit.base.record import record
from vaultkit.query.bases.dates import Day, Duration, between, moved, read_date, read_duration, shown_date
from vaultkit.vault.resolve import fold

# Beyond this a JavaScript number, which is what Obsidian counts with, is not exact.
EXACT = 2**53
# A text of so many characters, or a list of so many members, is a mistake in a formula, and would fill the memory.
MAX_TEXT = 1_000_000
# Where values that are none stand in a sorted list: behind numbers, dates and texts.
EMPTY = 3


class TagList(list[Any]):
    """Tags, of which `contains` finds also those below the one that is asked for."""

    def holds(self, wanted: str) -> bool:
        """Return whether the tag is among these, or one below it; "#" and case do not count."""
        key = fold(wanted.strip().lstrip("#").rstrip("/"))
        own = [fold(str(tag).strip().lstrip("#")) for tag in self]
        return any(tag == key or tag.startswith(key + "/") for tag in own)


@record
class File:
    """A file of the vault. path: as everywhere."""

    path: str


@record
class LinkValue:
    """A link. text: its linktext, or a URL; display: "" for none; path: the file it opens, None for none."""

    text: str
    display: str
    path: str | None


@record
class Pattern:
    """A regular expression. is_global: it has the flag g."""

    source: str
    flags: str
    compiled: SafePattern

    @property
    def is_global(self) -> bool:
        """Replaces all it finds, not only the first."""
        return "g" in self.flags


@record
class CellFault:
    """The value of a cell whose formula is wrong, shown as "error". message: the fault."""

    message: str


def type_of(value: Any) -> str:
    """The word of Obsidian for the type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    for kind, word in _TYPES:
        if isinstance(value, kind):
            return word
    raise TypeError(f"no value of a base: {type(value).__name__}")


_TYPES: tuple[tuple[Any, str], ...] = (
    (int | float, "number"),
    (str, "string"),
    (list, "list"),
    (dict, "object"),
    (datetime, "date"),
    (Duration, "duration"),
    (LinkValue, "link"),
    (File, "file"),
    (Pattern, "regexp"),
)


def is_truthy(value: Any) -> bool:
    """Whether a filter of this value lets the file through: null, false, 0, "" and [] do not."""
    return bool(value) if not isinstance(value, Duration) else value.number != 0


def _float_text(value: float) -> str:
    """The number as JavaScript writes it. Source: ECMA-262, "Number::toString".

    >>> [_float_text(one) for one in (2.0, 1e20, 1e21, 1e-6, 1.5e-7)]
    ['2', '100000000000000000000', '1e+21', '0.000001', '1.5e-7']
    """
    if abs(value) < EXACT and value == int(value):
        return str(int(value))
    _, digits, exponent = Decimal(repr(abs(value))).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + int(exponent)
    sign = "-" if value < 0 else ""
    if len(text) <= point <= 21:
        return sign + text + "0" * (point - len(text))
    if 0 < point <= 21:
        return f"{sign}{text[:point]}.{text[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{text}"
    rest = f".{text[1:]}" if len(text) > 1 else ""
    return f"{sign}{text[0]}{rest}e{point - 1:+d}"


def text_of(value: Any) -> str:
    """The value as a text, as ``toString()`` and all tables show it.

    >>> text_of([1.0, True, None, LinkValue("Cell", "the cell", None)])
    '1, true, , [[Cell|the cell]]'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, list):
        return joined(", ", map(text_of, value))
    if isinstance(value, dict):
        return joined(", ", (f"{key}: {text_of(member)}" for key, member in value.items()))
    if isinstance(value, datetime):
        return shown_date(value)
    if isinstance(value, Duration):
        return text_of(value.number)
    if isinstance(value, LinkValue):
        return _link_text(value)
    if isinstance(value, Pattern):
        return f"/{value.source}/{value.flags}"
    if isinstance(value, CellFault):
        return "error"
    return value.path if isinstance(value, File) else str(value)


def joined(mark: str, texts: Iterable[str]) -> str:
    """The texts with the mark between them.

    Raises:
        VaultkitError: there would be more than `MAX_TEXT` characters.
    """
    found = []
    left = MAX_TEXT
    for text in texts:
        left -= len(text) + len(mark)
        if left < -len(mark):
            raise too_large()
        found.append(text)
    return mark.join(found)


def checked(value: Any) -> Any:
    """The value, when it has at most `MAX_TEXT` members and characters, all levels counted.

    Raises:
        VaultkitError: it has more.
    """
    left = MAX_TEXT
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            left -= len(one)
        elif isinstance(one, list | dict):
            left -= len(one)
            if left >= 0:
                pending += one.values() if isinstance(one, dict) else one
        if left < 0:
            raise too_large()
    return value


def too_large() -> VaultkitError:
    """The error for a value that would fill the memory."""
    return VaultkitError(f"a value of a base grew beyond {MAX_TEXT:,} characters; look at its formulas")


def _link_text(link: LinkValue) -> str:
    if "://" in link.text:
        return f"[{link.display}]({link.text})" if link.display else link.text
    return f"[[{link.text}|{link.display}]]" if link.display else f"[[{link.text}]]"


def json_of(value: Any) -> Any:
    """The value as JSON holds it: numbers, texts, lists and objects as they are, all else as it is shown."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, CellFault):
        return None
    if isinstance(value, Duration):
        return json_of(value.number)
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if abs(value) < EXACT and value == int(value) else value
    if isinstance(value, list):
        return [json_of(member) for member in value]
    if isinstance(value, dict):
        return {key: json_of(member) for key, member in value.items()}
    return text_of(value)


def number_of(value: Any) -> int | float | None:
    """The value as a number; dates are milliseconds since 1970. None when it is none."""
    if isinstance(value, int | float):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, Duration):
        return value.number
    if isinstance(value, datetime):
        try:
            return int(value.timestamp() * 1000)
        except (OverflowError, OSError, ValueError):  # years that the system's clock does not know
            return None
    if isinstance(value, str):
        text = value.strip()
        if not text.isascii() or not text or "_" in text or text[-1].isalpha():
            return None
        try:
            return bounded(float(text) if any(mark in text for mark in ".eE") else int(text[:400]))
        except ValueError:
            return None
    return None


def bounded(number: int | float) -> int | float | None:
    """The number as JavaScript would hold it; None for infinity and for what is no number."""
    if isinstance(number, int) and abs(number) > EXACT:
        number = float(number) if abs(number) < 2**1023 else math.inf
    return None if isinstance(number, float) and not math.isfinite(number) else number


def key_of(value: Any) -> Any:
    """What two equal values of one type have in common, to be compared and hashed."""
    if isinstance(value, File):
        return "file", value.path
    if isinstance(value, LinkValue):
        return ("file", value.path) if value.path is not None else ("link", fold(value.text.strip()))
    if isinstance(value, list):
        return "list", tuple(map(key_of, value))
    if isinstance(value, dict):
        return "object", tuple(sorted((key, key_of(member)) for key, member in value.items()))
    if isinstance(value, datetime):
        return "date", value.replace(tzinfo=None).isoformat()
    return type_of(value), value.number if isinstance(value, Duration) else text_of(value)


def are_equal(one: Any, two: Any) -> bool:
    """``==``: links and files by the file they mean, dates and numbers also when the other is written as a text."""
    if isinstance(one, str) and not isinstance(two, str):
        one, two = two, one
    if isinstance(two, str):
        if isinstance(one, datetime):
            other = read_date(two)
            return other is not None and are_equal(one, other)
        if isinstance(one, LinkValue):
            return fold(two.strip().removeprefix("[[").removesuffix("]]").partition("|")[0]) in (
                fold(one.text),
                fold(one.path or one.text),
            )
        if isinstance(one, File):
            return two == one.path
    if isinstance(one, datetime) and isinstance(two, datetime) and (isinstance(one, Day) or isinstance(two, Day)):
        return one.date() == two.date()  # a day equals every time in it (release notes 1.9.5)
    numbers = number_of(one), number_of(two)
    if None not in numbers and not isinstance(one, bool | datetime) and not isinstance(two, bool | datetime):
        return numbers[0] == numbers[1] if not (isinstance(one, str) and isinstance(two, str)) else one == two
    return bool(key_of(one) == key_of(two))


def order_of(one: Any, two: Any) -> int | None:
    """-1, 0 or 1: how the one stands to the other; None where they cannot be compared."""
    if isinstance(one, datetime) or isinstance(two, datetime):
        first = read_date(one) if isinstance(one, str) else one
        second = read_date(two) if isinstance(two, str) else two
        if isinstance(first, datetime) and isinstance(second, datetime):
            return (first > second) - (first < second)
    if isinstance(one, str) and isinstance(two, str):
        return (one > two) - (one < two)
    left, right = number_of(one), number_of(two)
    if left is not None and right is not None:
        return (left > right) - (left < right)
    if isinstance(one, LinkValue | File) and isinstance(two, LinkValue | File):
        return order_of(text_of(one), text_of(two))
    return None


def sort_key(value: Any) -> tuple[int, Any]:
    """Where the value stands in a sorted list: numbers, dates, then texts without regard to case; null last."""
    if value is None or value == "" or value == [] or isinstance(value, CellFault):
        return EMPTY, ""
    if isinstance(value, datetime):
        return 1, value.replace(tzinfo=None).isoformat()
    number = number_of(value) if not isinstance(value, str) else None
    if number is not None:
        return 0, number
    shown = value.display or value.text if isinstance(value, LinkValue) else text_of(value)
    return 2, (shown.casefold(), shown)


def added(one: Any, two: Any) -> Any:
    """``+``: of numbers, of a date and a duration, of two lists, else the texts behind each other."""
    if isinstance(one, datetime):
        by = two if isinstance(two, Duration) else read_duration(two) if isinstance(two, str) else None
        if by is not None:
            return moved(one, by)
    if isinstance(one, Duration) and isinstance(two, Duration):
        return Duration(one.months + two.months, one.milliseconds + two.milliseconds)
    if isinstance(one, Duration) and isinstance(two, datetime):
        return moved(two, one)
    if isinstance(one, list) and isinstance(two, list):
        return [*one, *two]
    if isinstance(one, str | list | LinkValue | File | datetime) or isinstance(
        two, str | list | LinkValue | File | datetime
    ):
        return text_of(one) + text_of(two)
    return _counted(one, two, lambda a, b: a + b)


def subtracted(one: Any, two: Any) -> Any:
    """``-``: of numbers, of two dates (a duration), of a date and a duration."""
    if isinstance(one, datetime):
        if isinstance(two, datetime):
            return between(one, two)
        by = two if isinstance(two, Duration) else read_duration(two) if isinstance(two, str) else None
        if by is not None:
            return moved(one, by, -1)
        other = read_date(two) if isinstance(two, str) else None
        return between(one, other) if other is not None else None
    if isinstance(one, Duration) and isinstance(two, Duration):
        return Duration(one.months - two.months, one.milliseconds - two.milliseconds)
    return _counted(one, two, lambda a, b: a - b)


def multiplied(one: Any, two: Any) -> Any:
    """``*``; a duration stands on the left."""
    factor = number_of(two)
    if isinstance(one, Duration) and factor is not None and not isinstance(two, Duration):
        months = one.months * factor
        rest = (months - int(months)) * Duration(1, 0).number
        return Duration(int(months), one.milliseconds * factor + rest)
    return _counted(one, two, lambda a, b: a * b)


def divided(one: Any, two: Any) -> Any:
    """``/``; None by zero."""
    factor = number_of(two)
    if isinstance(one, Duration) and factor and not isinstance(two, Duration):
        return multiplied(one, 1 / factor)
    return _counted(one, two, lambda a, b: a / b if b else None)


def remainder(one: Any, two: Any) -> Any:
    """``%``, with the sign of the left side, as in JavaScript; None by zero."""
    return _counted(one, two, lambda a, b: math.copysign(abs(a) % abs(b), a) if b else None)


def _counted(one: Any, two: Any, count: Callable[[Any, Any], int | float | None]) -> int | float | None:
    left, right = number_of(one), number_of(two)
    if left is None or right is None:
        return None
    try:
        found = count(left, right)
    except OverflowError:
        return None
    return None if found is None else bounded(found)
