"""Changed files -> disk, whole or not at all.

All new contents are written beside the files first; only when every one lies there are they put in
place, by renaming, which no reader sees half done. When one cannot be put in place, those before it
are put back.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from vaultkit.errors import VaultkitError

_ENDING = ".vaultkit-new"


def write_files(root: str, changes: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Put new contents in place: path in the vault -> (bytes as they were read, new bytes).

    Raises:
        VaultkitError: a file is not any more what it was when it was read, or cannot be written. Then
            no file is changed.
    """
    places = {path: os.path.realpath(os.path.join(root, path)) for path in changes}
    for path, (before, _) in changes.items():
        if _content(path, places[path]) != before:
            raise VaultkitError(f"{path}: it was changed meanwhile, so nothing was written; run the command again")
    prepared: list[str] = []
    try:
        for path, (_, after) in changes.items():
            prepared.append(_prepare(path, places[path], after))
        _put_in_place(changes, places)
    finally:
        for name in prepared:
            if os.path.exists(name):
                os.unlink(name)


def _content(path: str, place: str) -> bytes:
    try:
        with open(place, "rb") as file:
            return file.read()
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({error.strerror}), so nothing was written") from error


def _prepare(path: str, place: str, data: bytes) -> str:
    """Write the new content beside the file, with the file's own permissions; its name."""
    name = _new_name(place)
    try:
        if not os.access(place, os.W_OK):
            raise PermissionError(13, "Permission denied")
        with open(name, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, stat.S_IMODE(os.stat(place).st_mode))
    except OSError as error:
        if not isinstance(error, FileExistsError) and os.path.exists(name):
            os.unlink(name)
        raise VaultkitError(f"{path}: cannot be written ({error.strerror}), so nothing was written") from error
    return name


def _new_name(place: str) -> str:
    folder, name = os.path.split(place)
    return os.path.join(folder, f".{name}{_ENDING}")


def _put_in_place(changes: Mapping[str, tuple[bytes, bytes]], places: Mapping[str, str]) -> None:
    done: list[str] = []
    for path in changes:
        try:
            os.replace(_new_name(places[path]), places[path])
        except OSError as error:
            for earlier in reversed(done):
                with open(places[earlier], "wb") as file:
                    file.write(changes[earlier][0])
            raise VaultkitError(f"{path}: cannot be written ({error.strerror}), so nothing was written") from error
        done.append(path)
