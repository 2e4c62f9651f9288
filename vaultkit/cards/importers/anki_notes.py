"""Anki's notes as cards: which field is what in the note types that Anki has and in those that people make."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.cards.importers.model import ImportedCard
from vaultkit.cards.render.from_html import field_to_markdown
from vaultkit.cards.render.gaps import gapped

# Fields of vaultkit's own note types that a note does not hold, or holds elsewhere.
_OWN = ("hint", "context", "source", "extra1", "extra2", "extra3")
_MASKS = "image-occlusion:"


def card_of(
    fields: Sequence[str], names: Sequence[str], label: str, *, is_cloze: bool, is_reversed: bool = False
) -> tuple[ImportedCard, list[str]]:
    """A note's fields as a card, and what could not be kept as it was.

    names:       of the fields; may be fewer.
    label:       name of the note type.
    is_reversed: the note has a card for each direction.
    """
    if _MASKS in fields[0]:
        return _occlusion(fields)
    remarks: list[str] = []
    first = fields[0]
    if is_cloze or "{{c" in first:
        made = gapped(first)
        first = made.field
        remarks += made.faults
        is_cloze = is_cloze or bool(made.numbers)
    texts, media = _converted([first, *fields[1:]])
    hint = next((texts[at] for at, name in enumerate(names) if name.lower() == "hint" and at < len(texts)), "")
    extra = [texts[at] for at in range(2, len(texts)) if texts[at] and not _is_control(names, at, texts[at])]
    back = texts[1]
    if extra:
        count, was = ("1 further field", "was") if len(extra) == 1 else (f"{len(extra)} further fields", "were")
        remarks.append(f"{count} of note type {label!r} {was} added to the answer")
        back = "\n\n".join([back, *extra]).strip()
    kind = "cloze" if is_cloze else "reversed" if is_reversed else "basic"
    return ImportedCard(texts[0], back, 0, 0, 0, 0, 0, kind=kind, hint=hint, media=media), remarks


def _converted(fields: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    texts: list[str] = []
    media: list[str] = []
    for field in fields:
        text, files = field_to_markdown(field)
        texts.append(text)
        media += files
    return texts + [""] * (2 - len(texts)), tuple(media)


def _is_control(names: Sequence[str], at: int, text: str) -> bool:
    """Whether a field says how to ask and is shown on no card, as "Add Reverse" of Anki's own note type."""
    name = names[at].lower() if at < len(names) else ""
    return name in _OWN or name == "add reverse" or (len(names) == 3 and at == 2 and len(text) == 1)


def _occlusion(fields: Sequence[str]) -> tuple[ImportedCard, list[str]]:
    """A picture with masks, which Obsidian has not: the picture asks, what stands behind it answers."""
    texts, media = _converted(fields[1:])
    picture, header, *rest = texts
    front = "\n".join(part for part in (header, picture) if part)
    back = "\n\n".join(part for part in rest if part)
    return ImportedCard(front, back, 0, 0, 0, 0, 0, media=media), ["its image masks were skipped"]
