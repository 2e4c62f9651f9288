"""An Obsidian setting that refers to a missing folder, template or note.

Why:     new attachments and daily notes silently end up in the wrong folder. A missing attachment folder is the
         usual cause of many missing pictures.
Fix:     none: restore the folder, or change the setting in Obsidian.
Source:  Obsidian Help, "Attachments", "Daily notes", "Templates", "Bookmarks".

Tabs of the workspace are not checked: Obsidian closes tabs of missing files.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from vaultkit.lint.facts.links import unresolved_links
from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.finding import Severity, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import LINKS
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

CODE = "HY003"
SEVERITY = "warning"
WHOLE = True
DEPENDS = (LINKS,)
BAD = {"a.md": "Text.", ".obsidian/templates.json": '{"folder": "Templates"}'}
GOOD = {"a.md": "Text.", ".obsidian/templates.json": '{"folder": "Templates"}', "Templates/Daily.md": ""}

MAX_NESTING = 50


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Report missing paths in the settings of attachments, templates, daily notes and bookmarks."""
    config = vault.settings.folder
    if not vault.root or not config:
        return
    if vault.untracked is None and not os.path.isdir(os.path.join(vault.root, config)):
        return
    folder = vault.settings.attachment_folder
    if folder.strip("/") and not folder.startswith("./") and not _is_folder(vault, folder):
        missing = sum(1 for _ in unresolved_links(vault, "attachment"))
        embeds = "1 embed has" if missing == 1 else f"{missing} embeds have"
        message = f"attachment folder `{folder}` does not exist, and {embeds} no file"
        if not missing:  # Obsidian makes the folder with the first picture, so by itself its absence is no fault
            message = f"attachment folder `{folder}` does not exist; Obsidian creates it with the next picture"
        yield _fault(vault, "app.json", folder, message, None if missing else "info")
    templates = _settings(vault, "templates.json").get("folder")
    if isinstance(templates, str) and templates.strip("/") and not _is_folder(vault, templates):
        yield _fault(vault, "templates.json", templates, f"template folder `{templates}` does not exist")
    templater = "plugins/templater-obsidian/data.json"
    templates = _settings(vault, templater).get("templates_folder")
    if isinstance(templates, str) and templates.strip("/") and not _is_folder(vault, templates):
        yield _fault(vault, templater, templates, f"Templater's template folder `{templates}` does not exist")
    daily = _settings(vault, "daily-notes.json")
    template = daily.get("template")
    if isinstance(template, str) and template.strip() and vault.resolve(template.strip().lstrip("/"), "").path is None:
        yield _fault(vault, "daily-notes.json", template, f"template `{template}` of daily notes does not exist")
    days = daily.get("folder")
    if isinstance(days, str) and days.strip("/") and not _is_folder(vault, days):
        message = f"folder `{days}` of daily notes does not exist; Obsidian creates it with the next note"
        yield _fault(vault, "daily-notes.json", days, message, "info")
    for path in _bookmarked(_settings(vault, "bookmarks.json").get("items"), MAX_NESTING):
        if vault.file_at(path) is None and path not in vault.files and not _is_folder(vault, path):
            yield _fault(vault, "bookmarks.json", path, f"bookmark to a missing file: `{path}`")


def _is_folder(vault: Snapshot, folder: str) -> bool:
    if vault.untracked is not None:  # a commit has no folders but those of its files
        start = fold(folder.strip("/")) + "/"
        return any(fold(path).startswith(start) for path in vault.files)
    return os.path.isdir(os.path.join(vault.root, folder.strip("/")))


def _settings(vault: Snapshot, name: str) -> dict[str, Any]:
    """Return a settings file of the vault; empty if it is missing or invalid (a notice reports that)."""
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


def _fault(
    vault: Snapshot, name: str, value: str, message: str, severity: Severity | None = None
) -> tuple[str, Violation]:
    path = f"{vault.settings.folder}/{name}"
    text = text_of(vault, path) or ""
    written = json.dumps(value, ensure_ascii=False)
    at = text.find(written)
    place = (at, at + len(written)) if at >= 0 else (0, 0)
    return path, Violation(*place, message, value, severity=severity)
