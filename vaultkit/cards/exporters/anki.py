"""Anki packages: the same card is the same Anki note for ever, and two runs give the same bytes.

Three facts of Anki decide the shape of this module. A note is known by its GUID, so GUIDs are
remembered, never made from text that may change. Anki keeps the old text without a word when a
note's time is not newer, so a changed note's time rises past the last export. And it refuses
updates when a note type's fields change, so field lists are frozen.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.cards.collection import Located
from vaultkit.cards.exporters.anki_back import Back, sent_back
from vaultkit.cards.exporters.anki_cloze import GAP_NUMBER, cloze_field
from vaultkit.cards.exporters.anki_file import AnkiNote, write_package
from vaultkit.cards.exporters.anki_identity import WORDS, matched_notes, note_type
from vaultkit.cards.exporters.media import Media, file_html, image_html, is_remote, named_html
from vaultkit.cards.exporters.transclusion import embedded_html
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.notes.anki_origin import NOTHING, NoteType, Origin, card_in
from vaultkit.cards.notes.protect import restored_line
from vaultkit.cards.render.html import ANKI, Embed, field_html
from vaultkit.cards.render.plain import card_text
from vaultkit.cards.text_keys import clean, digest, normal, unlinked

STATE = ".vaultkit/anki.json"
_OWN_GUID = re.compile(r"vk[0-9a-f]{14}")
MAX_MEDIA_FILE = 50_000_000


@record
class Package:
    """The package, the state to keep, what was left out, and embeds that name no file: (path, line, target).

    renewed: cards that need another note type than before and become new notes: (path, line, question).
    conflicting: cards from Anki whose note types are not known here, so that Anki will not take them.
    refused: cards from Anki whose change cannot go back: (path, line, which and why).
    emptied: clozes with fewer gaps than before, of which Anki keeps empty cards: (path, line, text).
    """

    data: bytes
    state: str
    exported: int
    without_answer: int
    missing: tuple[tuple[str, int, str], ...]
    renewed: tuple[tuple[str, int, str], ...] = ()
    emptied: tuple[tuple[str, int, str], ...] = ()
    refused: tuple[tuple[str, int, str], ...] = ()
    conflicting: int = 0


def export_package(
    entries: Sequence[Located],
    settings: CardSettings,
    state_text: str | None,
    *,
    vault_name: str,
    now: int,
    media: Media,
    with_empty: bool = False,
    imported_guids: Mapping[str, str] | None = None,
    imported_fronts: Mapping[str, str] | None = None,
    origin: Origin = NOTHING,
) -> Package:
    """A package of all blocks.

    media:          (path of the note, target of an embed) -> (file name, bytes), None when there is no such file.
    imported_guids: block id -> GUID for cards that came out of Anki.
    imported_fronts: digest of the question -> GUID, for those that cannot carry an id.
    origin:         notes that came out of Anki with note types of their own.

    Raises:
        VaultkitError: genanki is not installed, or the state file is from a newer vaultkit.
    """
    export = _Export(entries, settings, _read_state(state_text, vault_name), now, media, origin)
    export.guids_by_id = imported_guids or {}
    export.guids_by_front = imported_fronts or {}
    for index, entry in enumerate(entries):
        export.add(index, entry, with_empty=with_empty)
    return export.package()


class _Export:
    """One run over the cards of a vault; `package` ends it."""

    def __init__(
        self,
        entries: Sequence[Located],
        settings: CardSettings,
        state: dict[str, Any],
        now: int,
        media: Media,
        origin: Origin,
    ) -> None:
        self.settings, self.state, self.now, self.media, self.origin = settings, state, now, media, origin
        self.known: dict[str, dict[str, Any]] = state["notes"]
        self.matched = matched_notes(entries, self.known)
        self.guids_by_id: Mapping[str, str] = {}
        self.guids_by_front: Mapping[str, str] = {}
        self.guids_by_question = {
            normal(card_in(note, origin.types[note.type_id]).front): guid for guid, note in origin.notes.items()
        }
        self.taken = set(self.matched.same.values())
        self.packed: dict[str, bytes] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.notes: list[AnkiNote] = []
        self.types: dict[int, NoteType] = {}
        self.positions: dict[str, int] = {}
        self.skipped = 0
        self.conflicting = 0
        self.missing: list[tuple[str, int, str]] = []
        self.renewed: list[tuple[str, int, str]] = []
        self.emptied: list[tuple[str, int, str]] = []
        self.refused: list[tuple[str, int, str]] = []

    def add(self, index: int, entry: Located, *, with_empty: bool) -> None:
        """Take one block into the package, unless it lacks a side."""
        block = entry.block
        position = self.positions[entry.path] = self.positions.get(entry.path, -1) + 1
        if not with_empty and block.kind not in ("cloze", "heading-prompt") and not (block.front and block.back):
            self.skipped += 1
            return
        guid = self._guid(index, entry)
        self.taken.add(guid)
        if index in self.matched.of_other_type and guid not in self.known:
            self.renewed.append((entry.path, block.line, block.front))
        embed = _embedder(entry, self.media, self.packed, self.names, self.missing)
        back = sent_back(block, guid, self.origin, embed, self.settings)
        if back is not None:
            self._add_back(entry, guid, position, *back)
        else:
            self._add_own(entry, guid, position, embed)

    def _guid(self, index: int, entry: Located) -> str:
        """The GUID that the card had, by what is known of it, or a new one."""
        block = entry.block
        guid = self.matched.same.get(index) or self.guids_by_id.get(block.block_id.lstrip("^"), "")
        if guid:
            return guid
        for front in (clean(block.front), clean(unlinked(block.front))):
            guid = self.guids_by_front.get(digest(front), "")
            if guid and guid not in self.taken:
                return guid
        guid = self.guids_by_question.get(normal(block.front), "")
        return guid if guid and guid not in self.taken else _new_guid(entry, self.state, self.known)

    def _later(self, modified: int) -> int:
        """A time for a note that has changed: Anki keeps the old text when the time is not newer."""
        return max(self.now, int(self.state["last"]) + 1, modified + 1)

    def _add_back(self, entry: Located, guid: str, position: int, sent: Back, kind: NoteType) -> None:
        block, original, old = entry.block, self.origin.notes[guid], self.known.get(guid, {})
        if sent.refusal:  # the note stays out of the package, so that Anki keeps what it has
            self.refused.append((entry.path, block.line, f"{block.front!r} {sent.refusal}"))
            self.known[guid] = old | _state_of(entry, position)
            return
        content, was = digest("\x1f".join(sent.fields), 16), digest("\x1f".join(original.fields), 16)
        # What Anki has: what went there last, or what has come from there since.
        last = old if old.get("origin") == was else {}
        modified = int(last.get("mod", original.modified))
        if content != last.get("content", was):
            modified = self._later(max(int(old.get("mod", 0)), original.modified))
        self.known[guid] = _state_of(entry, position) | {"content": content, "mod": modified, "origin": was}
        self.types[kind.id] = kind
        deck = original.deck or _deck_name(block)
        self.notes.append(AnkiNote(guid, str(kind.id), deck, sent.fields, original.tags, modified, sent.ordinals))

    def _add_own(self, entry: Located, guid: str, position: int, embed: Embed) -> None:
        block, old = entry.block, self.known.get(guid, {})
        self.conflicting += not _OWN_GUID.fullmatch(guid)
        kind, fields, numbers, order = _fields(entry, embed, self.settings, old)
        gaps = sorted({int(number) for number in GAP_NUMBER.findall(fields[0])}) if kind == "cloze" else []
        if set(old.get("gaps", ())) - set(gaps):
            self.emptied.append((entry.path, block.line, block.front))
        content = digest("\x1f".join((*fields, *block.tags, _deck_name(block))), 16)
        modified = int(old.get("mod", 0))
        if old.get("content") != content:
            modified = self._later(modified)
        self.known[guid] = _state_of(entry, position) | {
            "content": content, "mod": modified, "numbers": numbers, "order": order, "gaps": gaps,
        }  # fmt: skip
        self.notes.append(AnkiNote(guid, kind, _deck_name(block), fields, block.tags, modified))

    def package(self) -> Package:
        """The package and the state for the next export."""
        there = self.taken | {note.guid for note in self.notes}
        for guid, old in self.known.items():
            if guid not in there and old.get("path") in self.positions:
                old["gone"] = True  # its place is free for a reworded card
        if self.notes:
            self.state["last"] = max([int(self.state["last"]), *(note.modified for note in self.notes)])
        self.state["first"] = int(self.state["first"]) or self.now
        data = write_package(self.notes, self.packed, self.types, base=int(self.state["first"]))
        text = json.dumps(self.state, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        return Package(
            data, text, len(self.notes), self.skipped, tuple(self.missing), tuple(self.renewed), tuple(self.emptied),
            tuple(self.refused), self.conflicting,
        )  # fmt: skip


def _state_of(entry: Located, position: int) -> dict[str, Any]:
    """What is kept to know a card by."""
    block = entry.block
    return {
        "path": entry.path, "kind": block.kind, "front": digest(normal(block.front) or block.front),
        "back": digest(normal(block.back) or block.back), "position": position, "id": block.block_id,
        "words": normal(block.front)[:WORDS],
    }  # fmt: skip


def _read_state(text: str | None, vault_name: str) -> dict[str, Any]:
    fresh: dict[str, Any] = {
        "version": 1,
        "vault": digest(vault_name, 12),
        "first": 0,
        "last": 0,
        "notes": {},
    }
    if not text:
        return fresh
    try:
        state = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise VaultkitError(
            f"{STATE}: cannot be read ({error}); restore it, or delete it to start with new Anki notes"
        ) from error
    if not isinstance(state, dict) or state.get("version") != 1 or not isinstance(state.get("notes"), dict):
        raise VaultkitError(f"{STATE}: written by another version of vaultkit; update vaultkit")
    state = fresh | state
    is_sound = all(map(_is_count, (state["first"], state["last"]))) and all(map(_is_known, state["notes"].values()))
    if not is_sound or not all(map(str.isprintable, state["notes"])):
        raise VaultkitError(
            f"{STATE}: cannot be read (a value of the wrong type); restore it, or delete it to start with new Anki notes"
        )
    if not isinstance(state["vault"], str):
        state["vault"] = fresh["vault"]
    return state


def _is_count(value: Any) -> bool:
    """A time or number that Anki's database holds."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**40


