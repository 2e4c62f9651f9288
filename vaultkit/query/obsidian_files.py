"""What Obsidian's own settings files say: daily notes, templates, unique notes, bookmarks, plugins, themes, workspaces.

A file that is absent means the defaults, as in the app. Source: Obsidian Help, the pages of the core plugins.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.text import decode
from vaultkit.query.bases.dates import formatted
from vaultkit.vault.snapshot import Snapshot


@record
class DatedNote:
    """How a note named by the date is made. template: its linkpath, "" for none."""

    folder: str
    format: str
    template: str


@record
class BookmarkEntry:
    """A bookmark. kind: file, folder, search, url, graph, heading or block; group: titles above it, with "/"."""

    kind: str
    title: str
    target: str
    group: str


def read_setting(vault: Snapshot, name: str) -> dict[str, Any]:
    """The JSON object in a file of the settings folder; {} if there is none.

    Raises:
        VaultkitError: it is no JSON object.
    """
    return setting_with_bytes(vault, name)[0]


def setting_with_bytes(vault: Snapshot, name: str) -> tuple[dict[str, Any], bytes | None]:
    """As `read_setting`, and the bytes that it was read from, to write it again; None if there is no file."""
    value, data = _json(vault, name, {})
    if not isinstance(value, dict):
        raise VaultkitError(f"{vault.settings.folder}/{name}: not a JSON object")
    return value, data


def read_list(vault: Snapshot, name: str) -> list[str]:
    """The texts of the JSON list in a file of the settings folder; [] if there is none."""
    return texts_of(_json(vault, name, [])[0])


def texts_of(value: Any) -> list[str]:
    """The texts of a list of a settings file; what has another type, which no version of Obsidian writes, is left out."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _json(vault: Snapshot, name: str, default: Any) -> tuple[Any, bytes | None]:
    if not vault.settings.folder:
        return default, None
    path = f"{vault.settings.folder}/{name}"
    try:
        data = vault.read_bytes(path)
        return json.loads(decode(data).text), data
    except (FileNotFoundError, NotADirectoryError):
        return default, None
    except (OSError, ValueError, RecursionError) as error:
        raise VaultkitError(f"{path}: cannot be read ({error})") from error


def daily_note(vault: Snapshot) -> DatedNote:
    """The settings of daily notes."""
    found = read_setting(vault, "daily-notes.json")
    return DatedNote(
        _folder(found.get("folder")), _text(found.get("format"), "YYYY-MM-DD"), _text(found.get("template"), "")
    )


def unique_note(vault: Snapshot) -> DatedNote:
    """The settings of unique notes."""
    found = read_setting(vault, "zk-prefixer.json")
    return DatedNote(
        _folder(found.get("folder")), _text(found.get("format"), "YYYYMMDDHHmm"), _text(found.get("template"), "")
    )


def dated_path(settings: DatedNote, now: datetime) -> str:
    """The path of the note for a moment."""
    name = formatted(now, settings.format).strip("/")
    return f"{settings.folder}/{name}.md" if settings.folder else f"{name}.md"


def template_formats(vault: Snapshot) -> tuple[str, str, str]:
    """The folder of templates, and the formats of ``{{date}}`` and ``{{time}}``."""
    found = read_setting(vault, "templates.json")
    return (
        _folder(found.get("folder")),
        _text(found.get("dateFormat"), "YYYY-MM-DD"),
        _text(found.get("timeFormat"), "HH:mm"),
    )


def bookmarks(vault: Snapshot) -> list[BookmarkEntry]:
    """All bookmarks, in order."""
    return list(_bookmarks(read_setting(vault, "bookmarks.json").get("items"), ""))


def _bookmarks(items: Any, group: str) -> Iterator[BookmarkEntry]:
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            continue
        kind, title = _text(item.get("type"), ""), _text(item.get("title"), "")
        if kind == "group":
            yield from _bookmarks(item.get("items"), f"{group}/{title}" if group else title)
            continue
        target = _text(item.get("path") or item.get("query") or item.get("url"), "") + _text(item.get("subpath"), "")
        yield BookmarkEntry(kind, title or target, target, group)


def installed(vault: Snapshot, folder: str) -> list[dict[str, Any]]:
    """The manifests of the plugins or themes in a folder of the settings, by id or name."""
    import os

    base = os.path.join(vault.root, vault.settings.folder, folder)
    try:
        names = sorted(os.listdir(base))
    except OSError:
        return []
    found = [read_setting(vault, f"{folder}/{name}/manifest.json") for name in names]
    return [{**manifest, "folder": name} for name, manifest in zip(names, found, strict=True) if manifest]


def core_plugins(vault: Snapshot) -> dict[str, bool]:
    """The core plugins in the vault's settings, and which are switched on; {} if the settings do not list them."""
    found = _json(vault, "core-plugins.json", {})[0]
    if isinstance(found, list):  # as Obsidian wrote it before 1.5: the ones that are switched on
        return dict.fromkeys(texts_of(found), True)
    return {name: is_on is True for name, is_on in found.items()} if isinstance(found, dict) else {}


def snippets(vault: Snapshot) -> list[str]:
    """The names of the CSS snippets."""
    import os

    try:
        names = os.listdir(os.path.join(vault.root, vault.settings.folder, "snippets"))
    except OSError:
        return []
    return sorted(name[:-4] for name in names if name.endswith(".css"))


def _folder(value: Any) -> str:
    return value.strip("/ ") if isinstance(value, str) else ""


def _text(value: Any, default: str) -> str:
    return value if isinstance(value, str) and value.strip() else default


def manifest_line(manifest: dict[str, Any], key: str, *, with_version: bool) -> str:
    """Return the id or name of a plugin or theme, else its folder, and its version behind a tab."""
    shown = str(manifest.get(key) or manifest["folder"])
    return f"{shown}\t{manifest.get('version', '')}" if with_version else shown
