"""The functions of bases: what each takes and answers.

Source: Obsidian Help, "Functions". ``if``, ``filter``, ``map`` and ``reduce`` are in `evaluate`, since
they do not look at all that stands between their parentheses.
"""

from __future__ import annotations

import html
import math
import random
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from vaultkit.base.record import record
from vaultkit.query.bases.dates import Day, Duration, formatted, read_date, read_duration, relative
from vaultkit.query.bases.files import Files
from vaultkit.query.bases.values import (
    MAX_TEXT,
    File,
    LinkValue,
    Pattern,
    TagList,
    are_equal,
    bounded,
    divided,
    is_truthy,
    joined,
    key_of,
    number_of,
    sort_key,
    text_of,
    too_large,
    type_of,
)


@record
class Function:
    """run: (files, value it is called on, *arguments) -> value. low, high: number of arguments; high None for any."""

    run: Callable[..., Any]
    low: int = 0
    high: int | None = 0


def _date(files: Files, value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, LinkValue):  # a link to a daily note is its day
        return read_date(value.text.rpartition("/")[2])
    if not isinstance(value, str):
        return None
    month_first = re.fullmatch(r"\s*(\d\d?)/(\d\d?)/(\d{4})(.*)", value, re.ASCII)
    if month_first:
        return read_date(f"{month_first[3]}-{month_first[1]}-{month_first[2]}{month_first[4]}")
    return read_date(value)


def _file(files: Files, value: Any) -> File | None:
    if isinstance(value, File):
        return value
    if isinstance(value, LinkValue):
        return None if value.path is None else File(value.path)
    return _file(files, files.link(value)) if isinstance(value, str) else None


def _link(files: Files, value: Any, display: Any = None) -> LinkValue | None:
    shown = text_of(display)
    if isinstance(value, LinkValue):
        return LinkValue(value.text, shown or value.display, value.path)
    if isinstance(value, File):
        return files.link_to(value.path, shown)
    return None if value is None else files.link(text_of(value), shown)


def _numbers(values: tuple[Any, ...]) -> list[int | float]:
    flat = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    return [number for number in map(number_of, flat) if number is not None]


GLOBALS: Mapping[str, Function] = {
    "date": Function(_date, 1, 1),
    "duration": Function(lambda _, value: read_duration(text_of(value)), 1, 1),
    "escapeHTML": Function(lambda _, value: html.escape(text_of(value)), 1, 1),
    "file": Function(_file, 1, 1),
    "html": Function(lambda _, value: text_of(value), 1, 1),
    "icon": Function(lambda _, value: text_of(value), 1, 1),
    "image": Function(lambda _, value: value, 1, 1),
    "link": Function(_link, 1, 2),
    "list": Function(lambda _, value: value if isinstance(value, list) else [] if value is None else [value], 1, 1),
    "max": Function(lambda _, *values: max(_numbers(values), default=None), 1, None),
    "min": Function(lambda _, *values: min(_numbers(values), default=None), 1, None),
    "now": Function(lambda files: files.now),
    "number": Function(lambda _, value: number_of(value), 1, 1),
    "random": Function(lambda _: random.random()),
    "today": Function(lambda files: Day(files.now.year, files.now.month, files.now.day)),
}


def _sliced(_: Files, value: Any, start: Any = 0, end: Any = None) -> Any:
    first, last = number_of(start), number_of(end)
    return value[int(first or 0) : None if last is None else int(last)]


# Source: ECMA-262, "GetSubstitution".
_REPLACED = re.compile(r"\$(?:([$&`'])|(\d\d?)|<([^<>]*)>)", re.ASCII)


def _group(match: re.Match[str], found: re.Match[str]) -> str:
    """What a mark such as ``$1`` in a replacement stands for."""
    sign, number, name = found.groups()
    if sign is not None:
        around = {"$": "$", "&": match[0], "`": match.string[: match.start()], "'": match.string[match.end() :]}
        return around[sign]
    if name is not None:
        names = match.re.groupindex
        return (match[name] or "") if name in names else ("" if names else found[0])
    for digits in (number, number[0]):
        if 1 <= int(digits) <= match.re.groups:
            return (match[int(digits)] or "") + number[len(digits) :]
    return found[0]


