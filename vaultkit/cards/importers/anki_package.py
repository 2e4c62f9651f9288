"""Anki packages, ``.apkg`` and ``.colpkg``: old and new collections, basic, reversed and cloze notes.

A package is foreign data: nothing is unpacked to a path it names, sizes are checked before and
while reading, and the collection is opened read-only from a private temporary copy.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import struct
import tempfile
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.extras import import_extra
from vaultkit.base.record import changed
from vaultkit.base.text import escape_control_chars
from vaultkit.cards.exporters.media import is_shown
from vaultkit.cards.importers.anki_notes import card_of
from vaultkit.cards.importers.model import ImportedCard, ImportReading
from vaultkit.cards.notes.anki_origin import NoteType, Origin, OriginalNote
from vaultkit.cards.notes.writing import RESERVED

SUFFIXES = (".apkg", ".colpkg")
MAX_COLLECTION = 500_000_000
# Collections and pictures shrink to a tenth at best; a bomb to a thousandth.
MAX_RATIO = 100
# Reading the largest collection takes some seconds.
MAX_SECONDS = 60
MAX_MEDIA_FILE = 100_000_000
MAX_MEDIA_TOTAL = 1_000_000_000
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_SEPARATOR = "\x1f"
OWN_TYPES = range(1607392301, 1607392305)
"""Ids of the note types that vaultkit itself writes."""


def is_package(data: bytes) -> bool:
    """Whether the bytes are a zip file."""
    return data.startswith(b"PK\x03\x04")


def read_package(data: bytes, name: str, *, media: bool = True) -> ImportReading:
    """All notes of a package, with its media.

    Raises:
        VaultkitError: the package is damaged, too large, unsafe, or of a kind that cannot be read.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise VaultkitError(f"{name}: damaged or truncated package ({error}); export it again") from error
    member = next((entry for entry in _COLLECTIONS if entry in names), None)
    if member is None:
        raise VaultkitError(f"{name}: no Anki collection in the package; export a deck package from Anki")
    collection = _extract(archive, member, MAX_COLLECTION, name)
    is_new = member == "collection.anki21b"
    if is_new:
        collection = _unzstd(collection, MAX_COLLECTION, name)
    cards, notes, origin = _notes(collection, name)
    files = _media(archive, names, name, is_new=is_new) if media and "media" in names else ()
    deck = next((card.deck for card in cards if card.deck), Path(name).stem)
    return ImportReading("apkg", deck, cards, evidence=member, media=files, notes=notes, origin=origin)


#: What zipfile lets through for a damaged, encrypted or oddly compressed member (NotImplementedError is a RuntimeError).
_UNREADABLE = (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, struct.error, zlib.error)


def _extract(archive: zipfile.ZipFile, member: str, limit: int, name: str) -> bytes:
    info = archive.getinfo(member)
    if info.file_size > limit or info.file_size > MAX_RATIO * max(info.compress_size, 100_000):
        raise VaultkitError(f"{name}: possible zip bomb: `{member}` would unpack to {info.file_size:,} bytes")
    try:
        with archive.open(info) as file:
            data = file.read(limit + 1)
    except _UNREADABLE as error:
        raise VaultkitError(f"{name}: cannot unpack `{member}` ({error}); export the package again") from error
    if len(data) > limit:
        raise VaultkitError(f"{name}: possible zip bomb: `{member}` is larger than its declared size")
    return data


def _unzstd(data: bytes, limit: int, name: str) -> bytes:
    zstandard: Any = import_extra("zstandard", f"the Anki package {name}")
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(io.BytesIO(data)) as reader:
            plain: bytes = reader.read(limit + 1)
    except zstandard.ZstdError as error:
        raise VaultkitError(f"{name}: cannot unpack a part of the package ({error}); export it again") from error
    if len(plain) > limit:
        raise VaultkitError(f"{name}: possible zip bomb: a part of the package unpacks to more than {limit:,} bytes")
    return plain


def _notes(collection: bytes, name: str) -> tuple[tuple[ImportedCard, ...], tuple[str, ...], Origin]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.db"
        path.write_bytes(collection)
        try:
            connection = sqlite3.connect(f"file:{path.as_posix()}?mode=ro&immutable=1", uri=True)
            try:
                connection.create_collation(
                    "unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold())
                )
                _limit(connection)
                return _rows(connection)
            finally:
                connection.close()
        except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
            raise VaultkitError(f"{name}: the collection cannot be read ({error}); export the package again") from error


def _limit(connection: sqlite3.Connection) -> None:
    """Let a foreign database neither compute without end nor make texts out of nothing.

    Raises:
        ValueError: what should be a table is a view, which is a program.
    """
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_COLLECTION)
    until = time.monotonic() + MAX_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)
    connection.execute("pragma trusted_schema = off")
    programs = [
        name for (name,) in connection.execute("select name from sqlite_master where type in ('view', 'trigger')")
    ]
    if programs:
        raise ValueError(f"{programs[0]!r} is not a table")
    for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
        quoted = str(table).replace('"', '""')
        if any(column[-1] for column in connection.execute(f'pragma table_xinfo("{quoted}")')):
            raise ValueError(f"a column of {table!r} is computed")


