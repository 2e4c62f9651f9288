"""One import, planned as a whole before anything is written, then written whole or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import changed, record
from vaultkit.base.safe_read import read_inside
from vaultkit.cards.importers.importing import by_deck
from vaultkit.cards.importers.model import ImportedCard, ImportReading
from vaultkit.cards.model import CardSettings
from vaultkit.cards.notes.anki_origin import ORIGIN, joined, origin_text, read_origin
from vaultkit.cards.notes.linking import CardMention, Titles, linked
from vaultkit.cards.notes.merge import SIDECAR, Merge, merge, read_sidecar, sidecar_text
from vaultkit.cards.notes.writing import Style, note_name
from vaultkit.note.model import Note
from vaultkit.note.properties import aliases

# Notes and media of an earlier import are read to compare; Anki takes no file that is larger.
MAX_COMPARED = 100_000_000


class ImportTarget(Protocol):
    """What an import asks of a vault."""

    root: str
    files: Mapping[str, Any]
    notes: Mapping[str, Note]

    def files_named(self, name: str) -> tuple[str, ...]:
        """All files of this file name in any folder."""


@record
class ImportOptions:
    """How to write.

    split:    "one" note a deck, "per-section" or "per-card".
    empty:    "keep" or "hold".
    settings: what makes a card in the vault, so that it reads what is written.
    """

    split: str = "one"
    style: Style = "plain"
    prune: bool = False
    with_media: bool = True
    empty: str = "keep"
    settings: CardSettings = CardSettings()


@record
class NotePlan:
    """One note of an import: its path in the vault, what it was and what it becomes."""

    path: str
    old: str | None
    merge: Merge


@record
class ImportPlan:
    """All that an import writes.

    files:   path -> bytes, only what changes.
    before:  path -> bytes that it was planned from; a path that is missing here had no file.
    missing: pictures and sounds that cards name and neither the source nor the vault has.
    """

    notes: tuple[NotePlan, ...]
    files: Mapping[str, bytes]
    mentions: tuple[CardMention, ...]
    missing: tuple[str, ...] = ()
    before: Mapping[str, bytes] = MappingProxyType({})


def plan_import(
    vault: ImportTarget,
    folder: str,
    reading: ImportReading,
    data: bytes,
    name: str,
    titles: Titles | None,
    options: ImportOptions,
) -> ImportPlan:
    """What importing ``reading`` into ``folder`` (a path in the vault, "" for its root) does.

    Raises:
        VaultkitError: a note that the import should go on with cannot be read.
    """
    before: dict[str, bytes] = {}
    old_sidecar = _text(vault, SIDECAR, before)
    sidecar = read_sidecar(old_sidecar)
    sources = sidecar["sources"]
    sha256 = hashlib.sha256(data).hexdigest()
    notes: list[NotePlan] = []
    mentions: list[CardMention] = []
    taken = {path.casefold() for path in vault.files}
    files: dict[str, bytes] = {}
    if options.with_media:
        reading = _with_free_media_names(vault, reading)
    for deck, title, cards in _groups(reading, options.split):
        key = f"{reading.format}\n{reading.deck}\n{title}"
        known = sources.get(key, {})
        path = _existing(vault, reading.format, title, known.get("note", ""))
        old = _text(vault, path, before) if path else None
        if path and old is None:
            raise VaultkitError(f"{path}: cannot read the note of an earlier import; check its permissions")
        if not path:
            path = _free_path(folder, note_name(title), taken)
            taken.add(path.casefold())
        written, found = (cards, []) if titles is None else _with_links(cards, titles, Path(path).stem)
        mentions += found
        result = merge(
            old, cards, written, known.get("cards", {}),
            deck=deck, source=title, format_name=reading.format, sha256=sha256, style=options.style,
            section_heads=any(card.section for card in cards), prune=options.prune,
            holds_empty=options.empty == "hold", settings=options.settings,
        )  # fmt: skip
        notes.append(NotePlan(path, old, result))
        if result.text != old:
            files[path] = result.text.encode()
        sources[key] = {"note": path, "sha256": sha256, "cards": {k: dict(v) for k, v in result.record.items()}}
    if options.with_media:
        files |= {
            f"{folder}/{media}" if folder else media: content
            for media, content in reading.media
            if not vault.files_named(media)
        }
    files |= _origin_file(vault, reading, before)
    new_sidecar = sidecar_text(sidecar)
    if new_sidecar != old_sidecar:
        files[SIDECAR] = new_sidecar.encode("utf-8", "backslashreplace")
    return ImportPlan(tuple(notes), files, tuple(mentions), _missing_media(vault, reading), before)


def _origin_file(vault: ImportTarget, reading: ImportReading, before: dict[str, bytes]) -> dict[str, bytes]:
    """What is kept of the notes as they came, if that changes."""
    if reading.origin is None or not reading.origin.notes:
        return {}
    kept = _text(vault, ORIGIN, before)
    text = origin_text(joined(read_origin(kept), reading.origin))
    return {ORIGIN: text.encode("utf-8", "backslashreplace")} if text != kept else {}


def _with_links(cards: list[ImportedCard], titles: Titles, own: str) -> tuple[list[ImportedCard], list[CardMention]]:
    """The cards with links to notes that they name, and these mentions. own: title of the note that they are in."""
    written, mentions = [], []
    for card in cards:
        front, first = linked(card.front, titles, own)
        back, second = linked(card.back, titles, own)
        mentions += [*first, *second]
        written.append(changed(card, front=front, back=back))
    return written, mentions


def _missing_media(vault: ImportTarget, reading: ImportReading) -> tuple[str, ...]:
    brought = {media for media, _ in reading.media}
    named = dict.fromkeys(media for card in reading.cards for media in card.media)
    return tuple(media for media in named if media not in brought and not vault.files_named(media))


def _groups(reading: ImportReading, split: str) -> list[tuple[str, str, list[ImportedCard]]]:
    """(deck, title of the note, cards) for each note."""
    groups: list[tuple[str, str, list[ImportedCard]]] = []
    for deck, cards in by_deck(reading, [_with_list_marks(card) for card in reading.cards]).items():
        if split == "per-section" and any(card.section for card in cards):
            sections: dict[str, list[ImportedCard]] = {}
            for card in cards:
                sections.setdefault(card.section[0] if card.section else deck, []).append(card)
            groups += [(f"{deck}/{name}", f"{deck} - {name}", members) for name, members in sections.items()]
        elif split == "per-card":
            seen: dict[str, int] = {}
            for card in cards:
                title = card.front.split("\n")[0][:80] or f"{deck} {card.number}"
                count = seen[title.casefold()] = seen.get(title.casefold(), 0) + 1
                groups.append((deck, title if count == 1 else f"{title} {count}", [card]))
        else:
            groups.append((deck, deck, cards))
    return groups


def _with_list_marks(card: ImportedCard) -> ImportedCard:
    if "•" not in card.back:
        return card
    return changed(card, back=re.sub(r"(?m)^([ \t]*)•[ \t]*", r"\1- ", card.back))


def _with_free_media_names(vault: ImportTarget, reading: ImportReading) -> ImportReading:
    """Media whose name another file of the vault has get a name with a hash, in the cards as well."""
    names: dict[str, str] = {}
    for media, content in reading.media:
        there = vault.files_named(media)
        if there and not any(_bytes(vault, path) == content for path in there):
            stem, dot, suffix = media.rpartition(".")
            names[media] = f"{stem or media}-{hashlib.sha256(content).hexdigest()[:8]}{dot}{suffix if stem else ''}"
    if not names:
        return reading

    def renamed(text: str) -> str:
        return re.sub(r"!\[\[([^\[\]|\n]+)", lambda match: f"![[{names.get(match[1], match[1])}", text)

    return changed(
        reading,
        cards=tuple(
            changed(
                card,
                front=renamed(card.front),
                back=renamed(card.back),
                media=tuple(names.get(media, media) for media in card.media),
            )
            for card in reading.cards
        ),
        media=tuple((names.get(media, media), content) for media, content in reading.media),
    )


def _bytes(vault: ImportTarget, path: str) -> bytes | None:
    try:
        return read_inside(vault.root, path, MAX_COMPARED)
    except OSError:
        return None


def _existing(vault: ImportTarget, format_name: str, title: str, remembered: str) -> str:
    """The note of an earlier import of the same source, wherever it lies now; "" when there is none."""

    def is_it(path: str) -> bool:
        properties = vault.notes[path].properties
        mark = properties.get("vaultkit-import")
        return isinstance(mark, dict) and mark.get("format") == format_name and properties.get("source") == title

    if remembered in vault.notes and is_it(remembered):
        return remembered
    return next((path for path in vault.notes if is_it(path)), "")


def _free_path(folder: str, name: str, taken: set[str]) -> str:
    prefix = f"{folder}/" if folder else ""
    path, number = f"{prefix}{name}.md", 1
    while path.casefold() in taken:
        number += 1
        path = f"{prefix}{name} {number}.md"
    return path


def _text(vault: ImportTarget, path: str, before: dict[str, bytes]) -> str | None:
    """The text of a file, None when it cannot be read. Its bytes go into ``before``."""
    data = _bytes(vault, path)
    if data is None:
        return None
    before[path] = data
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def folder_in_vault(root: str, folder: str, *, is_on_disk: bool = False) -> str:
    """``folder`` as typed, as a path in the vault.

    is_on_disk: it is meant from the working directory, else from the vault's root; the other way is tried next.

    Raises:
        VaultkitError: it is outside the vault.
    """
    base = Path(root).resolve()
    ways = [(base / folder).resolve(), Path(folder).resolve()]
    if is_on_disk:
        ways.reverse()
    resolved = next((way for way in ways if way.is_relative_to(base)), None)
    if resolved is None:
        raise VaultkitError(f"--to {folder}: outside the vault {root}; use a folder inside it")
    if resolved.exists() and not resolved.is_dir():
        raise VaultkitError(f"--to {folder}: not a folder")
    answer = resolved.relative_to(base).as_posix()
    return "" if answer == "." else answer


def titles_in(vault: ImportTarget, skip: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Titles and aliases of the vault's notes, each with the name a link would use."""
    found: list[tuple[str, str]] = []
    for path, note in vault.notes.items():
        if path in skip or "vaultkit-import" in note.properties:
            continue
        name = path.rpartition("/")[2].removesuffix(".md")
        found.append((name, name))
        if note.frontmatter is not None:
            found += [(alias.strip(), name) for alias in aliases(note.frontmatter.properties)]
    return found
