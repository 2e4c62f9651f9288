"""Cards of a file into notes, again and again: what the user changed stays, what did not change is not touched.

A card is known by its block id, else by its question, else by its place in the source. The side
car ``.vaultkit/imports.json`` keeps a hash of each side as it was last imported, so that an edit by the
user is told from a change in the source.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from vaultkit.base.record import changed as changed_record
from vaultkit.base.record import record
from vaultkit.base.text import Edit, apply_edits
from vaultkit.cards.importers.model import ImportedCard
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.notes.protect import protected, protected_line
from vaultkit.cards.notes.writing import (
    UNANSWERED,
    Style,
    block_id,
    card_text,
    held_line,
    identities,
    is_held,
    note_text,
)
from vaultkit.cards.reader.read import read_cards
from vaultkit.cards.text_keys import clean, digest, normal, unlinked
from vaultkit.note.parse import parse_note

Record = dict[str, dict[str, str]]
_DEFAULTS = CardSettings()

_STAMP = re.compile(r"^vaultkit-import: \{format: \w+, sha256: \w+, cards: \d+\}$", re.MULTILINE)


@record
class Merge:
    """What an import does to one note. text: the whole note; equal to the old one when nothing changes.

    conflicts: questions of cards whose side both the user and the source changed; the user's text stands.
    gone:      questions that the source no longer has.
    record:    identity -> {"id", "front", "back"} for the side car.
    """

    text: str
    written: int
    updated: int
    unchanged: int
    conflicts: tuple[str, ...]
    gone: tuple[str, ...]
    pruned: int
    record: Mapping[str, Mapping[str, str]]


@dataclasses.dataclass
class _Linked:
    """A card as the source has it and as it shall be written."""

    card: ImportedCard
    written: ImportedCard
    identity: str
    id: str


def merge(
    old: str | None,
    cards: Sequence[ImportedCard],
    written: Sequence[ImportedCard],
    known: Record,
    *,
    deck: str,
    source: str,
    format_name: str,
    sha256: str,
    style: Style = "plain",
    section_heads: bool = False,
    prune: bool = False,
    holds_empty: bool = False,
    settings: CardSettings = _DEFAULTS,
) -> Merge:
    """The note after the import. old: its text now, None for a new note.  written: the cards with their links.

    settings: what makes a card in the vault.
    """
    listed = _listed(cards, written, format_name, source)
    fresh = {entry.identity: _record(entry) for entry in listed}
    if old is None:
        text = note_text(
            [(entry.written, entry.id) for entry in listed],
            deck=deck, source=source, format_name=format_name, sha256=sha256, style=style, section_heads=section_heads,
            holds_empty=holds_empty, settings=settings,
        )  # fmt: skip
        return Merge(text, len(listed), 0, 0, (), (), 0, fresh)
    has_crlf = "\r\n" in old and old.count("\r\n") == old.count("\n")
    before, old = old, old.replace("\r\n", "\n") if has_crlf else old
    settings, blocks = _settings_and_blocks(old, settings)
    known = _following_reworded(listed, known)
    pairs, left = _matched(listed, blocks, known)
    found = [
        (entry, *_changes(entry, pairs[entry.identity], known.get(entry.identity), style, settings))
        for entry in listed
        if entry.identity in pairs
    ]
    edits = [edit for _, changes, _, _ in found for edit in changes]
    updated = sum(1 for _, changes, _, _ in found if changes)
    unchanged = sum(1 for _, changes, conflict, _ in found if not changes and not conflict)
    conflicts = tuple(entry.card.front for entry, _, conflict, _ in found if conflict)
    kept: Record = {entry.identity: recorded for entry, _, _, recorded in found}
    ids = {value.get("id", "") for value in known.values()}
    gone = [block for block in left if block.block_id.lstrip("^") in ids - {""} or _is_known(block, known)]
    pruned = [_dropped(old, block, settings) for block in gone] if prune else []
    text = apply_edits(old, (*edits, *pruned))
    plain = unlinked(old)
    unpaired = [entry for entry in listed if entry.identity not in pairs]
    new = [entry for entry in unpaired if not _is_answered(entry, plain, holds_empty)]
    unchanged += len(unpaired) - len(new)
    for entry in new:
        text = _with_card(text, entry, style, settings, holds_empty=holds_empty)
    if text != old:
        stamp = f"vaultkit-import: {{format: {format_name}, sha256: {sha256[:16]}, cards: {len(listed)}}}"
        text = _STAMP.sub(stamp, text, count=1)
    text = before if text == old else text.replace("\n", "\r\n") if has_crlf else text
    questions = tuple(block.front for block in gone)
    return Merge(text, len(new), updated, unchanged, conflicts, questions, len(pruned), {**fresh, **kept})


def _listed(
    cards: Sequence[ImportedCard], written: Sequence[ImportedCard], format_name: str, source: str
) -> list[_Linked]:
    return [
        _Linked(card, shown, identity, block_id(format_name, source, identity))
        for card, shown, identity in zip(cards, written, identities(cards), strict=True)
    ]


def _dropped(text: str, block: CardBlock, settings: CardSettings) -> Edit:
    """The edit that takes a card out, with its end marker and the blank line below it."""
    end = block.end
    marker = f"\n{settings.end_marker}"
    if settings.end_marker and block.kind.startswith("multi") and f"{text}\n".startswith(f"{marker}\n", end):
        end += len(marker)
    end += text[end : end + 1] == "\n"
    if text[end : end + 1] == "\n":
        end += 1
    return Edit(block.start, end, "")


def _with_card(text: str, entry: _Linked, style: Style, settings: CardSettings, *, holds_empty: bool) -> str:
    """The note with one card more: below its last line, or among the unanswered."""
    waiting = held_line(entry.card)
    if entry.card.back and waiting in text:  # the source has answered it meanwhile
        text = text.replace(waiting, "", 1)
    if holds_empty and is_held(entry.card):
        head = "" if UNANSWERED in text else f"\n{UNANSWERED}\n\n"
        return text.rstrip("\n") + f"\n{head}{waiting}"
    return text.rstrip("\n") + f"\n\n{card_text(entry.written, style=style, identity=entry.id, settings=settings)}\n"


def _settings_and_blocks(text: str, settings: CardSettings) -> tuple[CardSettings, tuple[CardBlock, ...]]:
    """The cards of the note and what they were read with: the vault's settings, else those before they were changed."""
    note = parse_note(text.encode())
    blocks = read_cards("", note, text, settings, compare=False)
    if settings == _DEFAULTS:
        return settings, blocks
    older = read_cards("", note, text, _DEFAULTS, compare=False)
    if _imported(older) > _imported(blocks):
        return _DEFAULTS, older
    return settings, blocks


