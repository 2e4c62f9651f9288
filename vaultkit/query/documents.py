"""The files that a search looks at: notes, canvases with the text of their cards, bases by name.

Attachments are looked at only if the query asks for files by ``file:`` or ``path:``. Files that the vault's settings
exclude are left out. Source: Obsidian Help, "Search".
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.json_spans import json_texts
from vaultkit.base.text import decode
from vaultkit.note.parse import parse_text
from vaultkit.query.files import listed_files, text_of
from vaultkit.query.search import asks_for_files
from vaultkit.query.search_scope import SearchDocument, page
from vaultkit.vault.snapshot import Snapshot


def documents(vault: Snapshot, folder: str, query: str) -> Iterator[tuple[str, SearchDocument]]:
    """Yield (path, document) of the files below a folder that the query looks at, by path.

    Raises:
        VaultkitError: there is no such folder.
    """
    kinds = ("note", "canvas", "base", "attachment") if asks_for_files(query) else ("note", "canvas", "base")
    for path in listed_files(vault, folder):
        kind = vault.files[path].kind
        if kind not in kinds or vault.is_excluded(path):
            continue
        if kind == "note":
            yield path, page(path, vault.notes[path], text_of(vault, path))
        else:
            text = _card_texts(vault, path) if kind == "canvas" else ""
            yield path, page(path, parse_text(text), text)


def _card_texts(vault: Snapshot, path: str) -> str:
    """The texts of a canvas' cards, one below the other."""
    canvas = vault.canvases.get(path)
    if canvas is None or canvas.fault:
        return ""
    try:
        text = decode(vault.read_bytes(path)).text
    except OSError:
        return ""
    places = json_texts(text) if text.strip() else ()
    return "\n".join(place.value for place in places if len(place.path) == 3 and place.path[2] == "text")
