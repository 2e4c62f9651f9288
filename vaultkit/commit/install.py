"""Install and remove hook files in a repository without a hook framework; existing hooks are kept and called."""

from __future__ import annotations

import os
import shlex
import stat
import sys

from vaultkit.base.atomic_write import write_whole
from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_regular
from vaultkit.commit.repository import Git
from vaultkit.commit.typed import quoted

NAMES = ("pre-commit", "pre-merge-commit")
MARK = "# vaultkit hook: `vaultkit hook uninstall` takes this file away"
KEPT = ".before-vaultkit"


def install(git: Git, *, fix: bool = False) -> list[str]:
    """Write the hook files and return their paths. An existing hook is renamed and called first.

    Raises:
        VaultkitError: another tool manages the folder, or a file cannot be written; nothing is changed then.
    """
    folder = _folder(git)
    _require_own_folder(git)
    _require_inside(git, folder)
    undo: list[tuple[str, bytes | None, int]] = []
    written = []
    try:
        os.makedirs(folder, exist_ok=True)
        for name in NAMES:
            path = os.path.join(folder, name)
            kept = path + KEPT
            if os.path.lexists(path) and not _is_ours(path):
                if os.path.lexists(kept):
                    raise VaultkitError(
                        f"{kept}: already exists, and {path} is a hook of another tool; rename one of them"
                    )
                os.rename(path, kept)
                undo.append((path, None, 0))
            elif os.path.lexists(path):
                undo.append((path, read_regular(path), stat.S_IMODE(os.stat(path).st_mode)))
            else:
                undo.append((path, b"", 0))
            write_whole(path, _script(name, fix=fix).encode())
            os.chmod(path, 0o755)
            written.append(path)
    except BaseException as error:
        for path, before, mode in reversed(undo):
            _put_back(path, before, mode)
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise VaultkitError(f"{folder}: cannot write the hook ({reason}); nothing was changed") from error
        raise
    return written


def uninstall(git: Git) -> list[str]:
    """Remove the hook files, restore the earlier hooks, and return the paths.

    Raises:
        VaultkitError: a file cannot be written.
    """
    folder = _folder(git)
    done = []
    for name in NAMES:
        path = os.path.join(folder, name)
        if not _is_ours(path):
            continue
        try:
            if os.path.lexists(path + KEPT):
                os.replace(path + KEPT, path)
            else:
                os.unlink(path)
        except OSError as error:
            raise VaultkitError(f"{path}: cannot be removed ({error.strerror}); check its permissions") from error
        done.append(path)
    return done


def _folder(git: Git) -> str:
    git.find_top()
    folder = git.hooks_folder()
    if os.path.basename(os.path.dirname(os.path.normpath(folder))) == ".husky":
        raise VaultkitError(f"{folder}: managed by husky; add the line `vaultkit hook` to .husky/pre-commit")
    return folder


def _require_own_folder(git: Git) -> None:
    """Raises: VaultkitError: the hooks would be those of all the user's repositories."""
    shared = git.shared_hooks()
    if shared:
        common = os.path.join(git.top, os.fsdecode(git.ask("rev-parse", "--git-common-dir")).rstrip("\n"))
        command = f"git config core.hooksPath {quoted(os.path.join(os.path.normpath(common), 'hooks'))}"
        raise VaultkitError(
            f"{shared}: core.hooksPath sets this hooks folder for all your repositories, so the hook would run in each of "
            f"them; run `{command}` to use a folder for this repository only"
        )


def _require_inside(git: Git, folder: str) -> None:
    """Raises: VaultkitError: a link on the way leads out of the repository, as one that came with it could."""
    common = os.path.join(git.top, os.fsdecode(git.ask("rev-parse", "--git-common-dir")).rstrip("\n"))
    places = (git.top, common)
    is_inside = any(_is_below(os.path.realpath(folder), os.path.realpath(place)) for place in places)
    if not is_inside and any(_is_below(os.path.abspath(folder), os.path.abspath(place)) for place in places):
        raise VaultkitError(f"{folder}: is a link out of the repository; name the folder it leads to as core.hooksPath")


def _is_below(path: str, folder: str) -> bool:
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def _is_ours(path: str) -> bool:
    try:
        return MARK.encode() in read_regular(path)[:4096]
    except OSError:  # none, or nothing that vaultkit writes
        return False


def _script(name: str, *, fix: bool) -> str:
    call = f"{shlex.quote(sys.executable)} -m vaultkit hook{' --fix' if fix else ''}"
    return f"""#!/bin/sh
{MARK}
kept="$(dirname "$0")/{name}{KEPT}"
if [ -x "$kept" ]; then
    "$kept" "$@" || exit $?
fi
exec {call}
"""


def _put_back(path: str, before: bytes | None, mode: int) -> None:
    """before: bytes of our own older file, b"" for none, None for a hook that lies under its kept name."""
    if before is None:
        os.replace(path + KEPT, path)
    elif before:
        write_whole(path, before)
        os.chmod(path, mode)
    elif os.path.lexists(path):
        os.unlink(path)
