"""How a vault grew: new notes by week or month, and by topic."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping

from vaultkit.base.record import record
from vaultkit.graph.dates import git_times, times
from vaultkit.graph.gaps import Topics
from vaultkit.vault.snapshot import Snapshot

MEASURE = (
    "notes by the week in which they began: by their property, the date in their name, or the commit that added them"
)
EPOCH = datetime.date(1970, 1, 1)
SHOWN_TOPICS = 8
MOST_COLUMNS = 60
BARS = " ▁▂▃▄▅▆▇█"


@record
class Series:
    """New notes of one topic. counts: one for each period."""

    name: str
    notes: int
    counts: tuple[int, ...]


@record
class Growth:
    """step: "week", "month" or "year"; periods: first day of each, without a gap, the oldest first.

    total: of all notes; topics: the largest of these periods first, then "other" for the rest.
    undated: notes whose beginning is not known.
    """

    step: str
    periods: tuple[str, ...]
    total: Series
    topics: tuple[Series, ...]
    undated: int


def birthdays(vault: Snapshot) -> dict[str, int]:
    """Path -> day on which a note began; what git knows counts where the note itself says nothing."""
    told = times(vault)
    commits = git_times(vault.root, vault.notes) if vault.root else {}
    return {path: day for path, day in {**commits, **told}.items() if path in vault.notes}


def growth(
    vault: Snapshot,
    topics: Topics,
    *,
    step: str | None = None,
    since: int | None = None,
    days: Mapping[str, int] | None = None,
) -> Growth:
    """The series of new notes.

    step:  "week", "month" or "year"; None takes the finest that gives at most 60 periods.
    since: day from which on notes count.  days: path -> day, by default `birthdays`.
    """
    known = birthdays(vault) if days is None else days
    born = {path: day for path, day in known.items() if since is None or day >= since}
    undated = len(vault.notes) - len(known)
    if not born:
        return Growth(step or "week", (), Series("all notes", 0, ()), (), undated)
    first, last = min(born.values()), max(born.values())
    if step is None:
        step = next((name for name in ("week", "month") if len(_periods(name, first, last)) <= MOST_COLUMNS), "year")
    periods = _periods(step, first, last)
    place = {start: at for at, start in enumerate(periods)}
    topic_of = {path: name for name, paths in topics.groups for path in paths}
    counted: dict[str, Counter[int]] = {}
    for path, day in born.items():
        at = place[_start(step, day)]
        counted.setdefault("", Counter())[at] += 1
        counted.setdefault(topic_of.get(path, "other"), Counter())[at] += 1
    every = [_series(name, counts, len(periods)) for name, counts in counted.items() if name not in ("", "other")]
    every.sort(key=lambda series: (-series.notes, series.name))
    rest = counted.get("other", Counter())
    for series in every[SHOWN_TOPICS:]:
        rest.update({at: count for at, count in enumerate(series.counts) if count})
    shown = every[:SHOWN_TOPICS] + ([_series("other", rest, len(periods))] if rest else [])
    starts = tuple((EPOCH + datetime.timedelta(days=start)).isoformat() for start in periods)
    return Growth(step, starts, _series("all notes", counted[""], len(periods)), tuple(shown), undated)


def _series(name: str, counts: Counter[int], periods: int) -> Series:
    return Series(name, sum(counts.values()), tuple(counts[at] for at in range(periods)))


def _start(step: str, day: int) -> int:
    """First day of the period that a day lies in; weeks begin on Monday."""
    date = EPOCH + datetime.timedelta(days=day)
    if step == "week":
        return day - date.weekday()
    first = date.replace(day=1) if step == "month" else date.replace(month=1, day=1)
    return (first - EPOCH).days


def _periods(step: str, first: int, last: int) -> list[int]:
    found = [_start(step, first)]
    length = {"week": 7, "month": 31, "year": 366}[step]
    while (after := _start(step, found[-1] + length)) <= last:
        found.append(after)
    return found


def bars(counts: tuple[int, ...], width: int = MOST_COLUMNS) -> str:
    """A chart of one line: the last ``width`` counts as bars, the highest full.

    >>> bars((0, 1, 4, 8))
    ' ▁▄█'
    """
    shown = counts[-width:]
    most = max(shown, default=0)
    return "".join(BARS[-(-count * 8 // most)] if most else " " for count in shown)
