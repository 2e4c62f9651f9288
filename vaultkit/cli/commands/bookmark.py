"""Add a bookmark, as Obsidian's `bookmark`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.note_words import said, write_text
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, vault_option
from vaultkit.query.file_lookup import file_named
from vaultkit.query.obsidian_files import setting_with_bytes


@click.command(cls=ObsidianWordCommand)
@vault_option
@click.option("--file", metavar="NAME", help="Bookmark this file.")
@click.option("--subpath", metavar="#PLACE", default="", help="The heading or block of the file.")
@click.option("--folder", metavar="FOLDER", help="Bookmark this folder.")
@click.option("--search", metavar="QUERY", help="Bookmark this search.")
@click.option("--url", metavar="URL", help="Bookmark this address.")
@click.option("--title", metavar="TITLE", default="", help="The title of the bookmark.")
def command(
    vault: str | None,
    file: str | None,
    subpath: str,
    folder: str | None,
    search: str | None,
    url: str | None,
    title: str,
) -> int:
    """Add a file, folder, search or address to the bookmarks."""
    read = open_vault(vault)
    named = [("file", file), ("folder", folder), ("search", search), ("url", url)]
    given = [(kind, value) for kind, value in named if value]
    if len(given) != 1:
        raise VaultkitError("name one of file=, folder=, search= and url=")
    if not read.settings.folder:
        raise VaultkitError("the configuration says that no settings of Obsidian are read")
    kind, value = given[0]
    entry: dict[str, Any] = {"type": kind, "ctime": int(datetime.now().timestamp() * 1000)}
    if kind == "file":
        entry["path"] = file_named(read, value or "")
        if subpath:
            entry["subpath"] = subpath if subpath.startswith("#") else f"#{subpath}"
    else:
        entry[{"folder": "path", "search": "query", "url": "url"}[kind]] = value
    if title:
        entry["title"] = title
    path = f"{read.settings.folder}/bookmarks.json"
    known, before = setting_with_bytes(read, "bookmarks.json")
    items = known.get("items")
    known["items"] = [*(items if isinstance(items, list) else []), entry]
    write_text(read, path, json.dumps(known, ensure_ascii=False, indent=2), before)
    said(f"bookmarked {value}")
    return 0
