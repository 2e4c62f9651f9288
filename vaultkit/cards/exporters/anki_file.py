"""The file of an Anki package: the same notes give the same bytes."""

from __future__ import annotations

import contextlib
import hashlib
import html
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from vaultkit.base.extras import import_extra
from vaultkit.base.record import record
from vaultkit.cards.exporters.anki_cloze import GAP_NUMBER
from vaultkit.cards.exporters.anki_types import kept_type, own_types
from vaultkit.cards.notes.anki_origin import NoteType

_DOS_EPOCH = (1980, 1, 1, 0, 0, 0)


@record
class AnkiNote:
    """A note of the package. ordinals: its cards, for note types that came from Anki."""

    guid: str
    kind: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    modified: int
    ordinals: tuple[int, ...] = ()


def write_package(
    notes: Iterable[AnkiNote], packed: Mapping[str, bytes], types: Mapping[int, NoteType], *, base: int
) -> bytes:
    """The package of these notes.

    packed: file name -> content of each picture and sound.
    types:  note types that came from Anki, by id.
    base:   the time of the package, in seconds.

    Raises:
        ExtraMissingError: genanki is not installed.
    """
    genanki: Any = import_extra("genanki", "an Anki package")
    models = own_types(genanki) | {str(key): kept_type(genanki, kind) for key, kind in types.items()}
    decks: dict[str, Any] = {}
    times: dict[str, int] = {}
    for note in notes:
        if note.deck not in decks:
            number = int(hashlib.sha256(note.deck.encode()).hexdigest()[:8], 16) % (1 << 30) + (1 << 30)
            decks[note.deck] = genanki.Deck(number, note.deck)
        tags = [re.sub(r"\s+", "_", tag.replace("/", "::")) for tag in note.tags]
        made = genanki.Note(
            model=models[note.kind], fields=list(note.fields), guid=note.guid, tags=tags, sort_field=None
        )
        if note.kind == "cloze":  # genanki does not see a gap within a gap
            gaps = sorted({int(number) for number in GAP_NUMBER.findall(note.fields[0])}) or [1]
            made.cards = [genanki.Card(number - 1) for number in gaps]
        elif note.ordinals:
            made.cards = [genanki.Card(ordinal) for ordinal in note.ordinals]
        decks[note.deck].add_note(made)
        times[note.guid] = note.modified
    if not decks:
        decks["vaultkit"] = genanki.Deck(1 << 30, "vaultkit")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, content in sorted(packed.items()):
            path = Path(folder) / name
            path.write_bytes(content)
            paths.append(str(path))
        package = genanki.Package(list(decks.values()))
        package.media_files = paths
        target = Path(folder) / "\ue000package.apkg"
        with _own_temporary_files(folder):
            package.write_to_file(str(target), timestamp=float(base))
        return _repacked(target.read_bytes(), times, Path(folder), frozenset(map(str, types)))


@contextlib.contextmanager
def _own_temporary_files(folder: str) -> Iterator[None]:
    """Have genanki, which leaves the whole deck in a temporary file, make it in a folder that is deleted."""
    before = tempfile.tempdir
    tempfile.tempdir = folder
    try:
        yield
    finally:
        tempfile.tempdir = before


def _repacked(data: bytes, times: Mapping[str, int], folder: Path, foreign: frozenset[str]) -> bytes:
    """The package with each note's own time and checksum, its entries sorted and dated alike.

    foreign: ids of note types that are Anki's own: they get no time, so that Anki never takes them for newer ones.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as result:
        for name in sorted(archive.namelist()):
            content = archive.read(name)
            if name == "collection.anki2":
                path = folder / "\ue000collection.db"
                path.write_bytes(content)
                connection = sqlite3.connect(path)
                with connection:
                    for key, guid, fields in connection.execute("select id, guid, flds from notes").fetchall():
                        first = html.unescape(re.sub(r"<[^>]*>", "", fields.split("\x1f")[0])).strip()
                        checksum = int(hashlib.sha1(first.encode()).hexdigest()[:8], 16)
                        connection.execute(
                            "update notes set mod = ?, csum = ?, usn = -1 where id = ?", (times[guid], checksum, key)
                        )
                        connection.execute("update cards set mod = ?, usn = -1 where nid = ?", (times[guid], key))
                if foreign:
                    ((text,),) = connection.execute("select models from col").fetchall()
                    models = json.loads(text)
                    for key in foreign & models.keys():
                        models[key]["mod"] = 0
                    connection.execute("update col set models = ?", (json.dumps(models),))
                    connection.commit()
                connection.execute("vacuum")
                connection.close()
                content = path.read_bytes()
            info = zipfile.ZipInfo(name, _DOS_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            result.writestr(info, content)
    return out.getvalue()