def _imported(blocks: Sequence[CardBlock]) -> int:
    return sum(block.block_id.startswith("^vk-") for block in blocks)


def _is_answered(entry: _Linked, plain: str, holds_empty: bool) -> bool:
    """A question that stands in the note as something other than a card, and is not to be added again.

    A worksheet's whose stand-in the user has replaced, one that waits under "Unanswered", or one whose id is there: its
    text makes no card, as nested clozes do, or no longer does.
    """
    card = entry.card
    if f" ^{entry.id}" in plain:
        return True
    if holds_empty and is_held(card):
        return held_line(card) in plain
    return bool(card.placeholder) and bool(card.front) and card.front in plain


def _record(entry: _Linked) -> dict[str, str]:
    made = {
        "id": entry.id,
        "n": str(entry.card.number),
        "front": digest(clean(entry.card.front)),
        "back": digest(clean(entry.card.back)),
    }
    if entry.card.hint:
        made["hint"] = digest(clean(entry.card.hint))
    if entry.card.kind == "cloze":
        made["text"] = digest(_cloze_text(entry.card))
    return made


def _cloze_text(card: ImportedCard) -> str:
    """What a note holds for a cloze: its text, then what Anki shows with the answer only."""
    return _joined(clean(card.front), clean(card.back))


def _joined(text: str, extra: str) -> str:
    return "\n\n".join(part for part in (text, extra) if part)


def _following_reworded(listed: Sequence[_Linked], known: Record) -> Record:
    """The records under today's identities: a question that the source reworded stands in its old place with its answer."""
    today = {entry.identity for entry in listed}
    places = {value.get("n", ""): name for name, value in known.items() if name not in today}
    answer = dict(known)
    for entry in listed:
        old = places.get(str(entry.card.number), "")
        back = digest(clean(entry.card.back))
        if entry.identity not in known and old and entry.card.back and known[old].get("back") == back:
            answer[entry.identity] = answer.pop(old)
    return answer


def _is_known(block: CardBlock, known: Record) -> bool:
    here = digest(unlinked(block.front))
    return any(value.get("front") == here for value in known.values())


def _matched(
    listed: Sequence[_Linked], blocks: Sequence[CardBlock], known: Record
) -> tuple[dict[str, CardBlock], list[CardBlock]]:
    """Identity -> block, and the blocks that no card of the source claims."""
    by_id: dict[str, CardBlock] = {}
    by_front: dict[str, list[CardBlock]] = {}
    for block in blocks:
        if block.block_id:
            by_id.setdefault(block.block_id.lstrip("^"), block)
        by_front.setdefault(_front_key(block.front), []).append(block)
    pairs: dict[str, CardBlock] = {}
    taken: set[int] = set()

    def claim(entry: _Linked, block: CardBlock | None) -> None:
        if block is not None and block.start not in taken and entry.identity not in pairs:
            pairs[entry.identity] = block
            taken.add(block.start)

    for entry in listed:
        claim(entry, by_id.get(entry.id) or by_id.get(known.get(entry.identity, {}).get("id", "-")))
    for entry in listed:
        for block in by_front.get(_front_key(entry.card.front), []):
            claim(entry, block)
    # A question without an id that the user reworded: it stands between the cards it always stood between.
    order = [entry.identity for entry in listed]
    free = [block for block in blocks if block.start not in taken and not block.block_id]
    for index, entry in enumerate(listed):
        if entry.identity in pairs or entry.identity not in known:
            continue
        before = pairs[order[index - 1]].end if index and order[index - 1] in pairs else -1
        after = next((pairs[name].start for name in order[index + 1 :] if name in pairs), None)
        between = [
            block for block in free
            if block.start > before and (after is None or block.end < after) and block.start not in taken
        ]  # fmt: skip
        if len(between) == 1 and (before >= 0 or after is not None):
            claim(entry, between[0])
    return pairs, [block for block in blocks if block.start not in taken]


