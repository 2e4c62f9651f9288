"""Places kept between runs, so that a map stays familiar: known nodes stay, new ones join their neighbours.

The file lies in the user's cache folder, not in the vault, where Dropbox, iCloud or Syncthing
would copy it around. A cache that cannot be read or written is a slower run, nothing else.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from vaultkit.base.atomic_write import write_cached
from vaultkit.base.record import record
from vaultkit.base.safe_read import MAX_CACHE, read_regular
from vaultkit.base.store import cache_folder

VERSION = 1
log = logging.getLogger(__name__)


@record
class NodePosition:
    """Where a node stood, in pixels, and its community (-1: none)."""

    x: float
    y: float
    community: int


def cache_file(root: str) -> Path | None:
    """The file for the vault at ``root``; None when there is no place for caches."""
    folder = cache_folder()
    if folder is None:
        return None
    key = hashlib.blake2b(os.fsencode(os.path.realpath(root)), digest_size=10).hexdigest()
    return Path(folder) / "map" / f"{key}.json"


def read_places(file: Path | None) -> dict[str, NodePosition]:
    """Id -> place of the last run; empty when there was none that this version understands."""
    if file is None:
        return {}
    try:
        held = json.loads(read_regular(str(file), MAX_CACHE))
        if held["version"] != VERSION:
            return {}
        rows = zip(held["ids"], held["x"], held["y"], held["community"], strict=True)
        return {str(node): NodePosition(float(x), float(y), int(community)) for node, x, y, community in rows}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        log.debug("places in %s are not usable: %s", file, error)
        return {}


def write_places(file: Path | None, ids: Sequence[str], x: Sequence[int], y: Sequence[int], of: Sequence[int]) -> None:
    """Keep the places; silently not, where the disk is read-only."""
    if file is None:
        return
    held: Mapping[str, object] = {"version": VERSION, "ids": ids, "x": x, "y": y, "community": of}
    try:
        write_cached(str(file), json.dumps(held, separators=(",", ":")).encode("ascii"))
    except OSError as error:
        log.debug("places are not kept in %s: %s", file, error)
