"""Mochi's packages: a zip with ``data.json`` or ``data.edn``, cards in Markdown with ``---`` between the sides."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.importers.anki_package import is_medium
from vaultkit.cards.importers.edn import read_edn
from vaultkit.cards.importers.model import ImportedCard, ImportReading
from vaultkit.cards.text_keys import clean

SUFFIXES = (".mochi",)
MAX_DATA = 200_000_000
_SIDES = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_GAP = re.compile(r"\{\{(?:([0-9]+)::)?([^{}\n]+?)(?:::([^{}\n]+))?\}\}")
_FILE = re.compile(r"!\[([^\]\n]*)\]\(@media/([^()\s]+)\)")


def is_mochi(data: bytes) -> bool:
    """Whether the zip holds Mochi's data and no collection of Anki."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return bool({"data.json", "data.edn"} & names) and not any(name.startswith("collection.anki") for name in names)


def read_mochi(data: bytes, name: str) -> ImportReading:
    """All cards of a package with the pictures that they show.

    Raises:
        VaultkitError: the package is damaged or too large.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        member = "data.json" if "data.json" in archive.namelist() else "data.edn"
        if archive.getinfo(member).file_size > MAX_DATA:
            raise VaultkitError(f"{name}: possible zip bomb: `{member}` would unpack to more than {MAX_DATA:,} bytes")
        text = archive.read(member).decode("utf-8")
        value = _plain(json.loads(text) if member == "data.json" else read_edn(text))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, RecursionError, KeyError) as error:
        raise VaultkitError(f"{name}: cannot read the package ({error}); export it again") from error
    decks = _decks(value)
    names = {str(deck.get("id")): deck for deck in decks}
    cards: list[ImportedCard] = []
    for deck in decks:
        path = "::".join(_path(deck, names))
        for card in _listed(deck.get("cards")):
            cards.append(_card(card, path, len(cards) + 1))
    wanted = {file for card in cards for file in card.media}
    media = tuple(
        (PurePath(entry).name, archive.read(entry))
        for entry in archive.namelist()
        if PurePath(entry).name in wanted
        and is_medium(PurePath(entry).name)
        and archive.getinfo(entry).file_size <= MAX_DATA
    )
    title = str(decks[0].get("name")) if len(decks) == 1 else PurePath(name).stem
    return ImportReading("mochi", title, tuple(cards), evidence=member, media=media)


def _plain(value: Any) -> Any:
    """Transit's JSON without its marks: keywords as texts, ``["^ ", key, value, …]`` as a map."""
    if isinstance(value, str):
        return value[2:] if value.startswith(("~:", "~$")) else value
    if isinstance(value, dict):
        if set(value) == {"~#set"} or set(value) == {"~#list"}:
            held = next(iter(value.values()))
            return [_plain(item) for item in held] if isinstance(held, list) else []
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        if value[:1] == ["^ "]:
            return {str(_plain(key)): _plain(item) for key, item in zip(value[1::2], value[2::2], strict=False)}
        if len(value) == 2 and value[0] in ("~#set", "~#list"):
            return [_plain(item) for item in value[1]] if isinstance(value[1], list) else []
        return [_plain(item) for item in value]
    return value


def _decks(value: Any) -> list[Mapping[str, Any]]:
    found = list(_listed(value.get("decks") if isinstance(value, dict) else None))
    if isinstance(value, dict) and value.get("cards"):
        found.append({"name": "Mochi", "cards": value["cards"]})
    return found


def _listed(value: Any) -> Iterator[Mapping[str, Any]]:
    items = value.get("list", list(value.values())) if isinstance(value, dict) else value
    return (item for item in (items if isinstance(items, list | tuple) else ()) if isinstance(item, dict))


def _path(deck: Mapping[str, Any], names: Mapping[str, Mapping[str, Any]]) -> list[str]:
    path: list[str] = []
    seen: set[str] = set()
    here: Mapping[str, Any] | None = deck
    while here is not None and str(here.get("id")) not in seen:
        seen.add(str(here.get("id")))
        path.insert(0, str(here.get("name", "")).strip() or "Mochi")
        here = names.get(str(here.get("parent-id")))
    return path


def _card(card: Mapping[str, Any], deck: str, number: int) -> ImportedCard:
    content = str(card.get("content") or "")
    fields = card.get("fields")
    if not content.strip() and isinstance(fields, dict):  # a card of a template: its fields in order
        values = [str(field.get("value", "")) for field in fields.values() if isinstance(field, dict)]
        content = "\n---\n".join(value for value in values if value.strip())
    media = tuple(match[2] for match in _FILE.finditer(content))
    content = _FILE.sub(lambda match: f"![[{match[2]}]]", content)
    front, *rest = _SIDES.split(content)
    back = "\n\n".join(clean(side) for side in rest if side.strip())
    tags = tuple(str(tag).lstrip("#") for tag in card.get("tags") or () if isinstance(tag, str))
    kind = "basic"
    if _GAP.search(front):
        front, kind = _with_deletions(front), "cloze"
    return ImportedCard(
        clean(front),
        back,
        0,
        0,
        0,
        0,
        number,
        tags=tags,
        deck=deck,
        key=str(card.get("id") or ""),
        kind=kind,
        media=media,
    )


def _with_deletions(text: str) -> str:
    """Gaps as deletions; those without a number are asked together, as Mochi does.

    >>> _with_deletions("{{Oslo}} is in {{2::Norway}}")
    '==1;;Oslo== is in ==2;;Norway=='
    """
    return _GAP.sub(lambda match: f"=={match[1] or 1};;{match[2]}{f';;{match[3]}' if match[3] else ''}==", text)
