"""Anki packages: the same card is the same Anki note for ever, and two runs give the same bytes.

Three facts of Anki decide the shape of this module. A note is known by its GUID, so GUIDs are
remembered, never made from text that may change. Anki keeps the old text without a word when a
note's time is not newer, so a changed note's time rises past the last export. And it refuses
updates when a note type's fields change, so field lists are frozen.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vaultkit.cards.cloze import deletions
from vaultkit.cards.collection import Located
from vaultkit.cards.markdown_html import Embed, card_html
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.text_keys import digest, normal
from vaultkit.errors import VaultkitError
from vaultkit.record import record

STATE = ".vaultkit/anki.json"
# Frozen: adding, removing or moving a field makes Anki refuse updates of notes already imported.
FIELDS = ("Front", "Back", "Hint", "Context", "Source", "Extra1", "Extra2", "Extra3")
_MODELS = {"basic": 1607392301, "reversed": 1607392302, "cloze": 1607392303, "prompt": 1607392304}
_DOS_EPOCH = (1980, 1, 1, 0, 0, 0)
MAX_MEDIA_FILE = 50_000_000
_CSS = (
    ".card{font:20px/1.5 system-ui,sans-serif;text-align:left;max-width:42em;margin:0 auto;padding:1em}"
    ".context{opacity:.6;font-size:.8em}.hint{opacity:.7;font-style:italic}.cloze{font-weight:700;color:#2f6fd0}"
    ".nightMode .cloze{color:#8ab4f8}pre{overflow:auto}img{max-width:100%}td,th{border:1px solid;padding:.2em .5em}"
)
_FRONT = '<div class="context">{{Context}}</div>{{Front}}{{#Hint}}<div class="hint">{{hint:Hint}}</div>{{/Hint}}'
_SOURCE = '<div class="context">{{Source}}</div>'


@record
class Package:
    """The package, the state to keep, what was left out, and embeds that name no file: (path, line, target)."""

    data: bytes
    state: str
    exported: int
    without_answer: int
    missing: tuple[tuple[str, int, str], ...]


@record
class _Note:
    guid: str
    kind: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    modified: int


def export_package(
    entries: Sequence[Located],
    settings: CardSettings,
    state_text: str | None,
    *,
    vault_name: str,
    now: int,
    media: Callable[[str, str], tuple[str, bytes] | None],
    with_empty: bool = False,
    imported_guids: Mapping[str, str] | None = None,
) -> Package:
    """A package of all blocks.

    media:          (path of the note, target of an embed) -> (file name, bytes), None when there is no such file.
    imported_guids: block id -> GUID for cards that came out of Anki.

    Raises:
        VaultkitError: genanki is not installed, or the state file is from a newer vaultkit.
    """
    state = _read_state(state_text, vault_name)
    known: dict[str, dict[str, Any]] = state["notes"]
    matched = _matched(entries, known)
    packed: dict[str, bytes] = {}
    names: dict[tuple[str, str], str] = {}
    missing: list[tuple[str, int, str]] = []
    notes: list[_Note] = []
    skipped = 0
    positions: dict[str, int] = {}
    for index, entry in enumerate(entries):
        block = entry.block
        position = positions[entry.path] = positions.get(entry.path, -1) + 1
        if not with_empty and block.kind not in ("cloze", "heading-prompt") and not (block.front and block.back):
            skipped += 1
            continue
        guid = (
            matched.get(index)
            or (imported_guids or {}).get(block.block_id.lstrip("^"), "")
            or _new_guid(entry, state, known)
        )
        old = known.get(guid, {})
        embed = _embedder(entry, media, packed, names, missing)
        kind, fields, numbers = _fields(entry, embed, settings, old.get("numbers", {}))
        content = digest("\x1f".join((*fields, *block.tags, _deck_name(block))), 16)
        modified = int(old.get("mod", 0))
        if old.get("content") != content:
            modified = max(now, int(state["last"]) + 1, modified + 1)
        known[guid] = {
            "path": entry.path, "kind": block.kind, "front": digest(normal(block.front) or block.front),
            "back": digest(normal(block.back) or block.back), "position": position, "id": block.block_id,
            "content": content, "mod": modified, "numbers": numbers,
        }  # fmt: skip
        notes.append(_Note(guid, kind, _deck_name(block), fields, block.tags, modified))
    if notes:
        state["last"] = max([int(state["last"]), *(note.modified for note in notes)])
    state["first"] = int(state["first"]) or now
    data = _write(notes, packed, base=int(state["first"]))
    text = json.dumps(state, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return Package(data, text, len(notes), skipped, tuple(missing))


def _read_state(text: str | None, vault_name: str) -> dict[str, Any]:
    fresh: dict[str, Any] = {"version": 1, "vault": digest(vault_name, 12), "first": 0, "last": 0, "notes": {}}
    if not text:
        return fresh
    try:
        state = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise VaultkitError(
            f"{STATE}: cannot be read ({error}); restore it, or delete it to begin with new Anki notes"
        ) from error
    if not isinstance(state, dict) or state.get("version") != 1 or not isinstance(state.get("notes"), dict):
        raise VaultkitError(f"{STATE}: was written by another version of vaultkit; update vaultkit")
    state = fresh | state
    if not all(map(_is_count, (state["first"], state["last"]))) or not all(map(_is_known, state["notes"].values())):
        raise VaultkitError(
            f"{STATE}: cannot be read (a value of the wrong type); restore it, or delete it to begin with new Anki notes"
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
    texts = all(isinstance(value.get(key, ""), str) for key in ("path", "kind", "front", "back", "id", "content"))
    numbers = value.get("numbers", {})
    counts = isinstance(numbers, dict) and all(map(_is_count, numbers.values()))
    return texts and counts and _is_count(value.get("mod", 0)) and _is_count(value.get("position", 0))


def _matched(entries: Sequence[Located], known: Mapping[str, Mapping[str, Any]]) -> dict[int, str]:
    """Index of a block -> GUID it had before: by block id, question, answer in the same note, then place."""
    found: dict[int, str] = {}
    used: set[str] = set()
    tables: list[dict[tuple[Any, ...], list[str]]] = [{}, {}, {}, {}, {}]
    for guid, old in known.items():
        for table, key in zip(tables, _keys_of_state(old), strict=True):
            if key:
                table.setdefault(key, []).append(guid)
    for level, table in enumerate(tables):
        positions: dict[str, int] = {}
        for index, entry in enumerate(entries):
            position = positions[entry.path] = positions.get(entry.path, -1) + 1
            if index in found:
                continue
            key = _keys_of_entry(entry, position)[level]
            for guid in table.get(key, ()) if key else ():
                if guid not in used:
                    found[index] = guid
                    used.add(guid)
                    break
    return found


_Keys = tuple[tuple[Any, ...], ...]


def _keys_of_state(old: Mapping[str, Any]) -> _Keys:
    path, kind, front, back = old.get("path"), old.get("kind"), old.get("front"), old.get("back")
    return (
        (old["id"],) if old.get("id") else (),
        (path, kind, front),
        (kind, front, back),
        (path, back) if back != digest("") else (),
        (path, kind, old.get("position")),
    )


def _keys_of_entry(entry: Located, position: int) -> _Keys:
    block = entry.block
    front, back = digest(normal(block.front) or block.front), digest(normal(block.back) or block.back)
    return (
        (block.block_id,) if block.block_id else (),
        (entry.path, block.kind, front),
        (block.kind, front, back),
        (entry.path, back) if back != digest("") else (),
        (entry.path, block.kind, position),
    )


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
    entry: Located, embed: Embed, settings: CardSettings, numbers: Mapping[str, int]
) -> tuple[str, tuple[str, ...], dict[str, int]]:
    block = entry.block
    context = html.escape(" › ".join(block.context))
    source = html.escape(entry.path.removesuffix(".md"))
    rest = (html.escape(block.hint), context, source, "", "", "")
    if block.kind == "cloze":
        front, used = _cloze_html(block, embed, settings, numbers)
        return "cloze", (front, "", *rest), used
    kind = "reversed" if block.kind.endswith("reversed") else "prompt" if block.kind == "heading-prompt" else "basic"
    return kind, (_html(block.front, embed), _html(block.back, embed), *rest), {}


def _html(text: str, embed: Embed) -> str:
    """One paragraph needs no element of its own; Anki's duplicate check and search read the bare words."""
    made = card_html(text, embed)
    if made.count("<p>") == 1 and made.startswith("<p>") and made.endswith("</p>"):
        return made[3:-4]
    return made