def _replaced(_: Files, value: str, pattern: Any, replacement: Any = "") -> str | None:
    text = text_of(replacement)
    if not isinstance(pattern, Pattern):
        wanted = text_of(pattern)
        if len(value) + value.count(wanted) * len(text) > MAX_TEXT:
            raise too_large()
        return value.replace(wanted, text)

    if pattern.compiled.quick is None:  # it could take for ever
        return None
    left = MAX_TEXT

    def filled(match: re.Match[str]) -> str:
        nonlocal left
        new = _REPLACED.sub(lambda found: _group(match, found), text)
        left -= len(new)
        if left < 0:
            raise too_large()
        return new

    found: str = pattern.compiled.quick.sub(filled, value, count=0 if pattern.is_global else 1)
    return found


def _split(_: Files, value: str, separator: Any, number: Any = None) -> list[str] | None:
    if isinstance(separator, Pattern):
        if separator.compiled.quick is None:  # it could take for ever
            return None
        parts = [part or "" for part in separator.compiled.quick.split(value)]
    else:
        parts = value.split(text_of(separator)) if text_of(separator) else list(value)
    limit = number_of(number)
    return parts if limit is None else parts[: max(0, int(limit))]


def _repeated(_: Files, value: str, number: Any) -> str | None:
    times = int(number_of(number) or 0)
    return value * max(0, times) if len(value) * times <= MAX_TEXT else None


def _titled(_: Files, value: str) -> str:
    return re.sub(r"[^\W_]\S*", lambda match: match[0][:1].upper() + match[0][1:].lower(), value)


def _nearest(number: int | float) -> int:
    """The nearest integer; of two, the larger one. Adding 0.5 is not exact for large numbers."""
    below = math.floor(number)
    return below + (number - below >= 0.5)


def _rounded(_: Files, value: Any, digits: Any = 0) -> int | float | None:
    places = int(number_of(digits) or 0)
    number = number_of(value)
    if number is None or not -15 <= places <= 15:
        return number
    if places == 0:
        return bounded(_nearest(number))
    shifted = _nearest(number * 10**places)
    return bounded(shifted / 10**places if places > 0 else int(shifted / 10**places))


