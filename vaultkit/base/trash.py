"""A file to the trash of the desktop. Source: freedesktop.org Trash specification 1.0."""

from __future__ import annotations

import os
from datetime import datetime
from urllib.parse import quote

from vaultkit.base.errors import VaultkitError
from vaultkit.base.rename import rename_new


def to_system_trash(path: str) -> str:
    """Move a file to the home trash, and return its place there. Nothing there is replaced.

    Raises:
        VaultkitError: it cannot be moved, as between two disks.
    """
    path = os.path.abspath(path)
    base = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    files, infos = os.path.join(base, "Trash", "files"), os.path.join(base, "Trash", "info")
    stem, suffix = os.path.splitext(os.path.basename(path))
    number = 1
    try:
        os.makedirs(files, mode=0o700, exist_ok=True)
        os.makedirs(infos, mode=0o700, exist_ok=True)
        while True:
            name = f"{stem}{suffix}" if number == 1 else f"{stem} {number}{suffix}"
            info = os.path.join(infos, f"{name}.trashinfo")
            try:
                with open(info, "x", encoding="utf-8") as file:
                    date = datetime.now().strftime("%Y-%m-%dT%H:%M:%S")
                    file.write(f"[Trash Info]\nPath={quote(path)}\nDeletionDate={date}\n")
            except FileExistsError:
                number += 1
                continue
            try:
                rename_new(path, os.path.join(files, name))
            except FileExistsError:
                os.unlink(info)
                number += 1
                continue
            except OSError:
                os.unlink(info)
                raise
            return os.path.join(files, name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise VaultkitError(f"{path}: cannot be moved to the trash ({reason}); nothing was deleted") from error
