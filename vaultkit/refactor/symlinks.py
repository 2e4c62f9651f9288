"""Symbolic links within a vault, which break when their target moves."""

from __future__ import annotations

import os
from collections.abc import Iterable

from vaultkit.base.errors import VaultkitError
from vaultkit.refactor.renaming import Renaming


def require_symlinks_kept(root: str, paths: Iterable[str], renaming: Renaming) -> None:
    """Refuse a move after which a symbolic link would not lead where it leads.

    paths: the vault's files.

    Raises:
        VaultkitError: one would not; the message names it.
    """
    moved = dict(renaming.pairs)
    for path in paths if root else ():
        place = os.path.join(root, path)
        if not os.path.islink(place):
            continue
        written = os.readlink(place)
        target = _inside(root, path, written)
        wanted = moved.get(target, target)
        if _inside(root, moved.get(path, path), written) != wanted:
            raise VaultkitError(
                f"{path}: symbolic link to {target}, which the move would break; change or remove it first"
            )


def _inside(root: str, path: str, written: str) -> str:
    """Where a symbolic link at ``path`` leads, as a path from the vault's folder."""
    folder = os.path.dirname(os.path.join(root, path))
    if os.path.isabs(written):
        root, written = os.path.realpath(root), os.path.realpath(written)
    return os.path.relpath(os.path.join(folder, written), root).replace(os.sep, "/")