def _fixed(_: Files, value: Any, digits: Any = 0) -> str:
    """As JavaScript rounds: of two numbers that are equally near the larger one, whatever its sign."""
    places = min(100, max(0, int(number_of(digits) or 0)))
    number = number_of(value) or 0
    with localcontext(prec=450):
        text = str(Decimal(abs(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return f"-{text}" if number < 0 else text


def _flat(_: Files, value: list[Any]) -> list[Any]:
    return [member for inner in value for member in (inner if isinstance(inner, list) else [inner])]


def _unique(_: Files, value: list[Any]) -> list[Any]:
    first: dict[Any, Any] = {}
    for member in value:
        first.setdefault(key_of(member), member)
    return list(first.values())


def _holds(value: list[Any], wanted: Any) -> bool:
    if isinstance(value, TagList) and isinstance(wanted, str):
        return value.holds(wanted)
    return any(are_equal(member, wanted) for member in value)


def _texts(values: tuple[Any, ...]) -> list[str]:
    return [text_of(value) for value in (values[0] if len(values) == 1 and isinstance(values[0], list) else values)]


def _members(values: tuple[Any, ...]) -> list[Any]:
    return values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)


_NEVER = Function(lambda _, value: False)

ANY: Mapping[str, Function] = {
    "isEmpty": Function(lambda _, value: value is None or value == "" or value == [] or value == {}),
    "isTruthy": Function(lambda _, value: is_truthy(value)),
    "isType": Function(lambda _, value, name: type_of(value) == text_of(name).lower(), 1, 1),
    "toString": Function(lambda _, value: text_of(value)),
}
_NUMBER: Mapping[str, Function] = {
    "abs": Function(lambda _, value: abs(number_of(value) or 0)),
    "ceil": Function(lambda _, value: math.ceil(number_of(value) or 0)),
    "floor": Function(lambda _, value: math.floor(number_of(value) or 0)),
    "round": Function(_rounded, 0, 1),
    "toFixed": Function(_fixed, 0, 1),
    "isEmpty": _NEVER,
}
METHODS: Mapping[str, Mapping[str, Function]] = {
    "string": {
        "contains": Function(lambda _, value, wanted: text_of(wanted) in value, 1, 1),
        "containsAll": Function(lambda _, value, *all_: all(text in value for text in _texts(all_)), 1, None),
        "containsAny": Function(lambda _, value, *any_: any(text in value for text in _texts(any_)), 1, None),
        "endsWith": Function(lambda _, value, wanted: value.endswith(text_of(wanted)), 1, 1),
        "lower": Function(lambda _, value: value.lower()),
        "repeat": Function(_repeated, 1, 1),
        "replace": Function(_replaced, 2, 2),
        "reverse": Function(lambda _, value: value[::-1]),
        "slice": Function(_sliced, 1, 2),
        "split": Function(_split, 1, 2),
        "startsWith": Function(lambda _, value, wanted: value.startswith(text_of(wanted)), 1, 1),
        "title": Function(_titled),
        "trim": Function(lambda _, value: value.strip()),
    },
    "number": _NUMBER,
    "duration": _NUMBER,
    "date": {
        "date": Function(lambda _, value: Day(value.year, value.month, value.day)),
        "format": Function(lambda _, value, pattern: formatted(value, text_of(pattern)), 1, 1),
        "time": Function(lambda _, value: value.strftime("%H:%M:%S")),
        "relative": Function(lambda files, value: relative(value, files.now)),
        "isEmpty": _NEVER,
    },
    "list": {
        "contains": Function(lambda _, value, wanted: _holds(value, wanted), 1, 1),
        "containsAll": Function(lambda _, value, *all_: all(_holds(value, one) for one in _members(all_)), 1, None),
        "containsAny": Function(lambda _, value, *any_: any(_holds(value, one) for one in _members(any_)), 1, None),
        "flat": Function(_flat),
        "join": Function(lambda _, value, mark=",": joined(text_of(mark), map(text_of, value)), 0, 1),
        "mean": Function(lambda _, value: divided(sum(_numbers((value,))), len(_numbers((value,))))),
        "reverse": Function(lambda _, value: value[::-1]),
        "slice": Function(_sliced, 1, 2),
        "sort": Function(lambda _, value: sorted(value, key=sort_key)),
        "sum": Function(lambda _, value: bounded(sum(_numbers((value,))))),
        "unique": Function(_unique),
    },
    "link": {
        "asFile": Function(_file),
        "linksTo": Function(
            lambda files, value, other: value.path is not None and files.links_to(value.path, other), 1, 1
        ),
    },
    "file": {
        "asLink": Function(_link, 0, 1),
        "hasLink": Function(lambda files, value, other: files.links_to(value.path, other), 1, 1),
        "hasProperty": Function(lambda files, value, name: files.has_property(value.path, text_of(name)), 1, 1),
        "hasTag": Function(lambda files, value, *names: files.has_tag(value.path, _texts(names)), 1, None),
        "inFolder": Function(lambda files, value, folder: files.is_in(value.path, text_of(folder)), 1, 1),
    },
    "object": {
        "keys": Function(lambda _, value: list(value)),
        "values": Function(lambda _, value: list(value.values())),
    },
    "regexp": {"matches": Function(lambda _, value, text: value.compiled.search(text_of(text)), 1, 1)},
}
# What `evaluate` does itself: name -> (fewest, most) arguments.
LAZY: Mapping[str, tuple[int, int]] = {"filter": (1, 1), "map": (1, 1), "reduce": (2, 2)}
METHOD_NAMES = frozenset(ANY) | frozenset(LAZY) | {name for table in METHODS.values() for name in table}
GLOBAL_NAMES = frozenset(GLOBALS) | {"if"}


def method(value: Any, name: str) -> Function | None:
    """The function ``name`` of values like this one; a link and a file have those of their text, too."""
    kind = type_of(value)
    found = METHODS.get(kind, {}).get(name) or ANY.get(name)
    if found is None and kind in ("link", "file"):
        return METHODS["string"].get(name)
    return found


def subject(value: Any, name: str) -> Any:
    """What the function is given: the text of a link or file where only texts have such a function."""
    kind = type_of(value)
    has_own = name in METHODS.get(kind, {}) or name in ANY
    return text_of(value) if kind in ("link", "file") and not has_own else value


def field(value: Any, name: str) -> Any:
    """``value.name`` where that is no call: length, parts of dates and durations, keys of objects; else None."""
    if isinstance(value, dict):
        return value.get(name)
    if name == "length" and isinstance(value, str | list):
        return len(value)
    if isinstance(value, datetime):
        if name == "millisecond":
            return value.microsecond // 1000
        return getattr(value, name) if name in ("year", "month", "day", "hour", "minute", "second") else None
    if isinstance(value, Duration):
        return _part(value, name)
    return None


_PARTS = frozenset(("years", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds"))


def _part(value: Duration, name: str) -> int | float | None:
    if name not in _PARTS:
        return None
    unit = read_duration(f"1 {name}")
    assert unit is not None
    found = divided(value.number, unit.number)
    return found if isinstance(found, int | float) else None