def _cloze_html(
    block: CardBlock, embed: Embed, settings: CardSettings, numbers: Mapping[str, int]
) -> tuple[str, dict[str, int]]:
    """Deletions as {{c1::…}}. Simple ones keep the number they were first given, so removing one moves no other."""
    found = deletions(block.front, settings.cloze_patterns)
    used: dict[str, int] = {}
    next_number = max([0, *numbers.values()]) + 1
    marks: list[tuple[str, str]] = []
    text, position = "", 0
    for at, deletion in enumerate(found):
        number = deletion.number
        if not number:
            key = digest(
                f"{normal(deletion.answer) or deletion.answer}\0{sum(d.answer == deletion.answer for d in found[:at])}",
                8,
            )
            number = numbers.get(key, 0)
            if not number:
                number, next_number = next_number, next_number + 1
            used[key] = number
        token = f"\ue000{at}\ue001"
        inner = _html(deletion.answer, embed).replace("}}", "} }")
        hint = f"::{html.escape(deletion.hint)}" if deletion.hint else ""
        marks.append((token, f"{{{{c{number}::{inner}{hint}}}}}"))
        text += block.front[position : deletion.start] + token
        position = deletion.end
    made = _html(text + block.front[position:], embed)
    for token, mark in marks:
        made = made.replace(token, mark)
    return made, used


