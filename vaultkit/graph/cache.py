"""The graph kept between runs: a question about a vault in which nothing changed reads no note.

One file a vault, in the user's cache folder as for notes (`vaultkit.vault.cache`, whose rules hold here
too: a file's size, dates and number say whether it changed, and what was touched in the last two seconds
is not trusted). Kept are the arrays of `GraphCore`, so that a warm start costs a walk of the folder, one
`stat` a note and the unpickling: for 3,176 notes 30 ms where reading them all takes 300.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import pickle
import time

from vaultkit.graph.core import GraphCore, graph_core
from vaultkit.vault.cache import TICK_NS, cache_file, stamp_of
from vaultkit.vault.files import Walk, walk
from vaultkit.vault.lazy import unread_vault
from vaultkit.vault.load import CONFIG_FOLDER, load_vault
from vaultkit.vault.settings import Settings, read_settings
from vaultkit.vault.snapshot import Snapshot

log = logging.getLogger(__name__)


def vault_and_graph(
    root: str, *, include_excluded: bool = False, optional: tuple[str, ...] = ()
) -> tuple[Snapshot, GraphCore]:
    """The vault at ``root`` and its concept graph, from the last run where nothing changed since.

    Then the notes of the vault are read only when one is asked for. A graph with optional kinds of nodes
    is not kept.

    Raises:
        VaultkitError: ``root`` is not a folder that can be read.
    """
    root = os.path.abspath(root)
    file = cache_file(root, f"graph, excluded files {'in' if include_excluded else 'out'}")
    if file is None or optional or not os.path.isdir(root):
        vault = load_vault(root)
        return vault, graph_core(vault, include_excluded=include_excluded, optional=optional)
    now = time.time_ns()
    found, settings = walk(root), read_settings(root, CONFIG_FOLDER)
    print_, newest = _fingerprint(root, found, settings)
    core = _read(file, print_)
    if core is not None:
        return unread_vault(root, found, settings), core
    vault = load_vault(root)
    core = graph_core(vault, include_excluded=include_excluded)
    if newest < now - TICK_NS and not vault.faults:
        _write(file, print_, core)
    return vault, core


def _fingerprint(root: str, found: Walk, settings: Settings) -> tuple[bytes, int]:
    """What all that the graph is made of was at this moment, as one hash, and when the last of it was touched."""
    newest = 0
    rows: list[object] = [settings, found.nested]
    for file in found.files:
        stamp = None
        if file.kind in ("note", "canvas"):
            stamp = stamp_of(os.path.join(root, file.path))
            if stamp is not None:
                newest = max(newest, stamp[1], stamp[2])
        rows.append((file.path, stamp))
    return hashlib.blake2b(repr(rows).encode("utf-8", "surrogateescape"), digest_size=32).digest(), newest


def _read(file: str, print_: bytes) -> GraphCore | None:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        with open(file, "rb") as handle:
            if hasattr(os, "getuid") and os.fstat(handle.fileno()).st_uid != os.getuid():
                return None  # somebody else's file is not unpickled
            if handle.read(len(print_)) != print_:
                return None
            core = pickle.load(handle)
    except FileNotFoundError:
        return None
    except Exception as error:  # a damaged pickle raises nearly anything
        log.debug("the graph in %s is not usable: %s", file, error)
        return None
    finally:
        if was_enabled:
            gc.enable()
    return core if isinstance(core, GraphCore) else None


def _write(file: str, print_: bytes, core: GraphCore) -> None:
    part = f"{file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(print_)
            pickle.dump(core, handle, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(part, file)
    except OSError as error:
        log.debug("no graph is kept in %s: %s", file, error)