def _is_known(value: Any) -> bool:
    """An entry of the state file has the shape that is written here."""
    if not isinstance(value, dict):
        return False
    keys = ("path", "kind", "front", "back", "id", "content", "words", "origin")
    texts = all(isinstance(value.get(key, ""), str) for key in keys)
    order, gaps = value.get("order", []), value.get("gaps", [])
    texts = texts and isinstance(order, list) and all(isinstance(key, str) for key in order)
    texts = texts and isinstance(gaps, list) and all(map(_is_count, gaps))
    numbers = value.get("numbers", {})
    counts = isinstance(numbers, dict) and all(map(_is_count, numbers.values()))
    return texts and counts and _is_count(value.get("mod", 0)) and _is_count(value.get("position", 0))


def _new_guid(entry: Located, state: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    block = entry.block
    seed = f"{state['vault']}\0{entry.path}\0{block.kind}\0{normal(block.front) or block.front}"
    number = 0
    while (guid := "vk" + digest(f"{seed}\0{number}", 14)) in known:
        number += 1
    return guid


def _deck_name(block: CardBlock) -> str:
    name = block.decks[0] if block.decks else "vaultkit"
    name = name.removeprefix("flashcards/") if name != "flashcards" else name
    return "::".join(part for part in name.split("/") if part) or "vaultkit"


def _fields(
    entry: Located, embed: Embed, settings: CardSettings, old: Mapping[str, Any]
) -> tuple[str, tuple[str, ...], dict[str, int], list[str]]:
    block = entry.block
    context = html.escape(" › ".join(_heading(text) for text in block.context), quote=False)
    source = html.escape(entry.path.removesuffix(".md"), quote=False)
    rest = (html.escape(block.hint, quote=False), context, source, "", "", "")
    if block.kind == "cloze":
        front, numbers, order = cloze_field(block, embed, settings, old)
        return "cloze", (front, field_html(block.extra, embed) if block.extra else "", *rest), numbers, order
    fields = (field_html(block.front, embed), field_html(block.back, embed), *rest)
    return note_type(block.kind), fields, {}, []


def _heading(text: str) -> str:
    """A heading as it is shown: without the tags and signs that make cards and decks."""
    tags = _TAGS_AT_END.match(text[::-1])
    return card_text(restored_line(text[: len(text) - tags.end()] if tags else text))


# Of the text backwards, so that it is looked at once.
_TAGS_AT_END = re.compile(r"[ \t]*(?:[^\s#]+#(?:[ \t]|\Z))+")


def _embedder(
    entry: Located,
    media: Media,
    packed: dict[str, bytes],
    names: dict[tuple[str, str], str],
    missing: list[tuple[str, int, str]],
) -> Embed:
    def embed(target: str, size: str, is_nested: bool = False) -> str:
        if is_remote(target):
            return image_html(target, size)
        found = media(entry.path, target)
        if found is None:
            missing.append((entry.path, entry.block.line, target))
            return html.escape(f"[{target}]", quote=False)
        name, content = found
        if content is None or (is_nested and isinstance(content, str)):
            return named_html(target)
        if isinstance(content, str):
            return embedded_html(target, content, partial(embed, is_nested=True), ANKI)
        key = (name, hashlib.sha256(content).hexdigest())
        if key not in names:
            safe = re.sub(r"[^\w.\- ]", "_", name).strip(". ") or "file"
            if safe in packed and packed[safe] != content:
                stem, dot, suffix = safe.rpartition(".")
                safe = f"{stem or safe}-{key[1][:8]}{dot}{suffix if dot else ''}"
            packed[safe] = content
            names[key] = safe
        return file_html(names[key], size)

    return embed
