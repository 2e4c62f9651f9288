"""Which findings came and which went since the vault's last map of another day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.base.store import Store

KIND = "map findings"


def changes_since(store: Store | None, fingerprints: Iterable[str], today: str) -> Mapping[str, Any]:
    """How the findings differ from those of the last map before today; {} where there was none.

    today: the day, such as "2024-05-06". Its findings are stored for later maps.
    """
    if store is None:
        return {}
    now = sorted(set(fingerprints))
    latest, earlier = _stored(store, "latest"), _stored(store, "earlier")
    if latest is not None and latest[0] != today:
        earlier = latest
        store.write(KIND, [_row("earlier", *latest)])
    if latest != (today, now):
        store.write(KIND, [_row("latest", today, now)])
    if earlier is None:
        return {}
    day, before = earlier
    return {"day": day, "fresh": len(set(now) - set(before)), "gone": len(set(before) - set(now))}


def _row(name: str, day: str, fingerprints: list[str]) -> tuple[str, bytes, bytes]:
    return name, day.encode("ascii"), json.dumps(fingerprints).encode("ascii")


def _stored(store: Store, name: str) -> tuple[str, list[str]] | None:
    found = store.get(KIND, name)
    if found is None:
        return None
    try:
        return found[0].decode("ascii"), [str(one) for one in json.loads(found[1])]
    except (ValueError, TypeError, RecursionError):
        return None  # not what this version writes
