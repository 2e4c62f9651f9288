"""The day on which a note began: its property, its name, the stamps of its pasted pictures, git; and when it changed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vaultkit.base.git import run_git
from vaultkit.vault.snapshot import Snapshot

# Names that date plugins, templates and publishing tools write, as `by_name` has them; the first that is there counts.
PROPERTIES = (
    "created",
    "date created",
    "created at",
    "created on",
    "creation date",
    "date added",
    "ctime",
    "date",
    "day",
)
MODIFIED_PROPERTIES = (
    *("modified", "updated", "edited", "date modified", "date updated", "date edited", "last modified", "last updated"),
    *("last edited", "modified at", "updated at", "edited at", "modification date", "lastmod", "mtime"),
)
_EPOCH = datetime.date(1970, 1, 1)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_PASTED = re.compile(r"Pasted image ((?:19|20)\d\d)(\d\d)(\d\d)\d{6}")
GIT_SECONDS = 60


def times(vault: Snapshot) -> dict[str, int]:
    """Path -> days from 1970-01-01, for notes and pasted pictures whose day is known."""
    found: dict[str, int] = {}
    for path in vault.files:
        stamp = pasted_day(path)
        if stamp is not None:
            found[path] = stamp
    for path, note in vault.notes.items():
        day = property_day(note.properties)
        if day is None:
            day = day_of(path[path.rfind("/") + 1 :])
        if day is None:
            stamps = [pasted_day(link.linkpath) for link in note.links]
            day = min((stamp for stamp in stamps if stamp is not None), default=None)
        if day is not None:
            found[path] = day
    return found


def property_day(properties: Mapping[str, Any]) -> int | None:
    """The day on which a note began, as its properties tell."""
    return _first_day(properties, PROPERTIES)


def modified_day(properties: Mapping[str, Any]) -> int | None:
    """The day on which a note changed last, as its properties tell."""
    return _first_day(properties, MODIFIED_PROPERTIES)


def by_name(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties by their names in lower case, with spaces for "-" and "_".

    >>> by_name({"Last_Edited": "2024-05-06"})
    {'last edited': '2024-05-06'}
    """
    return {str(key).lower().replace("_", " ").replace("-", " "): value for key, value in properties.items()}


def _first_day(properties: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    known = by_name(properties)
    days = (day_of(str(known[name])[:40]) for name in names if known.get(name))
    return next((day for day in days if day is not None), None)


def day_of(text: str) -> int | None:
    """The first date in a text, written year first.

    >>> day_of("1970-01-03 walk")
    2
    """
    match = _DATE.search(text)
    return _day(match[1], match[3], match[4]) if match else None


def pasted_day(path: str) -> int | None:
    """The day in the name that Obsidian gives a pasted picture."""
    match = _PASTED.search(path)
    return _day(match[1], match[2], match[3]) if match else None


def _day(year: str, month: str, day: str) -> int | None:
    try:
        return (datetime.date(int(year), int(month), int(day)) - _EPOCH).days
    except ValueError:
        return None


def iso(day: int) -> str:
    """The day as YYYY-MM-DD.

    >>> iso(1)
    '1970-01-02'
    """
    return (_EPOCH + datetime.timedelta(days=day)).isoformat()


def git_times(root: str, paths: Iterable[str]) -> dict[str, int]:
    """Path -> day of the commit that first had the file; empty where git or its history is not there."""
    # The log runs backwards: the last seen is the first written.
    return dict(_git_days(root, set(paths), "--diff-filter=A"))


def git_changes(root: str, paths: Iterable[str]) -> dict[str, int]:
    """Path -> day of the last commit that changed the file; empty where git or its history is not there."""
    found: dict[str, int] = {}
    for path, day in _git_days(root, set(paths), "--diff-filter=AM"):
        found.setdefault(path, day)
    return found


def _git_days(root: str, wanted: set[str], which: str) -> Iterator[tuple[str, int]]:
    """(path, day) of each commit that has a file, the latest commit first."""
    command = ("log", which, "--no-renames", "--relative", "-z", "--format=%x01%at", "--name-only")
    try:
        run = run_git(root, *command, seconds=GIT_SECONDS)
    except OSError:
        return
    if run.returncode:
        return
    day = 0
    for entry in run.stdout.decode("utf-8", "surrogateescape").split("\0"):
        word = entry.strip("\n")
        if word.startswith("\x01"):
            stamp, _, word = word[1:].partition("\n")
            day = int(stamp) // 86400
        if word in wanted:
            yield word, day
