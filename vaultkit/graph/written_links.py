"""Which links `vaultkit suggest --fix` wrote: they are no evidence for further ones.

A link that nobody chose would otherwise raise the scores of others, and each run would write more than the one before.
The file lies in the user's cache folder; without it the links count as everybody's.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from vaultkit.base.atomic_write import write_cached
from vaultkit.base.safe_read import read_regular
from vaultkit.base.store import cache_folder

VERSION = 1
log = logging.getLogger(__name__)
Pairs = frozenset[tuple[str, str]]


def read_written(root: str) -> Pairs:
    """(source, target) of each link that was written into the vault at ``root``; none where nothing is known."""
    file = _file(root)
    if file is None:
        return frozenset()
    try:
        held = json.loads(read_regular(str(file)))
        if held["version"] != VERSION:
            return frozenset()
        return frozenset((str(source), str(target)) for source, target in held["pairs"])
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.debug("links in %s are not usable: %s", file, error)
        return frozenset()


def add_written(root: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Keep more of them; silently not, where the disk is read-only."""
    file = _file(root)
    if file is None:
        return
    held = {"version": VERSION, "pairs": sorted(read_written(root) | set(pairs))}
    try:
        write_cached(str(file), json.dumps(held, separators=(",", ":")).encode("ascii"))
    except OSError as error:
        log.debug("written links are not kept in %s: %s", file, error)


def _file(root: str) -> Path | None:
    folder = cache_folder()
    if folder is None or not root:
        return None
    key = hashlib.blake2b(os.fsencode(os.path.realpath(root)), digest_size=10).hexdigest()
    return Path(folder) / "links" / f"{key}.json"
