"""Notes that came from Anki with their own note types: kept, so that an edit goes back to the same note.

Anki updates a note only when its type has the same id, fields and templates. So an import remembers the types and the
fields as they were; an export writes them again, with new HTML only on the sides that were edited here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.cards.importers.model import ImportedCard

ORIGIN = ".vaultkit/anki-origin.json"


@record
class NoteType:
    """A note type of Anki. templates: (name, question, answer); sort_field: from 0."""

    id: int
    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    css: str
    sort_field: int = 0


@record
class OriginalNote:
    """A note as Anki had it.

    fields:   its HTML.
    ordinals: of its cards, from 0.
    modified: its time in seconds; a note goes back only with a later one.
    """

    type_id: int
    fields: tuple[str, ...]
    deck: str
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    modified: int


@record
class Origin:
    """All notes that came from Anki, by GUID, and their types by id."""

    types: Mapping[int, NoteType]
    notes: Mapping[str, OriginalNote]


NOTHING = Origin({}, {})


def card_in(note: OriginalNote, kind: NoteType) -> ImportedCard:
    """The card that the import made of a note."""
    from vaultkit.cards.importers.anki_notes import card_of

    is_reversed = len(kind.templates) == 2 and len(note.ordinals) == 2
    return card_of(note.fields, kind.fields, kind.name, is_cloze=kind.is_cloze, is_reversed=is_reversed)[0]


def read_origin(text: str | None) -> Origin:
    """What earlier imports kept.

    Raises:
        VaultkitError: the file cannot be read.
    """
    if not text:
        return NOTHING
    try:
        value = json.loads(text)
        types = {int(key): _type_of(int(key), entry) for key, entry in value["types"].items()}
        notes = {_text(guid): _note_of(entry) for guid, entry in value["notes"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VaultkitError(
            f"{ORIGIN}: cannot be read ({error}); restore it, or import the package from Anki again"
        ) from error
    return Origin(types, {guid: note for guid, note in notes.items() if note.type_id in types})


def _type_of(key: int, entry: Any) -> NoteType:
    templates = tuple((_text(name), _text(question), _text(answer)) for name, question, answer in entry["templates"])
    return NoteType(
        _count(key), _text(entry["name"]), entry["cloze"] is True, _texts(entry["fields"]), templates,
        _text(entry["css"]), _count(entry["sort"]),
    )  # fmt: skip


def _note_of(entry: Any) -> OriginalNote:
    ordinals = tuple(_count(ordinal) for ordinal in entry["cards"])
    return OriginalNote(
        _count(entry["type"]), _texts(entry["fields"]), _text(entry["deck"]), _texts(entry["tags"]), ordinals,
        _count(entry["mod"]),
    )  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    value.encode()  # half a character would stop the export
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return tuple(map(_text, value))


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**60:
        raise TypeError(f"{value!r} is not a count")
    return value


def origin_text(origin: Origin) -> str:
    """The file for an origin: sorted, one note a line, so that changes show in a diff."""
    types: dict[str, Any] = {
        str(key): {
            "name": kind.name, "cloze": kind.is_cloze, "fields": kind.fields, "templates": kind.templates, "css": kind.css,
            "sort": kind.sort_field,
        }
        for key, kind in sorted(origin.types.items())
    }  # fmt: skip
    lines = [
        f"{json.dumps(guid, ensure_ascii=False)}: "
        + json.dumps(
            {
                "type": note.type_id, "fields": note.fields, "deck": note.deck, "tags": note.tags,
                "cards": note.ordinals, "mod": note.modified,
            },
            ensure_ascii=False,
        )
        for guid, note in sorted(origin.notes.items())
    ]  # fmt: skip
    body = ",\n".join(lines)
    return f'{{"version": 1, "types": {json.dumps(types, ensure_ascii=False, indent=1)}, "notes": {{\n{body}\n}}}}\n'


def joined(old: Origin, new: Origin) -> Origin:
    """Both; what is in the new one replaces what was kept of the same note."""
    notes = {**old.notes, **new.notes}
    used = {note.type_id for note in notes.values()}
    types = {key: kind for key, kind in {**old.types, **new.types}.items() if key in used}
    return Origin(types, notes)
