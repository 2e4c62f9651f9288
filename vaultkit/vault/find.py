"""Find the folder of the vault around a path."""

from __future__ import annotations

import os

from vaultkit.base.errors import VaultkitError
from vaultkit.config import OBSIDIAN_FOLDER


def find_vault(start: str) -> str:
    """Return the vault around ``start``: the nearest parent with Obsidian's settings, else with git, else ``start``.

    Raises:
        VaultkitError: ``start`` does not exist.
    """
    start = os.path.abspath(start)
    if not os.path.exists(start):
        raise VaultkitError(f"{start}: no such file or folder; check the path")
    if not os.path.isdir(start):
        start = os.path.dirname(start)
    for marker in (OBSIDIAN_FOLDER, ".git"):
        folder = start
        while True:
            if os.path.exists(os.path.join(folder, marker)):
                return folder
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
    return start
