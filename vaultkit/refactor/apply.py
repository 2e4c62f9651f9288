"""A move on the disk: all of it or nothing.

The files get their new path first and their links next, so that even where the power fails between the two
`vaultkit relink` can finish the work. Whatever is refused on the way, everything is put back.
"""

from __future__ import annotations

import contextlib
import os

from vaultkit.errors import VaultkitError
from vaultkit.index.write import Change, NotPutBackError, write_together
from vaultkit.refactor.plan import Move
from vaultkit.refactor.renaming import Renaming


def apply_move(root: str, renaming: Renaming | None, move: Move) -> None:
    """Move the files and rewrite the links. renaming: None when only links are rewritten.

    Raises:
        VaultkitError: something is not as it was read, or cannot be written; nothing is changed then.
    """
    changes = [Change(rewrite.new_path, rewrite.before, rewrite.after) for rewrite in move.rewrites]
    steps = _steps(renaming)
    made: list[str] = []
    moved: list[tuple[str, str]] = []
    try:
        for old, new in steps:
            _require_movable(root, old, new)
            made += _folders_for(root, new)
            os.rename(os.path.join(root, old), os.path.join(root, new))
            moved.append((old, new))
        write_together(root, changes)
    except BaseException as error:
        for old, new in reversed(moved):
            os.rename(os.path.join(root, new), os.path.join(root, old))
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                os.rmdir(folder)
        if isinstance(error, NotPutBackError):
            raise VaultkitError(str(error)) from error
        if isinstance(error, ValueError):
            raise VaultkitError(f"{error}; nothing was changed, run the command again") from None
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise VaultkitError(f"{error.filename or root}: {reason}; nothing was changed") from error
        raise


def _steps(renaming: Renaming | None) -> tuple[tuple[str, str], ...]:
    if renaming is None:
        return ()
    return (renaming.folder,) if renaming.folder is not None else renaming.pairs


def _require_movable(root: str, old: str, new: str) -> None:
    source, target = os.path.join(root, old), os.path.join(root, new)
    if not os.path.lexists(source):
        raise ValueError(f"{old} is gone since it was read")
    if os.path.lexists(target) and not os.path.samestat(os.lstat(source), os.lstat(target)):
        raise ValueError(f"{new} is there already")
    real_root = os.path.join(os.path.realpath(root), "")
    folder = os.path.dirname(target)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    for inside in (os.path.realpath(os.path.dirname(source)), os.path.realpath(folder)):
        if not os.path.join(inside, "").startswith(real_root):
            raise ValueError(f"{new} would lie outside the vault")


def _folders_for(root: str, path: str) -> list[str]:
    """Make the folders above a path that are not there; those that were made, outermost first."""
    missing = []
    folder = os.path.dirname(os.path.join(root, path))
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    made: list[str] = []
    try:
        for folder in reversed(missing):
            os.mkdir(folder)
            made.append(folder)
    except BaseException:
        for folder in reversed(made):
            os.rmdir(folder)
        raise
    return made
