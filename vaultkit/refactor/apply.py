"""Apply a move on disk completely or not at all.

Files are moved first, then links are updated. If a step fails, everything is restored; if the process is killed, the
next run restores it (`vaultkit.base.journal`).
"""

from __future__ import annotations

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
    try:
        write_together(root, _changes(root, move), _steps(renaming), lambda old, new: _require_movable(root, old, new))
    except NotPutBackError as error:
        raise VaultkitError(str(error)) from error
    except ValueError as error:
        raise VaultkitError(f"{error}; nothing was changed, run the command again") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        place = error.filename2 or error.filename or root
        raise VaultkitError(f"{place}: {reason}; nothing was changed") from error


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
        raise ValueError(f"{old} was removed during the run")
    if os.path.lexists(target) and not os.path.samestat(os.lstat(source), os.lstat(target)):
        raise VaultkitError(f"{new} already exists; nothing was changed, choose another name")
    real_root = os.path.join(os.path.realpath(root), "")
    folder = os.path.dirname(target)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    for inside in (os.path.realpath(os.path.dirname(source)), os.path.realpath(folder)):
        if not os.path.join(inside, "").startswith(real_root):
            raise VaultkitError(f"{new} is outside the vault; nothing was changed, use a path inside it")
    while not os.path.samefile(folder, root):
        if os.path.islink(folder):
            raise VaultkitError(
                f"{os.path.relpath(folder, root)} is a symbolic link, and notes in it are not read; nothing was "
                "changed, name the folder itself"
            )
        folder = os.path.dirname(folder)
