"""The vault's settings name a folder, template or note that is not there.

Why:     new pictures, daily notes and templates go wrong in silence. A missing attachment folder is the
         usual cause behind a flood of missing pictures.
Fix:     none: either the folder is to be brought back or the setting changed, in Obsidian's settings.
Source:  Obsidian Help, "Attachments", "Daily notes", "Templates", "Bookmarks".
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from vaultkit.index.resolve import fold
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Severity
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import unresolved_links
from vaultkit.lint.rules._source import text_of

CODE = "HY003"
SEVERITY = "warning"
BAD = {"a.md": "Text.", ".obsidian/templates.json": '{"folder": "Templates"}'}
GOOD = {"a.md": "Text.", ".obsidian/templates.json": '{"folder": "Templates"}', "Templates/Daily.md": ""}

MAX_NESTING = 50


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """What the settings of attachments, templates, daily notes, bookmarks and tabs name and the vault lacks."""
    config = vault.settings.folder
    if not vault.root or not config:
        return
    if vault.untracked is None and not os.path.isdir(os.path.join(vault.root, config)):
        return
    folder = vault.settings.attachment_folder
    if folder.strip("/") and not folder.startswith("./") and not _is_folder(vault, folder):
        missing = sum(1 for _ in unresolved_links(vault, "attachment"))
        message = (
            f"the attachment folder {folder} is not there, and {missing} "
            f"{'embeds find' if missing > 1 else 'embed finds'} no file: most likely the folder was left behind"
        )
        if not missing:  # Obsidian makes the folder with the first picture, so by itself its absence is no fault
            message = f"the attachment folder {folder} is not there; Obsidian makes it with the next picture"
        yield _fault(vault, "app.json", folder, message, None if missing else "info")
    templates = _settings(vault, "templates.json").get("folder")
    if isinstance(templates, str) and templates.strip("/") and not _is_folder(vault, templates):
        yield _fault(vault, "templates.json", templates, f"the template folder {templates} is not there")
    templater = "plugins/templater-obsidian/data.json"
    templates = _settings(vault, templater).get("templates_folder")
    if isinstance(templates, str) and templates.strip("/") and not _is_folder(vault, templates):
        yield _fault(vault, templater, templates, f"Templater's folder {templates} is not there")
    daily = _settings(vault, "daily-notes.json")
    template = daily.get("template")
    if isinstance(template, str) and template.strip() and vault.resolve(template.strip().lstrip("/"), "").path is None:
        yield _fault(vault, "daily-notes.json", template, f"the template of daily notes, {template}, is not there")
    days = daily.get("folder")
    if isinstance(days, str) and days.strip("/") and not _is_folder(vault, days):
        yield _fault(vault, "daily-notes.json", days, f"the folder of daily notes, {days}, is not there")
    for path in _bookmarked(_settings(vault, "bookmarks.json").get("items"), MAX_NESTING):
        if vault.file_at(path) is None and path not in vault.files and not _is_folder(vault, path):
            yield _fault(vault, "bookmarks.json", path, f"the bookmark {path} opens nothing")
    for name in ("workspace.json", "workspaces.json"):
        for path in dict.fromkeys(_opened(_settings(vault, name), MAX_NESTING)):
            if vault.file_at(path) is None and path not in vault.files:
                yield _fault(vault, name, path, f"a tab of the workspace shows {path}, which is gone")


def _is_folder(vault: Vault, folder: str) -> bool:
    if vault.untracked is not None:  # a commit has no folders but those of its files
        start = fold(folder.strip("/")) + "/"
        return any(fold(path).startswith(start) for path in vault.files)
    return os.path.isdir(os.path.join(vault.root, folder.strip("/")))


def _settings(vault: Vault, name: str) -> dict[str, Any]:
    """A settings file of the vault; empty when there is none, or it is broken, which a notice tells."""
    text = text_of(vault, f"{vault.settings.folder}/{name}")
    try:
        value = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _bookmarked(items: Any, depth: int) -> Iterator[str]:
    for item in items if isinstance(items, list) and depth else ():
        if isinstance(item, dict):
            if item.get("type") in ("file", "folder") and isinstance(item.get("path"), str) and item["path"].strip("/"):
                yield item["path"]
            yield from _bookmarked(item.get("items"), depth - 1)


def _opened(value: Any, depth: int) -> Iterator[str]:
    """Files that tabs of a saved layout show: ``state.file`` of each leaf."""
    if not depth:
        return
    if isinstance(value, dict):
        state = value.get("state")
        inner = state.get("state") if isinstance(state, dict) else None
        if value.get("type") == "leaf" and isinstance(inner, dict) and isinstance(inner.get("file"), str):
            yield inner["file"]
        for member in value.values():
            yield from _opened(member, depth - 1)
    elif isinstance(value, list):
        for member in value:
            yield from _opened(member, depth - 1)


def _fault(vault: Vault, name: str, value: str, message: str, severity: Severity | None = None) -> tuple[str, Fault]:
    path = f"{vault.settings.folder}/{name}"
    text = text_of(vault, path) or ""
    written = json.dumps(value, ensure_ascii=False)
    at = text.find(written)
    place = (at, at + len(written)) if at >= 0 else (0, 0)
    return path, Fault(*place, message, value, severity=severity)