def _front_key(front: str) -> str:
    return normal(front) or clean(front)


def _changes(
    entry: _Linked, block: CardBlock, known: Mapping[str, str] | None, style: Style, settings: CardSettings
) -> tuple[list[Edit], bool, dict[str, str]]:
    """Edits for the sides that only the source changed, whether a side is in conflict, and the new record."""
    recorded = _record(entry)
    if block.block_id.startswith("^vk-"):
        recorded["id"] = block.block_id[1:]
    if block.kind == "cloze":
        sides = [("text", _cloze_text(entry.card), _joined(block.front, block.extra))]
    else:
        sides = [("front", clean(entry.card.front), block.front), ("back", clean(entry.card.back), block.back)]
        if known is not None:
            known = {"hint": digest(""), **known}
            sides.append(("hint", clean(" ".join(entry.card.hint.split())), block.hint))
    changed: list[str] = []
    conflict = False
    for name, source, here in sides:
        now = digest(source)
        last = known.get(name, "") if known else ""
        current = digest(unlinked(here))
        if now in (current, last) or digest(unlinked(source)) == current:
            continue
        if last and current == last:
            changed.append(name)
        else:
            conflict = True
            recorded[name] = last or current
    if not changed:
        return [], conflict, recorded
    return _rewritten(entry, block, changed, settings), conflict, recorded


def _rewritten(entry: _Linked, block: CardBlock, changed: Sequence[str], settings: CardSettings) -> list[Edit]:
    """Only the changed sides; a one-line card that no longer fits, or a side that appears, is written whole."""
    is_single = block.kind.startswith("single")
    shown = {"front": clean(entry.written.front), "back": clean(entry.written.back)}
    can_edit = (
        "hint" not in changed
        and all(shown[name] for name in changed if name in shown)
        and bool(block.front)
        and bool(block.back)
    )
    if is_single and any("\n" in shown[name] or len(shown[name]) > 150 for name in changed):
        can_edit = False
    if block.kind == "cloze" or not can_edit:
        card = changed_record(
            entry.written,
            front=shown["front"] if "front" in changed or block.kind == "cloze" else block.front,
            back=shown["back"] if "back" in changed or block.kind == "cloze" else block.back,
        )
        text = card_text(
            card,
            style="heading" if block.kind.startswith("heading") else "plain",
            identity=block.block_id.lstrip("^") or entry.id,
            settings=changed_record(settings, end_marker=""),
        )
        needs_end = settings.end_marker and is_single and "\n" in text  # what was of several lines has its marker
        if block.schedules:
            text += "\n<!--SR:" + "".join(f"!{item.raw}" for item in block.schedules) + "-->"
        if needs_end:
            text += f"\n{settings.end_marker}"
        return [Edit(block.start, block.end, text)]
    edits = []
    is_heading = block.kind.startswith("heading")
    if "front" in changed:
        front = shown["front"]
        front = protected_line(front, settings) if is_heading else protected(front, is_front=True, settings=settings)
        edits.append(Edit(block.front_start, block.front_end, front))
    if "back" in changed:
        back = protected(shown["back"], is_front=False, keeps_blank=is_heading, settings=settings)
        edits.append(Edit(block.back_start, block.back_end, back))
    return edits


SIDECAR = ".vaultkit/imports.json"


def read_sidecar(text: str | None) -> dict[str, Any]:
    """The side car's content; what cannot be read counts as empty."""
    if not text:
        return {"version": 1, "sources": {}}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {"version": 1, "sources": {}}
    is_ours = isinstance(value, dict) and isinstance(value.get("sources"), dict)
    if not is_ours or not all(map(_is_source, value["sources"].values())):
        return {"version": 1, "sources": {}}
    return dict(value)


def _is_source(value: Any) -> bool:
    """The entry has the shape that `plan_import` writes; a file merged by hand or by a sync client may not."""
    if not isinstance(value, dict) or not isinstance(value.get("note", ""), str):
        return False
    cards = value.get("cards", {})
    return isinstance(cards, dict) and all(
        isinstance(card, dict) and all(isinstance(member, str) for member in card.values()) for card in cards.values()
    )


def sidecar_text(value: Mapping[str, Any]) -> str:
    """The side car as it is written: sorted, so that the same import gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