def _rows(connection: sqlite3.Connection) -> tuple[tuple[ImportedCard, ...], tuple[str, ...], Origin]:
    types, decks = _types_and_decks(connection)
    deck_of = {}
    ordinals: dict[int, list[int]] = {}
    for note, deck, ordinal in connection.execute(
        "select nid, case when odid != 0 then odid else did end, ord from cards order by ord desc"
    ):
        deck_of[note] = decks.get(deck, "")
        ordinals.setdefault(note, []).insert(0, ordinal)
    cards: list[ImportedCard] = []
    remarks: list[str] = []
    notes: dict[str, OriginalNote] = {}
    for key, guid, kind, tags, fields, modified in connection.execute(
        "select id, guid, mid, tags, flds, mod from notes order by id"
    ):
        noted = types.get(kind, NoteType(kind, "", False, (), (), ""))
        cells = fields.split(_SEPARATOR)
        studied = tuple(ordinals.get(key, ()))
        is_reversed = len(noted.templates) == 2 and len(studied) == 2
        card, found = card_of(cells, noted.fields, noted.name, is_cloze=noted.is_cloze, is_reversed=is_reversed)
        deck = deck_of.get(key, "")
        named = tuple(tag.replace("::", "/") for tag in tags.split())
        cards.append(changed(card, number=len(cards) + 1, tags=named, deck=deck, key=guid))
        remarks += [f"note {guid}: {remark}" for remark in found]
        if kind in types and kind not in OWN_TYPES:
            notes[guid] = OriginalNote(kind, tuple(cells), deck, tuple(tags.split()), studied, int(modified))
    used = {note.type_id for note in notes.values()}
    return tuple(cards), tuple(remarks), Origin({key: types[key] for key in sorted(used)}, notes)


def _types_and_decks(connection: sqlite3.Connection) -> tuple[dict[int, NoteType], dict[int, str]]:
    """Note types and names of decks by their ids, of old and new collections."""
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    types: dict[int, NoteType] = {}
    if "notetypes" in tables:
        for key, label, config in connection.execute("select id, name, config from notetypes").fetchall():
            fields = connection.execute("select name from fields where ntid = ? order by ord", (key,)).fetchall()
            made = connection.execute(
                "select name, config from templates where ntid = ? order by ord", (key,)
            ).fetchall()
            templates = tuple((name, _text_of(inner, 1), _text_of(inner, 2)) for name, inner in made)
            types[key] = NoteType(
                key, label, _is_cloze_config(config), tuple(row[0] for row in fields), templates, _text_of(config, 3)
            )
        decks = {
            key: label.replace(_SEPARATOR, "::") for key, label in connection.execute("select id, name from decks")
        }
        return types, decks
    models, deck_json = connection.execute("select models, decks from col").fetchone()
    for key, model in json.loads(models).items():
        types[int(key)] = NoteType(
            int(key), model["name"], model.get("type") == 1, tuple(field["name"] for field in model["flds"]),
            tuple((one.get("name", ""), one.get("qfmt", ""), one.get("afmt", "")) for one in model["tmpls"]),
            model.get("css", ""), int(model.get("sortf") or 0),
        )  # fmt: skip
    return types, {int(key): deck["name"] for key, deck in json.loads(deck_json).items()}


def _text_of(message: bytes, field: int) -> str:
    """A text field of a protobuf message."""
    return next((value.decode("utf-8", "replace") for name, value in _messages(message) if name == field), "")


def _is_cloze_config(config: bytes) -> bool:
    """Field 1 of Anki's notetype message is its kind; 1 is cloze, absent is normal."""
    return config[:2] == b"\x08\x01"


def _media(archive: zipfile.ZipFile, names: set[str], name: str, *, is_new: bool) -> tuple[tuple[str, bytes], ...]:
    raw = _extract(archive, "media", MAX_MEDIA_FILE, name)
    if is_new:
        entries = list(enumerate(_media_names(_unzstd(raw, MAX_MEDIA_FILE, name))))
    else:
        try:
            entries = [(int(key), str(value)) for key, value in json.loads(raw or b"{}").items()]
        except (ValueError, AttributeError, RecursionError) as error:
            raise VaultkitError(f"{name}: cannot read the list of media ({error}); export the package again") from error
    found: list[tuple[str, bytes]] = []
    total = 0
    for key, target in sorted(entries):
        if str(key) not in names:
            continue
        if not is_safe_name(target):
            raise VaultkitError(f"{name}: unsafe media name `{target}`: outside the media folder")
        if not is_medium(target):
            continue
        data = _extract(archive, str(key), MAX_MEDIA_FILE, name)
        if is_new:
            data = _unzstd(data, MAX_MEDIA_FILE, name)
        total += len(data)
        if total > MAX_MEDIA_TOTAL:
            raise VaultkitError(f"{name}: media files are larger than the limit of {MAX_MEDIA_TOTAL:,} bytes in total")
        found.append((target, data))
    return tuple(found)


def is_medium(name: str) -> bool:
    """A picture, sound, film or PDF by its extension: what Obsidian shows. No note, no script, no device of Windows."""
    return (
        is_shown(name) and name.partition(".")[0].strip().lower() not in RESERVED and escape_control_chars(name) == name
    )


def is_safe_name(name: str) -> bool:
    """A plain file name: no folder, no drive, no control character, not a dot file."""
    return (
        bool(name)
        and not re.search(r'[/\\:\x00-\x1f<>"|?*]', name)
        and not name.startswith(".")
        and name.strip() == name
    )


def _media_names(data: bytes) -> list[str]:
    """Names in Anki's protobuf media list: repeated field 1, each with a string in its field 1."""
    names: list[str] = []
    for field, entry in _messages(data):
        if field == 1:
            names.append(
                next((value.decode("utf-8", "replace") for inner, value in _messages(entry) if inner == 1), "")
            )
    return names


def _messages(data: bytes) -> list[tuple[int, bytes]]:
    found: list[tuple[int, bytes]] = []
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        if key & 7 == 2:
            length, at = _varint(data, at)
            found.append((key >> 3, data[at : at + length]))
            at += length
        elif key & 7 == 0:
            _, at = _varint(data, at)
        elif key & 7 == 5:
            at += 4
        elif key & 7 == 1:
            at += 8
        else:
            break
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            break
    return value, at
