"""Notes that many others build on and that nobody has touched for long, or that are full of findings."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Mapping

from vaultkit.base.record import record
from vaultkit.graph.core import GraphCore
from vaultkit.graph.dates import git_changes, modified_day
from vaultkit.graph.file_attributes import disk_day
from vaultkit.graph.gaps import may_be_read
from vaultkit.graph.metrics import neighbour_lists
from vaultkit.graph.topics import is_topic
from vaultkit.vault.snapshot import Snapshot

MEASURE = (
    "backlinks of a note (their logarithm) times how long it is untouched beside those that link to it, "
    "plus its findings (their logarithm, a fifth)"
)
YEAR = 365.0
FINDINGS_WEIGHT = 0.2
FEWEST_BACKLINKS = 2
SAME_DAY = 0.9  # share of files with one date from which the dates are those of a copy


@record
class Stale:
    """A note. days: since it changed, None where no date is known; newer: notes among its backlinks changed later."""

    path: str
    score: float
    backlinks: int
    newer: int
    days: int | None
    findings: int


@record
class StaleNotes:
    """notes: the most stale first. dates: where they come from, "git", "files and properties", or "" for none."""

    notes: tuple[Stale, ...]
    dates: str


def change_days(vault: Snapshot) -> tuple[dict[str, int], str]:
    """Path -> day of the last change, and where the days come from: git, or properties and the disk.

    Files of a copy all have the date of the copy; then only properties count.
    """
    told = {path: day for path, note in vault.notes.items() if (day := modified_day(note.properties)) is not None}
    commits = git_changes(vault.root, vault.notes) if vault.root else {}
    if commits:
        return {**commits, **told}, "git"
    own = {path: day for path in vault.notes if path not in told and (day := disk_day(vault, path)) is not None}
    if own and max(Counter(own.values()).values()) > SAME_DAY * len(own):
        return told, "properties" if told else ""
    return {**own, **told}, "files and properties"


def stale_notes(vault: Snapshot, core: GraphCore, findings: Mapping[str, int], today: int | None = None) -> StaleNotes:
    """The notes that should be looked at again.

    core: the whole graph.  findings: path -> number of findings of `vaultkit check`.  today: day from 1970, by default the latest change.
    """
    days, source = change_days(vault)
    now = max(days.values(), default=0) if today is None else today
    notes = core.only(("note",))
    indptr, indices = neighbour_lists(notes, "in")
    found = []
    for at, path in enumerate(notes.paths):
        if not may_be_read(vault, path) or not is_topic(notes.labels[at]):
            continue
        citing = [notes.paths[other] for other in indices[indptr[at] : indptr[at + 1]].tolist()]
        faults = findings.get(path, 0)
        if len(citing) < FEWEST_BACKLINKS:
            continue
        age = max(0, now - days[path]) if path in days else None
        newer = sum(path in days and days.get(other, 0) > days[path] for other in citing)
        waited = 0.0
        if age is not None:
            waited = min(1.0, age / YEAR) * (0.25 + 0.75 * newer / len(citing))
        score = math.log2(1 + len(citing)) * (waited + FINDINGS_WEIGHT * math.log2(1 + faults))
        if score > 0:
            found.append(Stale(path, round(score, 4), len(citing), newer, age, faults))
    found.sort(key=lambda item: (-item.score, item.path))
    return StaleNotes(tuple(found), source)


def current_day() -> int:
    """Today, counted from 1970-01-01."""
    return (datetime.datetime.now(datetime.UTC).date() - datetime.date(1970, 1, 1)).days
