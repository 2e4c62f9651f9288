"""What the disk and the properties say about files, as further attributes of nodes."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from vaultkit.graph.dates import MODIFIED_PROPERTIES, PROPERTIES, by_name, iso, times
from vaultkit.vault.snapshot import Snapshot

_PASTED = re.compile(r"Pasted image (\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?")


def file_facts(vault: Snapshot, words: Mapping[str, int] | None = None) -> dict[str, dict[str, Any]]:
    """Path -> created, modified (ISO 8601) and words, where they are known.

    created:  the day that the map shows (`vaultkit.graph.dates`): from a property, the name of the file or those of its
              pasted images; the disk's own date is not asked, since copies and clones of a vault do not keep it.
    modified: from a property (modified, updated …), else the file's own date, in UTC.
    words:    path -> number of words, as counted by whoever read the texts.
    """
    found: dict[str, dict[str, Any]] = {}
    days = times(vault)
    for path in vault.files:
        here: dict[str, Any] = {}
        note = vault.notes.get(path)
        properties = by_name(note.properties) if note else {}
        if path in days:
            day = iso(days[path])
            moment = _first_date(properties, PROPERTIES) or _pasted(path)
            here["created"] = moment if moment.startswith(day) else day
        modified = _first_date(properties, MODIFIED_PROPERTIES) or _modified(vault, path)
        if modified:
            here["modified"] = modified
        if words is not None and path in words:
            here["words"] = words[path]
        if here:
            found[path] = here
    return found


def _first_date(properties: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = properties.get(name)
        date = _DATE.match(value) if isinstance(value, str) else None
        if date and _is_date(date[0].replace(" ", "T")):
            return date[0].replace(" ", "T")
    return ""


def _pasted(path: str) -> str:
    stamp = _PASTED.search(path)
    if stamp is None:
        return ""
    text = "{}-{}-{}T{}:{}:{}".format(*stamp.groups())
    return text if _is_date(text) else ""


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def disk_day(vault: Snapshot, path: str) -> int | None:
    """The day, counted from 1970-01-01, on which the disk says that a file changed last; None where it does not."""
    seconds = _seconds(vault, path)
    return None if seconds is None else int(seconds // 86400)


def _modified(vault: Snapshot, path: str) -> str:
    seconds = _seconds(vault, path)
    if seconds is None:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _seconds(vault: Snapshot, path: str) -> float | None:
    if not vault.root:
        return None
    try:
        return os.stat(os.path.join(vault.root, path)).st_mtime
    except OSError:  # gone since the vault was read, or kept in the cloud: it has no date then
        return None
