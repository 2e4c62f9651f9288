"""A page about a vault: its size, its health, what changed since the last page, and what to do next."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any

from vaultkit.base.record import record
from vaultkit.graph.core import GraphCore
from vaultkit.graph.dates import iso
from vaultkit.graph.gaps import TopicGap, gaps, topics_of
from vaultkit.graph.growth import Growth, birthdays, growth
from vaultkit.graph.reading_order import ReadingStep, reading_order
from vaultkit.graph.stale import Stale, current_day, stale_notes
from vaultkit.graph.stats import Stats, stats
from vaultkit.graph.topics import is_topic
from vaultkit.graph.wanted import WantedTopic, wanted_by_topic
from vaultkit.query.files import text_of
from vaultkit.vault.snapshot import Snapshot

PROPERTY = "vaultkit-report"  # of a report in the vault, which is left out of the next one
SHOWN = 5
MOST_NEW = 10
LATEST_DAYS = 28
_STATE = re.compile(r"<!-- vaultkit report (\{.*?\}) -->")


@record
class Part:
    """A part of the health score. points: out of most; says: what was counted."""

    name: str
    points: float
    most: int
    says: str


@record
class Digest:
    """What a report says.

    numbers: key -> number, kept in the report for the next one.  before: those of the last report, and its day.
    born:    paths of notes that began since the last report, or in the last four weeks; since: that day.
    """

    vault: str
    day: str
    health: int
    parts: tuple[Part, ...]
    numbers: tuple[tuple[str, int], ...]
    before: tuple[tuple[str, int], ...]
    before_day: str
    since: str
    born: tuple[str, ...]
    stats: Stats
    growth: Growth
    gaps: tuple[TopicGap, ...]
    stale: tuple[Stale, ...]
    wanted: tuple[WantedTopic, ...]
    topic: str
    steps: tuple[ReadingStep, ...]


def is_report(vault: Snapshot, path: str) -> bool:
    """The note is a report of this module."""
    return PROPERTY in vault.notes[path].properties


def digest(
    vault: Snapshot,
    core: GraphCore,
    findings: Mapping[str, int],
    previous: Mapping[str, Any] | None = None,
    today: int | None = None,
) -> Digest:
    """The digest of a vault.

    core:     the whole graph.  findings: path -> number of errors and warnings.
    previous: what `state` wrote into the last report.  today: day from 1970, by default the day it is.
    """
    now = current_day() if today is None else today
    found = stats(core)
    topics = topics_of(vault, core)
    days = birthdays(vault)
    last = str((previous or {}).get("day", ""))
    since = last or iso(now - LATEST_DAYS)
    born = sorted((path for path, day in days.items() if iso(day) >= since), key=lambda path: (-days[path], path))
    parts = health(found, findings)
    numbers = {
        "notes": found.notes,
        "links": found.links,
        "wanted": found.wanted,
        "isolated": found.isolated,
        "findings": sum(findings.values()),
        "health": round(sum(part.points for part in parts)),
    }
    # The topic with most new notes is the one that is being learned.
    counts = {name: sum(path in set(born) for path in paths) for name, paths in topics.groups}
    topic, paths = max(topics.groups, key=lambda group: counts[group[0]], default=("", ()))
    steps = reading_order(vault, paths, lambda path: text_of(vault, path), topic, with_mentions=False).steps
    return Digest(
        vault=vault.name,
        day=iso(now),
        health=numbers["health"],
        parts=parts,
        numbers=tuple(numbers.items()),
        before=tuple((key, int(value)) for key, value in (previous or {}).get("numbers", {}).items()),
        before_day=last,
        since=since,
        born=tuple(path for path in born if is_topic(path.rpartition("/")[2][:-3])),
        stats=found,
        growth=growth(vault, topics, step="week", since=now - 26 * 7, days=days),
        gaps=gaps(vault, core, topics, SHOWN),
        stale=stale_notes(vault, core, findings, now).notes[:SHOWN],
        wanted=wanted_by_topic(vault, core)[:SHOWN],
        topic=topic,
        steps=steps[: 2 * SHOWN],
    )


def health(found: Stats, findings: Mapping[str, int]) -> tuple[Part, ...]:
    """The parts of the health score, 100 points in all; a vault without notes has them all.

    Sound: share of the notes without an error or warning of `vaultkit check` (40 points). Connected: share of the notes
    that are not alone in the graph (30). Findable: share of the notes that another file links to (30).
    """
    notes = found.notes
    faulty = min(sum(1 for path, count in findings.items() if count and path.endswith(".md")), notes)
    rows = (
        ("sound", 40, faulty, "notes with errors or warnings"),
        ("connected", 30, found.isolated, "notes alone in the graph"),
        ("findable", 30, found.no_backlinks, "notes that nothing links to"),
    )
    return tuple(
        Part(name, round(most * (1 - bad / notes if notes else 1.0), 1), most, f"{bad:,} of {notes:,} {words}")
        for name, most, bad, words in rows
    )


def state(found: Digest) -> str:
    """What a report keeps for the next one, as a comment that no reader shows."""
    kept = {"day": found.day, "numbers": dict(found.numbers)}
    return f"<!-- vaultkit report {json.dumps(kept, separators=(',', ':'))} -->"


def read_state(text: str) -> dict[str, Any] | None:
    """What `state` wrote into a report; None where there is none that is whole."""
    kept = _STATE.search(text)
    if kept is None:
        return None
    try:
        value = json.loads(kept[1])
        datetime.date.fromisoformat(value["day"])
        return {"day": value["day"], "numbers": {str(key): int(number) for key, number in value["numbers"].items()}}
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        # edited by hand: as if there was none
        return None
