"""What git knows of files that were renamed or deleted, by name: one ``git log`` for all questions.

The answer is kept in the store with the commit it was made for; after new commits only those are asked about.
Nothing here is needed to check a vault: without git, or when git takes too long, there is no history.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from vaultkit.base.git import run_git, work_tree
from vaultkit.base.record import record
from vaultkit.base.store import Store
from vaultkit.vault.files import extension
from vaultkit.vault.resolve import fold

# Commits further back than this are not asked about, and no more events are kept.
MAX_COMMITS = 5000
MAX_EVENTS = 200_000
_SECONDS = 20
_KIND = "git history"
_COMMIT = re.compile(r"\x01([0-9a-f]{4,64}) (\d{4}-\d\d-\d\d)\n?(.*)", re.DOTALL)


@record
class Event:
    """A file that a commit renamed or deleted. new_path: "" when deleted. commit: short; date: of the commit, ISO."""

    path: str
    new_path: str
    commit: str
    date: str


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Event]).decode


@record
class Gone:
    """What became of a file that is not there: the commit, and where the file is now, "" when nowhere."""

    path: str
    now: str
    commit: str
    date: str
    was_renamed: bool = False


class History:
    """Events by the names of the files, the latest first."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._by_name: dict[str, list[Event]] = {}
        self._by_path: dict[str, Event] = {}
        for event in events:
            self._by_name.setdefault(_name(event.path), []).append(event)
            self._by_path.setdefault(event.path, event)

    def find(self, linkpath: str, exists: Iterable[str]) -> Gone | None:
        """What became of the file that the linkpath named; None when git knows of none, or of several that are there.

        exists: paths of the files that are in the vault now.
        """
        wanted = fold(linkpath.strip().lstrip("/"))
        named = self._by_name.get(_name(wanted), ())
        events = [event for event in named if _fits(fold(event.path), wanted)]
        if not events:
            return None
        there = exists if isinstance(exists, frozenset | set | dict) else frozenset(exists)
        found = [
            Gone(event.path, self._now(event, there), event.commit, event.date, bool(event.new_path))
            for event in events
        ]
        places = {gone.now for gone in found if gone.now}
        if len(places) > 1:
            return None
        return next((gone for gone in found if gone.now), found[0])

    def _now(self, event: Event, there: Any) -> str:
        """Where the file of the event is now; "" when it is gone."""
        seen = {event.path}
        path = event.new_path
        while path and path not in there and path not in seen:
            seen.add(path)
            later = self._by_path.get(path)
            path = later.new_path if later is not None else ""
        return path if path in there else ""


def _name(path: str) -> str:
    """The last part of a path without ".md", folded: what links by name have in common with it."""
    name = fold(path[path.rfind("/") + 1 :])
    return name[:-3] if extension(name) == "md" else name


def _fits(path: str, wanted: str) -> bool:
    return any(path == wanted + suffix or path.endswith(f"/{wanted}{suffix}") for suffix in ("", ".md"))


NOTHING = History(())


def history_of(root: str) -> History:
    """The history of the vault at ``root``; empty outside of a git work tree."""
    if not root or work_tree(root) is None:
        return NOTHING
    head = _ask(root, "rev-parse", "--verify", "--quiet", "HEAD")
    commit = head.strip().decode("ascii", "replace") if head else ""
    if not commit:
        return NOTHING
    store = Store.of(root)
    known, events = _read(store)
    if known != commit:
        events = _events(root, known, commit, events)
        _write(store, commit, events)
    if store is not None:
        store.close()
    return History(events)


def _ask(root: str, *arguments: str) -> bytes | None:
    """What git prints; None when it cannot answer."""
    try:
        answer = run_git(root, *arguments, seconds=_SECONDS)
    except OSError:
        return None
    return answer.stdout if answer.returncode == 0 else None


def _events(root: str, known: str, commit: str, before: list[Event]) -> list[Event]:
    """The events up to ``commit``: the new ones and those ``before``, when they belong to the same history."""
    if known and _ask(root, "merge-base", "--is-ancestor", known, commit) is not None:
        return [*_log(root, f"{known}..{commit}"), *before][:MAX_EVENTS]
    return list(_log(root, commit))[:MAX_EVENTS]


def _log(root: str, revisions: str) -> Iterator[Event]:
    answer = _ask(
        root, "log", f"-{MAX_COMMITS}", "--format=%x01%h %cs", "-M", "--diff-filter=RD", "--name-status", "-z",
        "--relative", "--no-ext-diff", "--no-textconv", revisions, "--", ".",
    )  # fmt: skip
    commit = date = ""
    fields = iter(os.fsdecode(answer or b"").split("\0"))
    for field in fields:
        found = _COMMIT.match(field)
        status = field.lstrip("\n")
        if found is not None:
            commit, date, status = found[1], found[2], found[3].lstrip("\n")
        if status.startswith("R"):
            yield Event(next(fields, ""), next(fields, ""), commit, date)
        elif status == "D":
            yield Event(next(fields, ""), "", commit, date)


def _read(store: Store | None) -> tuple[str, list[Event]]:
    """The commit that the stored events are of, "" when there are none, and the events."""
    row = store.get(_KIND, "") if store is not None else None
    if row is None:
        return "", []
    try:
        return row[0].decode("ascii"), _decode(row[1])
    except (msgspec.MsgspecError, ValueError):
        return "", []


def _write(store: Store | None, head: str, events: list[Event]) -> None:
    """Store the events. Names that are not Unicode cannot be stored: git runs again then."""
    if store is not None:
        with contextlib.suppress(UnicodeEncodeError):
            store.write(_KIND, [("", head.encode("ascii", "replace"), _encode(events))])
