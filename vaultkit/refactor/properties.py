"""Another name for a property: in the notes that have it, Obsidian's list of types, bases and queries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from vaultkit.base.errors import VaultkitError
from vaultkit.base.json_spans import json_texts
from vaultkit.base.text import BOM, Edit, apply_edits, code_span, decode
from vaultkit.note.model import Note
from vaultkit.note.property_places import PropertyPlace, property_places, yaml_texts
from vaultkit.refactor.plan import MovePlan, Respelled, Rewrite, respelled
from vaultkit.vault.conflict_markers import holds_conflict
from vaultkit.vault.snapshot import Snapshot

Read = Callable[[str], bytes]

# Names that mean something to Obsidian itself. Source: Obsidian Help, "Properties".
RESERVED = frozenset({"tags", "aliases", "cssclasses", "tag", "alias", "cssclass", "publish", "permalink"})
_PLAIN_NAME = re.compile(r"[^\W\d][\w -]*")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_FENCE = re.compile(
    r"^([ \t>]*)(`{3,}|~{3,})[ \t]*(query|base)\b[^\n]*\n(.*?)(?:^[ \t>]*\2|\Z)", re.MULTILINE | re.DOTALL
)
# Keys of a base below which texts are names of columns, not formulas.
_NAME_KEYS = frozenset({"order", "property", "groupBy"})
# Keys of a base below which the names of values are columns.
_NAMES_ABOVE = frozenset({"properties", "columnSize", "summaries"})
_FORMULAS_ABOVE = frozenset({"filters", "formulas", "summaries"})


def plan_rename_property(vault: Snapshot, old: str, new: str, read: Read) -> MovePlan:
    """The plan to rename a property in all notes.

    Raises:
        VaultkitError: no note has it, a note has both names, the new name cannot be written, or Obsidian itself
            uses one of the names.
    """
    old, new = old.strip(), new.strip()
    for name in (old, new):
        if name.lower() in RESERVED:
            raise VaultkitError(f"{code_span(name)}: Obsidian itself uses this property; choose another")
    if not new or old == new or "\n" in new:
        raise VaultkitError(f"{code_span(new)}: name a property and another name for it")
    rewrites: list[Rewrite] = []
    links: list[Respelled] = []
    found = False
    for path, file in vault.files.items():
        if file.kind not in ("note", "base") or (file.kind == "note" and vault.notes[path].fault):
            continue
        try:
            data = read(path)
        except OSError as error:
            if file.kind == "base":
                continue
            reason = (error.strerror or str(error)).lower()
            raise VaultkitError(f"{path}: cannot be read ({reason}); nothing was changed") from error
        decoded = decode(data)
        if decoded.fault or old.lower() not in decoded.text.lower():
            continue
        text = decoded.text
        edits = list(_base_edits(text, 0, old, new) if file.kind == "base" else ())
        if file.kind == "note":
            own = list(_note_edits(vault.notes[path], path, text, old, new))
            found |= bool(own)
            edits = [*own, *_fence_edits(text, old, new)]
            if edits and holds_conflict(vault.notes[path], text):
                raise VaultkitError(f"{path}: has git conflict markers; resolve the conflict first")
        if edits:
            made = tuple(sorted(set(edits), key=lambda edit: edit.start))
            head = BOM if decoded.has_bom else ""
            rewrites.append(Rewrite(path, path, data, (head + apply_edits(text, made)).encode()))
            links += respelled(path, text, made)
    if not found:
        raise VaultkitError(f"no note has the property {code_span(old)}; `vaultkit properties` lists them")
    types, changes = _types(vault, old, new, read)
    return MovePlan((), (*rewrites, *types), tuple(links), (), settings=tuple(changes))


def _note_edits(note: Note, path: str, text: str, old: str, new: str) -> Iterator[Edit]:
    matter = note.frontmatter
    if matter is None or matter.error is not None:
        return
    names = {name.lower() for name in matter.properties}
    if old.lower() not in names:
        return
    if note.length != len(text):
        raise VaultkitError(f"{path}: changed since it was read; run the command again")
    if new.lower() in names and new.lower() != old.lower():
        raise VaultkitError(f"{path}: has {code_span(old)} and {code_span(new)}; merge the two by hand first")
    block = text[matter.content_start : matter.content_end]
    for place in property_places(block):
        if place.name.lower() == old.lower():
            start = matter.content_start + place.name_start
            yield Edit(start, start + place.name_end - place.name_start, _written(block, place, new))


def _written(block: str, place: PropertyPlace, new: str) -> str:
    """The new name in the quotes that the old one has, or in those that it needs."""
    quote = block[place.name_start]
    if quote == "'":
        return "'" + new.replace("'", "''") + "'"
    if quote == '"' or not _PLAIN_NAME.fullmatch(new) or new.lower() in ("null", "true", "false"):
        return json.dumps(new, ensure_ascii=False)
    return new


def _fence_edits(text: str, old: str, new: str) -> Iterator[Edit]:
    if "```" not in text and "~~~" not in text:
        return
    for fence in _FENCE.finditer(text):
        start, body = fence.start(4), fence[4]
        if fence[3] == "base":
            yield from _base_edits(body, start, old, new)
            continue
        for match in re.finditer(rf"\[(\"?){re.escape(old)}\1(?=\]|:)", body, re.IGNORECASE):
            at = start + match.start() + 1 + len(match[1])
            yield Edit(at, at + len(old), new)


def _base_edits(text: str, offset: int, old: str, new: str) -> Iterator[Edit]:
    """Edits of a base: names of columns, and the property in filters and formulas."""
    for one in yaml_texts(text):
        start = one.place.start
        raw = text[start : one.place.end]
        last = one.keys[-1] if one.keys else ""
        if last in (_NAMES_ABOVE if one.is_name else _NAME_KEYS):
            if one.place.value in (old, f"note.{old}"):
                at = offset + start + raw.find(old)
                yield Edit(at, at + len(old), new)
        elif not one.is_name and not _FORMULAS_ABOVE.isdisjoint(one.keys):
            for edit in _formula_edits(raw, old, new):
                yield Edit(offset + start + edit.start, offset + start + edit.end, edit.replacement)


def _formula_edits(raw: str, old: str, new: str) -> Iterator[Edit]:
    for match in re.finditer(rf"\bnote\s*\[\s*(\\?[\"']){re.escape(old)}(?=\1\s*\])", raw):
        yield Edit(match.end() - len(old), match.end(), new)
    if not _IDENTIFIER.fullmatch(old):
        return
    shift = 1 if raw[:1] in "\"'" else 0
    inside = raw[1:-1] if shift else raw
    quoted = [match.span() for match in re.finditer(r"(\\?[\"'])[^\"'\\\n]*\1", inside)]
    for match in re.finditer(rf"(?<![\w.])(note\s*\.\s*)?{re.escape(old)}(?!\w|\s*\()", raw):
        at = match.end() - len(old)
        if any(start + shift <= at < end + shift for start, end in quoted):
            continue
        if _IDENTIFIER.fullmatch(new):
            yield Edit(at, match.end(), new)
        else:
            yield Edit(match.start(), match.end(), f'note["{new}"]' if raw[:1] != '"' else f"note['{new}']")


def _types(vault: Snapshot, old: str, new: str, read: Read) -> tuple[list[Rewrite], list[Respelled]]:
    """The rewritten list of property types, if it names the property and not the new one."""
    if not vault.settings.folder or not vault.root:
        return [], []
    path = f"{vault.settings.folder}/types.json"
    try:
        data = read(path)
    except OSError:
        return [], []
    text = decode(data).text
    try:
        types = json.loads(text).get("types", {})
    except (ValueError, AttributeError, RecursionError):
        return [], []
    if not isinstance(types, dict) or old not in types or new in types:
        return [], []
    value = next((one for one in json_texts(text) if one.path == ("types", old)), None)
    if value is None:  # a type that is no text
        return [], []
    key = json.dumps(old, ensure_ascii=False)
    start = text.rfind(key, 0, value.start)
    if start < 0 or text[start + len(key) : value.start - 1].strip() != ":":  # written with escapes
        return [], []
    edit = Edit(start, start + len(key), json.dumps(new, ensure_ascii=False))
    return [Rewrite(path, path, data, apply_edits(text, (edit,)).encode())], list(respelled(path, text, (edit,)))
