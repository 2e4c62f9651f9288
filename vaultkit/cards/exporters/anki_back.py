"""A card that came from Anki, as the fields of its own note type: what was not edited stays as Anki wrote it."""

from __future__ import annotations

import re

from vaultkit.base.record import record
from vaultkit.cards.exporters.anki_cloze import cloze_field
from vaultkit.cards.exporters.anki_identity import note_type
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.notes.anki_origin import NoteType, Origin, OriginalNote, card_in
from vaultkit.cards.render.gaps import gaps_of
from vaultkit.cards.render.html import Embed, field_html
from vaultkit.cards.text_keys import clean, unlinked

_NUMBER = re.compile(r"(?<=\{\{c)([0-9]+)(?=::)")


@record
class Back:
    """The fields for Anki; whether they differ from Anki's; the cards of the note; and why it cannot go back, or ""."""

    fields: tuple[str, ...]
    is_changed: bool
    ordinals: tuple[int, ...]
    refusal: str = ""


def sent_back(
    block: CardBlock, guid: str, origin: Origin, embed: Embed, settings: CardSettings
) -> tuple[Back, NoteType] | None:
    """The card in the note type that it has in Anki; None when it did not come from there."""
    note = origin.notes.get(guid)
    if note is None or note.type_id not in origin.types:
        return None
    kind = origin.types[note.type_id]
    card = card_in(note, kind)
    if note_type(block.kind) != note_type("x-reversed" if card.kind == "reversed" else card.kind):
        was, now = card.kind, note_type(block.kind)
        return _refused(
            note, f"was {was} in Anki and is {now} here; change its note type in Anki, then import it again"
        ), kind
    fields = list(note.fields) + [""] * (2 - len(note.fields))
    back_now = block.extra if card.kind == "cloze" else block.back
    shown = (field_html(block.front, embed), field_html(back_now, embed))  # pictures are packed in any case
    if not _same(block.front, card.front):
        fields[0] = _gaps(block, note, embed, settings) if card.kind == "cloze" else shown[0]
    if not _same(back_now, card.back):
        rest = card.back.removeprefix(_field_text(note, 1)).strip("\n")
        own = back_now
        if rest and back_now.endswith(rest):
            own = back_now[: -len(rest)].rstrip("\n")
        elif rest:
            reason = (
                f"has further fields of the note type {kind.name!r} in its answer, and their text was changed here; "
                "edit these fields in Anki"
            )
            return _refused(note, reason), kind
        if len(kind.fields) < 2:
            return _refused(note, f"has no field for an answer in the note type {kind.name!r}"), kind
        fields[1] = field_html(own, embed)
    ordinals = note.ordinals
    if card.kind == "cloze":
        ordinals = tuple(sorted({number - 1 for number in _all_numbers(fields[0])})) or note.ordinals
    fields = fields[: max(len(kind.fields), 1)]
    return Back(tuple(fields), tuple(fields) != note.fields, ordinals), kind


def _refused(note: OriginalNote, reason: str) -> Back:
    return Back(note.fields, False, note.ordinals, reason)


def _same(here: str, there: str) -> bool:
    return clean(unlinked(here)) == clean(there) or clean(here) == clean(there)


def _field_text(note: OriginalNote, at: int) -> str:
    from vaultkit.cards.render.from_html import markdown_of

    return markdown_of(note.fields[at]) if at < len(note.fields) else ""


def _gaps(block: CardBlock, note: OriginalNote, embed: Embed, settings: CardSettings) -> str:
    """The text of a cloze with the numbers that its gaps have in Anki; new gaps get the next ones."""
    numbers = sorted(set(_all_numbers(note.fields[0])))
    made, _, _ = cloze_field(block, embed, settings, {})

    def original(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        return str(numbers[at] if at < len(numbers) else (numbers[-1] if numbers else 0) + at - len(numbers) + 1)

    return _NUMBER.sub(original, made)


def _all_numbers(field: str) -> list[int]:
    return [number for gap in gaps_of(field) for number in (gap.number, *_all_numbers(gap.inner))]