def _embedder(
    entry: Located,
    media: Callable[[str, str], tuple[str, bytes] | None],
    packed: dict[str, bytes],
    names: dict[tuple[str, str], str],
    missing: list[tuple[str, int, str]],
) -> Embed:
    def embed(target: str, size: str) -> str:
        found = media(entry.path, target)
        if found is None:
            missing.append((entry.path, entry.block.line, target))
            return html.escape(f"[{target}]")
        name, content = found
        key = (name, hashlib.sha256(content).hexdigest())
        if key not in names:
            safe = re.sub(r"[^\w.\- ]", "_", name).strip(". ") or "file"
            if safe in packed and packed[safe] != content:
                stem, dot, suffix = safe.rpartition(".")
                safe = f"{stem or safe}-{key[1][:8]}{dot}{suffix if dot else ''}"
            packed[safe] = content
            names[key] = safe
        safe = html.escape(names[key], quote=True)
        if re.search(r"\.(?:mp3|wav|ogg|m4a|flac|3gp|mp4|webm)$", safe, re.IGNORECASE):
            return f"[sound:{safe}]"
        width = re.match(r"\d+", size)
        return f'<img src="{safe}"' + (f' width="{width[0]}"' if width else "") + ">"

    return embed


def _write(notes: Iterable[_Note], packed: Mapping[str, bytes], *, base: int) -> bytes:
    try:
        import genanki
    except ImportError:
        raise VaultkitError(
            "Anki packages need genanki; install it with `pip install obsidian-vaultkit[anki]`"
        ) from None
    models = _models(genanki)
    decks: dict[str, Any] = {}
    times: dict[str, int] = {}
    for note in notes:
        if note.deck not in decks:
            number = int(hashlib.sha256(note.deck.encode()).hexdigest()[:8], 16) % (1 << 30) + (1 << 30)
            decks[note.deck] = genanki.Deck(number, note.deck)
        tags = [re.sub(r"\s+", "_", tag.replace("/", "::")) for tag in note.tags]
        decks[note.deck].add_note(
            genanki.Note(model=models[note.kind], fields=list(note.fields), guid=note.guid, tags=tags, sort_field=None)
        )
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
        package.write_to_file(str(target), timestamp=float(base))
        return _repacked(target.read_bytes(), times, Path(folder))


def _repacked(data: bytes, times: Mapping[str, int], folder: Path) -> bytes:
    """The package with each note's own time and checksum, its entries sorted and dated alike."""
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
                connection.execute("vacuum")
                connection.close()
                content = path.read_bytes()
            info = zipfile.ZipInfo(name, _DOS_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            result.writestr(info, content)
    return out.getvalue()


def _models(genanki: Any) -> dict[str, Any]:
    fields = [{"name": name} for name in FIELDS]
    answer = '{{FrontSide}}<hr id="answer">{{Back}}' + _SOURCE
    back_first = '<div class="context">{{Context}}</div>{{Back}}'
    templates = {
        "basic": [{"name": "Card 1", "qfmt": _FRONT, "afmt": answer}],
        "reversed": [
            {"name": "Card 1", "qfmt": _FRONT, "afmt": answer},
            {"name": "Card 2", "qfmt": back_first, "afmt": '{{FrontSide}}<hr id="answer">{{Front}}' + _SOURCE},
        ],
        "cloze": [
            {"name": "Cloze", "qfmt": '<div class="context">{{Context}}</div>{{cloze:Front}}',
             "afmt": '<div class="context">{{Context}}</div>{{cloze:Front}}<br>{{Back}}' + _SOURCE}
        ],
        "prompt": [{"name": "Card 1", "qfmt": _FRONT, "afmt": "{{FrontSide}}" + _SOURCE}],
    }  # fmt: skip
    titles = {"basic": "Basic", "reversed": "Basic (and reversed card)", "cloze": "Cloze", "prompt": "Prompt"}
    return {
        kind: genanki.Model(
            number, f"vaultkit {titles[kind]}", fields=fields, templates=templates[kind], css=_CSS,
            model_type=genanki.Model.CLOZE if kind == "cloze" else genanki.Model.FRONT_BACK,
        )
        for kind, number in _MODELS.items()
    }  # fmt: skip
