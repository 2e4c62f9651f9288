"""Decide whether a changed file can affect a vault. It runs first, so it imports almost nothing."""

from __future__ import annotations

from vaultkit.commit.repository import SUBMODULE, Staged
from vaultkit.config import OBSIDIAN_FOLDER
from vaultkit.vault.files import file_kind, is_hidden

CONFIG_NAMES = frozenset({"vaultkit.toml", ".vaultkit.toml", "pyproject.toml", ".vaultkit-baseline.json"})


def is_relevant(change: Staged) -> bool:
    """The change can matter to a vault."""
    if any(entry is not None and entry.mode == SUBMODULE for entry in (change.old, change.new)):
        return True
    return _matters(change.path, change.status) or _matters(change.old_path, change.status)


def _matters(path: str, status: str) -> bool:
    """What Obsidian does not list can be linked all the same, so it matters when it comes, goes or is renamed."""
    if path.rpartition("/")[2] in CONFIG_NAMES or f"/{OBSIDIAN_FOLDER}/" in f"/{path}":
        return True
    return not is_hidden(path) and (status != "M" or file_kind(path) != "unsupported")
