"""The vault's own settings, read from its configuration folder. Only changed settings are stored there."""

from __future__ import annotations

import os
from typing import Any

from vaultkit.base.record import record
from vaultkit.config import OBSIDIAN_FOLDER
from vaultkit.config import Read, read_file


@record
class Settings:
    """Keys of ``.obsidian/app.json`` that matter here, with Obsidian's defaults.

    folder:            the configuration folder; "" when nothing is to be read from it.
    attachment_folder: "/" the root, "name" that folder, "./" own folder, "./name" below own folder.
    ignore_filters:    path prefixes, or regular expressions between slashes; hidden, still link targets.
    new_link_format:   "shortest", "relative" or "absolute": how links are written, never how they are read.
    faults:            (file, reason) of settings files that could not be read.
    """

    folder: str = OBSIDIAN_FOLDER
    attachment_folder: str = "/"
    new_link_format: str = "shortest"
    use_markdown_links: bool = False
    show_unsupported_files: bool = False
    ignore_filters: tuple[str, ...] = ()
    new_file_location: str = "root"
    new_file_folder: str = ""
    template_folders: tuple[str, ...] = ()
    linter_ignored_folders: tuple[str, ...] = ()
    property_types: tuple[tuple[str, str], ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


def read_settings(root: str, config_folder: str = OBSIDIAN_FOLDER, read: Read = read_file) -> Settings:
    """The settings of the vault at ``root``; a file that is absent or broken means the defaults.

    config_folder: "" for Obsidian's defaults, whatever the vault has.
    read: content of the files, where it differs from the disk.
    """
    faults: list[tuple[str, str]] = []
    folder = os.path.join(root, config_folder)
    if not config_folder or (read is read_file and not os.path.isdir(folder)):
        return Settings(folder=config_folder)

    import json  # an unchanged vault is answered without it

    def load(name: str) -> dict[str, Any]:
        try:
            value = json.loads(read(os.path.join(folder, name)).decode("utf-8-sig"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            faults.append((f"{config_folder}/{name}", str(error)))
            return {}
        if not isinstance(value, dict):
            faults.append((f"{config_folder}/{name}", "no settings: it is not a JSON object"))
            return {}
        return value

    app = load("app.json")
    templates = [load("templates.json").get("folder")]
    templates.append(load("plugins/templater-obsidian/data.json").get("templates_folder"))
    types = load("types.json").get("types")
    return Settings(
        folder=config_folder,
        attachment_folder=_text(app, "attachmentFolderPath", "/"),
        new_link_format=_text(app, "newLinkFormat", "shortest"),
        use_markdown_links=app.get("useMarkdownLinks") is True,
        show_unsupported_files=app.get("showUnsupportedFiles") is True,
        ignore_filters=_texts(app.get("userIgnoreFilters")),
        new_file_location=_text(app, "newFileLocation", "root"),
        new_file_folder=_text(app, "newFileFolderPath", ""),
        template_folders=tuple(
            folder.strip("/") for folder in templates if isinstance(folder, str) and folder.strip("/")
        ),
        linter_ignored_folders=tuple(
            folder.strip("/")
            for folder in _texts(load("plugins/obsidian-linter/data.json").get("foldersToIgnore"))
            if folder.strip("/")
        ),
        property_types=tuple((name, kind) for name, kind in types.items() if isinstance(kind, str))
        if isinstance(types, dict)
        else (),
        faults=tuple(faults),
    )


def settings_from(app: dict[str, Any]) -> Settings:
    """Settings of a vault in memory, from the keys of ``app.json``."""
    return Settings(
        attachment_folder=_text(app, "attachmentFolderPath", "/"),
        new_link_format=_text(app, "newLinkFormat", "shortest"),
        use_markdown_links=app.get("useMarkdownLinks") is True,
        show_unsupported_files=app.get("showUnsupportedFiles") is True,
        ignore_filters=_texts(app.get("userIgnoreFilters")),
    )


def _text(values: dict[str, Any], key: str, default: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else default


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(member for member in value if isinstance(member, str)) if isinstance(value, list) else ()
