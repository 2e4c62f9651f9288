"""Files to the vault's ``.trash`` and back; nothing is ever deleted or overwritten."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable
from datetime import datetime

from vaultkit.base.atomic_write import write_whole
from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.rename import rename_new
from vaultkit.base.staging import flush_folder
from vaultkit.base.safe_read import read_regular

FOLDER = ".trash"


@record
class TrashMove:
    """A file's place before and after; vault-relative."""

    before: str
    after: str


@record
class Moves:
    """What was moved. undo: path of the list that takes it back, "" when nothing was; refused: (path, reason)."""

    done: tuple[TrashMove, ...]
    refused: tuple[tuple[str, str], ...]
    undo: str


def move_to_trash(root: str, paths: Iterable[str], now: datetime) -> Moves:
    """Move files to ``.trash``, under the same path there, or with a number where that is taken.

    The list for undo is written before anything moves.

    Raises:
        OSError: there can be no ``.trash``; nothing was moved.
    """
    planned = []
    taken: set[str] = set()
    for path in paths:
        after = _free(root, f"{FOLDER}/{path}", taken)
        taken.add(after)
        planned.append(TrashMove(path, after))
    if not planned:
        return Moves((), (), "")
    undo = _free(root, f"{FOLDER}/vaultkit-undo-{now:%Y%m%d-%H%M%S}.json", taken)
    trash = os.path.join(root, FOLDER)
    os.makedirs(trash, exist_ok=True)
    if not os.path.realpath(trash).startswith(os.path.join(os.path.realpath(root), "")):
        raise OSError(errno.EPERM, "Leads out of the vault", trash)
    document = {"version": 1, "moves": [{"from": move.before, "to": move.after} for move in planned]}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    write_whole(os.path.join(root, undo), text.encode("utf-8", "backslashreplace"))
    done, refused = _move(root, planned)
    return Moves(done, refused, undo)


def undo_moves(root: str, list_path: str) -> Moves:
    """Move back what a list names; what is not in the trash any more, or whose old place is taken, stays.

    Raises:
        VaultkitError: the list cannot be read.
    """
    try:
        document = json.loads(read_regular(list_path).decode("utf-8"))
        moves = [TrashMove(str(entry["to"]), str(entry["from"])) for entry in document["moves"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise VaultkitError(f"{list_path}: no list of moved files ({reason}); {FOLDER} has those there are") from error
    done, refused = _move(root, moves)
    return Moves(done, refused, "")


def _move(root: str, moves: Iterable[TrashMove]) -> tuple[tuple[TrashMove, ...], tuple[tuple[str, str], ...]]:
    done: list[TrashMove] = []
    refused: list[tuple[str, str]] = []
    inside = os.path.join(os.path.realpath(root), "")
    for move in moves:
        source, target = os.path.join(root, move.before), os.path.join(root, move.after)
        if not all(_real_folder(path).startswith(inside) for path in (source, target)):
            refused.append((move.before, "outside the vault"))
        elif os.path.lexists(target):
            refused.append((move.before, f"{move.after} exists already"))
        else:
            try:
                os.makedirs(os.path.dirname(target), exist_ok=True)
                rename_new(source, target)
            except FileExistsError:
                refused.append((move.before, f"{move.after} exists already"))
            except OSError as error:
                refused.append((move.before, (error.strerror or str(error)).lower()))
            else:
                done.append(move)
    for folder in {os.path.dirname(os.path.join(root, path)) for move in done for path in (move.before, move.after)}:
        flush_folder(folder)
    return tuple(done), tuple(refused)


def _real_folder(path: str) -> str:
    return os.path.join(os.path.realpath(os.path.dirname(path)), "")


def _free(root: str, path: str, taken: set[str]) -> str:
    stem, suffix = os.path.splitext(path)
    number = 1
    candidate = path
    while candidate in taken or os.path.lexists(os.path.join(root, candidate)):
        number += 1
        candidate = f"{stem} {number}{suffix}"
    return candidate
