"""CrowdAnki's ``deck.json``: decks within decks, notes with the fields of their note models."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import changed
from vaultkit.cards.importers.model import ImportedCard, ImportReading, Lines

NAME = "crowdanki"


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    if text.lstrip().startswith("{") and '"__type__"' in text and '"note_models"' in text:
        return 95, "CrowdAnki's own keys"
    return 0, ""


def read(text: str, name: str) -> ImportReading:
    """One card a note, each in the deck that holds it.

    Raises:
        VaultkitError: the file is no JSON, or a note has no fields.
    """
    try:
        deck = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise VaultkitError(f"{name}: invalid JSON ({error}); export the deck again") from error
    models = {
        str(model.get("crowdanki_uuid")): model
        for part in _decks(deck, "")
        for model in _objects(part[1].get("note_models"))
    }
    cards: list[ImportedCard] = []
    remarks: list[str] = []
    for path, part in _decks(deck, ""):
        for note in _objects(part.get("notes")):
            card, found = _card(note, models, name)
            tags = tuple(str(tag).replace("::", "/") for tag in _list(note.get("tags")))
            guid = str(note.get("guid", ""))
            cards.append(changed(card, number=len(cards) + 1, tags=tags, deck=path, key=guid))
            remarks += [f"note {guid}: {remark}" for remark in found]
    lines = (Lines(1, text.count("\n") + 1, "", "JSON"),)
    return ImportReading(NAME, str(deck.get("name") or name), tuple(cards), lines, notes=tuple(remarks))


def _decks(deck: Any, above: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(name with those above it, deck) for a deck and all in it."""
    if not isinstance(deck, dict):
        return
    name = str(deck.get("name", "")).strip()
    path = name if not above or name.startswith(f"{above}::") else f"{above}::{name}"
    yield path, deck
    for child in _list(deck.get("children")):
        yield from _decks(child, path)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]


def _card(note: Mapping[str, Any], models: Mapping[str, Any], name: str) -> tuple[ImportedCard, list[str]]:
    from vaultkit.cards.importers.anki_notes import card_of

    fields = [str(field) for field in _list(note.get("fields"))]
    if not fields:
        raise VaultkitError(f"{name}: note `{note.get('guid')}` has no fields; export the deck again")
    model = models.get(str(note.get("note_model_uuid")), {})
    names = [str(field.get("name", "")) for field in _objects(model.get("flds"))]
    # Whether a note has a second card is not in the file: it has one unless a third field is there to ask for it.
    is_reversed = len(_list(model.get("tmpls"))) == 2 and (len(names) != 3 or bool(fields[2:3] and fields[2].strip()))
    return card_of(fields, names, str(model.get("name", "")), is_cloze=model.get("type") == 1, is_reversed=is_reversed)
