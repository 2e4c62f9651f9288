"""A move on the disk: all of it or nothing.

The files get their new path first and their links next, so that even where the power fails between the two
`vaultkit relink` can finish the work. Whatever is refused on the way, everything is put back.
"""

from __future__ import annotations

import contextlib
import os

from vaultkit.base.atomic_write import FileChange, NotPutBackError, write_together
from vaultkit.base.errors import VaultkitError
from vaultkit.refactor.plan import MovePlan
from vaultkit.refactor.renaming import Renaming


def apply_move(root: str, renaming: Renaming | None, move: MovePlan) -> None:
    """Move the files and rewrite the links. renaming: None when only links are rewritten.

    Raises:
        VaultkitError: something is not as it was read, or cannot be written; nothing is changed then.
    """
    changes = _changes(root, move)
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
            place = error.filename2 or error.filename or root
            raise VaultkitError(f"{place}: {reason}; nothing was changed") from error
        raise


def _changes(root: str, move: MovePlan) -> list[FileChange]:
    """The texts to write; a file that is in the vault by several symbolic links is written once.

    Raises:
        VaultkitError: its links would have to be spelled otherwise from another place.
    """
    found: dict[str, tuple[str, FileChange]] = {}
    for rewrite in move.rewrites:
        real = os.path.realpath(os.path.join(root, rewrite.path))
        known = found.get(real)
        if known is not None and known[1].after != rewrite.after:
            raise VaultkitError(
                f"{rewrite.path}: is the same file as {known[0]}, and its links cannot be written so that they hold "
                "in both places; remove the symbolic link first"
            )
        if known is None or not os.path.islink(os.path.join(root, rewrite.path)):
            found[real] = rewrite.path, FileChange(rewrite.new_path, rewrite.before, rewrite.after)
    return [change for _, change in found.values()]


def _steps(renaming: Renaming | None) -> tuple[tuple[str, str], ...]:
    if renaming is None:
        return ()
    return (renaming.folder,) if renaming.folder is not None else renaming.pairs


def _require_movable(root: str, old: str, new: str) -> None:
    source, target = os.path.join(root, old), os.path.join(root, new)
    if not os.path.lexists(source):
        raise ValueError(f"{old} is gone since it was read")
    if os.path.lexists(target) and not os.path.samestat(os.lstat(source), os.lstat(target)):
        raise VaultkitError(f"{new} is there already; nothing was changed, choose another name")
    real_root = os.path.join(os.path.realpath(root), "")
    folder = os.path.dirname(target)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    for inside in (os.path.realpath(os.path.dirname(source)), os.path.realpath(folder)):
        if not os.path.join(inside, "").startswith(real_root):
            raise VaultkitError(f"{new} would lie outside the vault; nothing was changed, name a path inside it")
    while not os.path.samefile(folder, root):
        if os.path.islink(folder):
            raise VaultkitError(
                f"{os.path.relpath(folder, root)} is a symbolic link, behind which no file is a note; nothing was "
                "changed, name the folder itself"
            )
        folder = os.path.dirname(folder)


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
