"""Where Obsidian's own files name what moves: bookmarks, open tabs, and the folders of the settings.

Obsidian itself follows a rename in its bookmarks and tabs. Its settings name folders by their path and are left
behind when one moves, so that the next picture or daily note makes the old folder again; here they follow, too.
Searches, graph views and settings relative to a note name no file and stay.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator

from vaultkit.base.json_spans import JsonText, edits_within, json_texts
from vaultkit.base.record import record
from vaultkit.base.text import Edit, decode
from vaultkit.note.links import nfc

BOOKMARKS = "bookmarks.json"
TEMPLATER = "plugins/templater-obsidian/data.json"
TABS = ("workspace.json", "workspaces.json")
NAMES = (BOOKMARKS, "app.json", "templates.json", "daily-notes.json", TEMPLATER, *TABS)
_FOLDERS = {
    ("app.json", ("attachmentFolderPath",)),
    ("app.json", ("newFileFolderPath",)),
    ("templates.json", ("folder",)),
    ("daily-notes.json", ("folder",)),
    (TEMPLATER, ("templates_folder",)),
}

# A path or name -> what to write for it; None when it may stay.
Moved = Callable[[str], str | None]


@record
class SettingFile:
    """A file of the settings folder. path: from the vault's folder. locked: why it may not be written, or ""."""

    path: str
    data: bytes
    locked: str = ""


def setting_files(root: str, folder: str, read: Callable[[str], bytes]) -> tuple[SettingFile, ...]:
    """The files in the settings folder that may name what moves.

    folder: "" when nothing is to be read from it. read: the bytes of a file of the vault by its path.
    """
    if not root or not folder:
        return ()
    inside = os.path.join(os.path.realpath(root), "")
    found = []
    for name in NAMES:
        path = f"{folder}/{name}"
        try:
            data = read(path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            found.append(SettingFile(path, b"", f"cannot be read ({(error.strerror or str(error)).lower()})"))
            continue
        is_inside = os.path.realpath(os.path.join(root, path)).startswith(inside)
        found.append(SettingFile(path, data, "" if is_inside else "is outside the vault"))
    return tuple(found)


def fault_of(file: SettingFile) -> str:
    """Return why the file cannot be read; "" if it is a JSON object."""
    decoded = decode(file.data)
    if decoded.fault or not file.data:
        return decoded.fault or file.locked
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError):
        return "is not valid JSON"
    return "" if isinstance(value, dict) else "is not a JSON object"


def setting_edits(name: str, text: str, moved_file: Moved, moved_folder: Moved, moved_link: Moved) -> Iterator[Edit]:
    """Edits of a valid settings file, all else staying as it is formatted.

    name: its path below the settings folder. moved_link: for what may also be a note's name, as in a link.
    """
    places = list(json_texts(text))
    types = {place.path[:-1]: place.value for place in places if place.path[-1:] == ("type",)}
    for place in places:
        new = _moved_value(name, place, types, moved_file, moved_folder, moved_link)
        if new is not None and new != place.value:
            yield from edits_within(text, place, [Edit(0, len(place.value), new)])


def _moved_value(
    name: str,
    place: JsonText,
    types: dict[tuple[str | int, ...], str],
    moved_file: Moved,
    moved_folder: Moved,
    moved_link: Moved,
) -> str | None:
    path, value = place.path, place.value
    if name == BOOKMARKS:
        if path[0] != "items" or path[-1] != "path":
            return None
        kind = types.get(path[:-1])
        return moved_file(value) if kind == "file" else moved_folder(value) if kind == "folder" else None
    if name in TABS:
        is_file = path[-3:] == ("state", "state", "file") or path[-2:-1] == ("lastOpenFiles",)
        return moved_file(value) if is_file else None
    if (name, path) in _FOLDERS:
        return None if value.startswith("./") else moved_folder(value)
    if name == "daily-notes.json" and path == ("template",):
        return moved_link(value)
    if name == "app.json" and path[0] == "userIgnoreFilters" and not value.startswith("/"):
        return moved_folder(value) or moved_file(value)
    return None


def in_moved_folder(value: str, old: str, new: str, fold: Callable[[str], str]) -> str | None:
    """Return a folder's path, with its outer slashes, after ``old``, which it is or is in, becomes ``new``."""
    core = value.strip("/")
    parts, gone = core.split("/"), old.split("/")
    if not core or [fold(part) for part in parts[: len(gone)]] != [fold(part) for part in gone]:
        return None
    at = value.index(core)
    return value[:at] + nfc("/".join([new, *parts[len(gone) :]])) + value[at + len(core) :]
