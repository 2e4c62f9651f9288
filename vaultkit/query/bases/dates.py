"""Dates and durations of bases: reading, adding, and the words of Moment.js formats.

Dates are `datetime` in local time, without a zone, as Obsidian shows them. `Day` is one whose time was
never written, so that it is shown without one.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from vaultkit.base.record import record

MILLISECONDS = {
    "week": 604_800_000,
    "day": 86_400_000,
    "hour": 3_600_000,
    "minute": 60_000,
    "second": 1000,
    "millisecond": 1,
}
# A month or a year as a number, where one is asked for: the mean of the calendar's 400 years.
MONTH_MILLISECONDS = 2_629_746_000
_UNITS = {
    **dict.fromkeys(("y", "year", "years"), "year"),
    **dict.fromkeys(("M", "month", "months"), "month"),
    **dict.fromkeys(("w", "week", "weeks"), "week"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("h", "hour", "hours"), "hour"),
    **dict.fromkeys(("m", "minute", "minutes"), "minute"),
    **dict.fromkeys(("s", "second", "seconds"), "second"),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), "millisecond"),
}
_DATE = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_PART = re.compile(r"\s*([+-]?\d+(?:\.\d+)?|[+-]?\.\d+)\s*([A-Za-z]+)\s*,?", re.ASCII)
# Source: Moment.js, "Format"; the tokens in the order in which its own pattern tries them.
_TOKENS = (
    r"[Hh]mm(?:ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[ow]?|W[oW]?|Qo?|N{1,5}"
    r"|YYYYYY|YYYYY|YYYY|YY|Y|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?"
)
_FORMAT = re.compile(rf"\[[^\[]*\]|\\(?:{_TOKENS}|.)?|{_TOKENS}")
# Formats that stand for others, in English.
_LONG = {
    "L": "MM/DD/YYYY",
    "LL": "MMMM D, YYYY",
    "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
    "LT": "h:mm A",
    "LTS": "h:mm:ss A",
    "l": "M/D/YYYY",
    "ll": "MMM D, YYYY",
    "lll": "MMM D, YYYY h:mm A",
    "llll": "ddd, MMM D, YYYY h:mm A",
}
_LONG_FORMAT = re.compile(r"(\[[^\[]*\])|\\?(LTS|LT|LL?L?L?|l{1,4})")


class Day(datetime):
    """A date without a time: midnight, shown as the day alone."""


@record
class Duration:
    """A length of time: whole months, which have no fixed length, and milliseconds."""

    months: int
    milliseconds: float

    @property
    def number(self) -> float:
        """All of it in milliseconds."""
        whole = self.months * MONTH_MILLISECONDS + self.milliseconds
        return int(whole) if whole == int(whole) else whole


def read_date(text: str) -> datetime | None:
    """The date that a text is: ``2025-01-31``, with a time behind a space or T; None when it is none."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        if match[4] is None:
            return Day(year, month, day)
        found = datetime(year, month, day, hour, minute, second, int((match[7] or "").ljust(6, "0")))
        if match[8]:
            zone = match[8].replace("Z", "+00:00")
            zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
            found = datetime.fromisoformat(found.isoformat() + zone).astimezone().replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return found


def shown_date(date: datetime) -> str:
    """``2025-01-31``, or ``2025-01-31T10:00:00`` when it has a time.

    >>> shown_date(Day(2025, 1, 31))
    '2025-01-31'
    """
    return date.strftime("%Y-%m-%d") if isinstance(date, Day) else date.isoformat(timespec="seconds")


def read_duration(text: str) -> Duration | None:
    """The duration that a text is: ``1d``, ``2 weeks``, ``1h 30m``; None when it is none.

    >>> read_duration("1h 30m").number
    5400000
    """
    months, milliseconds, at = 0, 0.0, 0
    while at < len(text):
        match = _PART.match(text, at)
        unit = _UNITS.get(match[2]) if match else None
        if match is None or unit is None:
            return None
        number = float(match[1])
        if unit in ("year", "month"):
            whole = number * (12 if unit == "year" else 1)
            months += int(whole)
            milliseconds += (whole - int(whole)) * MONTH_MILLISECONDS
        else:
            milliseconds += number * MILLISECONDS[unit]
        at = match.end()
    return Duration(months, milliseconds) if at and text.strip() else None


def moved(date: datetime, by: Duration, sign: int = 1) -> datetime | None:
    """The date that much later (sign -1: earlier); a day beyond the month's end is its last. None out of range."""
    at = date.year * 12 + date.month - 1 + sign * by.months
    year, month = at // 12, at % 12 + 1
    if not 1 <= year <= 9999:
        return None
    try:
        day = min(date.day, calendar.monthrange(year, month)[1])
        plain = datetime(year, month, day, date.hour, date.minute, date.second, date.microsecond)
        found = plain + sign * timedelta(milliseconds=by.milliseconds)
    except (OverflowError, ValueError):
        return None
    is_day = isinstance(date, Day) and not by.milliseconds % MILLISECONDS["day"]
    return Day(found.year, found.month, found.day) if is_day else found


def between(later: datetime, earlier: datetime) -> Duration:
    """How much later the one is than the other."""
    return Duration(0, float((later - earlier) / timedelta(milliseconds=1)))


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_FORMATS: dict[str, Callable[[datetime], object]] = {
    "YYYYYY": lambda date: f"+{date.year:06}",
    "YYYYY": lambda date: f"{date.year:05}",
    "YYYY": lambda date: f"{date.year:04}",
    "YY": lambda date: f"{date.year % 100:02}",
    "Y": lambda date: f"{date.year:04}",
    "yyyy": lambda date: f"{date.year:04}",
    "yyy": lambda date: f"{date.year:03}",
    "yy": lambda date: f"{date.year:02}",
    "yo": lambda date: _ordinal(date.year),
    "y": lambda date: date.year,
    **dict.fromkeys(("N", "NN", "NNN", "NNNNN"), lambda date: "AD"),
    "NNNN": lambda date: "Anno Domini",
    "Qo": lambda date: _ordinal((date.month + 2) // 3),
    "Q": lambda date: (date.month + 2) // 3,
    "MMMM": lambda date: _MONTHS[date.month - 1],
    "MMM": lambda date: _MONTHS[date.month - 1][:3],
    "MM": lambda date: f"{date.month:02}",
    "Mo": lambda date: _ordinal(date.month),
    "M": lambda date: date.month,
    "DDDD": lambda date: f"{date.timetuple().tm_yday:03}",
    "DDDo": lambda date: _ordinal(date.timetuple().tm_yday),
    "DDD": lambda date: date.timetuple().tm_yday,
    "DD": lambda date: f"{date.day:02}",
    "Do": lambda date: _ordinal(date.day),
    "D": lambda date: date.day,
    "dddd": lambda date: _DAYS[date.weekday()],
    "ddd": lambda date: _DAYS[date.weekday()][:3],
    "dd": lambda date: _DAYS[date.weekday()][:2],
    "do": lambda date: _ordinal(date.isoweekday() % 7),
    "d": lambda date: date.isoweekday() % 7,
    "e": lambda date: date.isoweekday() % 7,
    "E": lambda date: date.isoweekday(),
    "WW": lambda date: f"{date.isocalendar().week:02}",
    "Wo": lambda date: _ordinal(date.isocalendar().week),
    "W": lambda date: date.isocalendar().week,
    "ww": lambda date: f"{_week(date)[1]:02}",
    "wo": lambda date: _ordinal(_week(date)[1]),
    "w": lambda date: _week(date)[1],
    "GGGG": lambda date: f"{date.isocalendar().year:04}",
    "GG": lambda date: f"{date.isocalendar().year % 100:02}",
    "GGGGG": lambda date: f"{date.isocalendar().year:05}",
    "ggggg": lambda date: f"{_week(date)[0]:05}",
    "gggg": lambda date: f"{_week(date)[0]:04}",
    "gg": lambda date: f"{_week(date)[0] % 100:02}",
    "HH": lambda date: f"{date.hour:02}",
    "H": lambda date: date.hour,
    "hh": lambda date: f"{date.hour % 12 or 12:02}",
    "h": lambda date: date.hour % 12 or 12,
    "kk": lambda date: f"{date.hour or 24:02}",
    "k": lambda date: date.hour or 24,
    "hmm": lambda date: f"{date.hour % 12 or 12}{date.minute:02}",
    "hmmss": lambda date: f"{date.hour % 12 or 12}{date.minute:02}{date.second:02}",
    "Hmm": lambda date: f"{date.hour}{date.minute:02}",
    "Hmmss": lambda date: f"{date.hour}{date.minute:02}{date.second:02}",
    "mm": lambda date: f"{date.minute:02}",
    "m": lambda date: date.minute,
    "ss": lambda date: f"{date.second:02}",
    "s": lambda date: date.second,
    "A": lambda date: "AM" if date.hour < 12 else "PM",
    "a": lambda date: "am" if date.hour < 12 else "pm",
    "X": lambda date: math.floor(date.timestamp()),
    "x": lambda date: math.floor(date.replace(microsecond=0).timestamp()) * 1000 + date.microsecond // 1000,
    "Z": lambda date: _zone(date, ":"),
    "ZZ": lambda date: _zone(date, ""),
    "z": lambda date: "",
    "zz": lambda date: "",
}


def _token(date: datetime, token: str) -> str:
    if token[0] == "[":
        return token[1:-1]
    if token[0] == "\\":
        return token.replace("\\", "")
    if token[0] == "S":  # of the milliseconds, which is all that JavaScript has
        return f"{date.microsecond // 1000:03}"[: len(token)].ljust(len(token), "0")
    return str(_FORMATS[token](date))


def _zone(date: datetime, mark: str) -> str:
    """The offset of local time from UTC."""
    try:
        offset = date.astimezone().strftime("%z")
    except (OverflowError, OSError, ValueError):  # years that the system's clock does not know
        offset = "+0000"
    return f"{offset[:3]}{mark}{offset[3:5]}"


def formatted(date: datetime, pattern: str) -> str:
    """The date in a Moment.js format, in English. Text in [brackets] and a token behind a backslash stay.

    >>> formatted(Day(2025, 5, 27), "dddd, D MMMM YYYY [at noon]")
    'Tuesday, 27 May 2025 at noon'
    """
    expanded = _LONG_FORMAT.sub(lambda match: match[1] or _LONG.get(match[0], match[0]), pattern)
    return _FORMAT.sub(lambda match: _token(date, match[0]), expanded)


def _week(date: datetime) -> tuple[int, int]:
    """(year, week) as in the United States: weeks begin on Sunday, the first holds 1 January."""
    sunday = date - timedelta(days=date.isoweekday() % 7)
    saturday = sunday + timedelta(days=6)
    first = datetime(saturday.year, 1, 1)
    first -= timedelta(days=first.isoweekday() % 7)
    return saturday.year, (sunday.replace(hour=0, minute=0, second=0, microsecond=0) - first).days // 7 + 1


def relative(date: datetime, now: datetime) -> str:
    """How far away the date is, in words, as Moment.js counts and rounds: ``3 days ago``, ``in 2 hours``."""
    early, late = sorted((date, now))
    months, rest = _months_between(early, late)
    # Source: Moment.js, "momentsDifference", "Duration.as" and its default thresholds.
    whole_days = math.floor(months * 146_097 / 4_800 + 0.5)
    minutes, hours = _rounded(whole_days * 1_440 + rest / 60), _rounded(whole_days * 24 + rest / 3_600)
    days, all_months = _rounded(whole_days + rest / 86_400), months + rest / 86_400 * 4_800 / 146_097
    if months == 0 and _rounded(rest) <= 44:
        text = "a few seconds"
    elif minutes < 45:
        text = _counted(minutes, "a minute", "minutes")
    elif hours < 22:
        text = _counted(hours, "an hour", "hours")
    elif days < 26:
        text = _counted(days, "a day", "days")
    elif _rounded(all_months) < 11:
        text = _counted(_rounded(all_months), "a month", "months")
    else:
        text = _counted(_rounded(all_months / 12), "a year", "years")
    return f"in {text}" if date > now else f"{text} ago"


def _months_between(early: datetime, late: datetime) -> tuple[int, float]:
    """Whole months between two moments, and the seconds that are left."""
    months = (late.year - early.year) * 12 + late.month - early.month
    reached = moved(early, Duration(months, 0))
    if reached is None or reached > late:
        months -= 1
        reached = moved(early, Duration(months, 0))
    assert reached is not None
    return months, (late - reached).total_seconds()


def _rounded(number: float) -> int:
    """The nearest integer, and at least 1: no text has a zero."""
    return max(1, math.floor(number + 0.5))


def _counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else f"{number} {many}"
