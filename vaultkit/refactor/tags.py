"""Another name for a tag, with the tags below it: in notes, properties, canvases, bases and queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vaultkit.base.errors import VaultkitError
from vaultkit.base.json_spans import edits_within, json_texts
from vaultkit.base.text import BOM, Edit, apply_edits, code_span, decode
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_text
from vaultkit.note.property_places import property_places
from vaultkit.refactor.plan import MovePlan, Respelled, Rewrite, respelled
from vaultkit.vault.conflict_markers import holds_conflict
from vaultkit.vault.snapshot import Snapshot

Read = Callable[[str], bytes]

# Source: Obsidian Help, "Tags": letters, numbers, "_", "-" and "/", at least one that is no digit.
_TAG = re.compile(r"""[^\s!"#$%&'()*+,.:;<=>?@\[\\\]^`{|}~\u2000-\u206f\u2e00-\u2e7f]+""")
_QUERY_FENCE = re.compile(
    r"^([ \t>]*)(`{3,}|~{3,})[ \t]*(query|base|dataview|tasks)\b[^\n]*\n(.*?)(?:^[ \t>]*\2|\Z)",
    re.MULTILINE | re.DOTALL,
)
# Calls of Bases whose arguments are tags.
_BASE_CALL = re.compile(r"\b(?:hasTag|tags\s*\.\s*contains(?:Any|All)?)\s*\(([^()]*)\)")
_QUOTED = re.compile(r"(\\?[\"'])(#?)([^\"'\\\n]+)(?=\1)")


def plan_rename_tag(vault: Snapshot, old: str, new: str, read: Read) -> MovePlan:
    """The plan to rename the tag ``old`` to ``new``, and ``old/x`` to ``new/x``. Both with or without ``#``.

    Raises:
        VaultkitError: no file has the tag, the new one is no tag, or a file cannot be rewritten.
    """
    old, new = old.strip().removeprefix("#").strip("/"), new.strip().removeprefix("#").strip("/")
    if not _TAG.fullmatch(new) or new.isdigit() or "//" in new:
        raise VaultkitError(
            f"{code_span('#' + new)} is no tag; use letters, digits, `_`, `-` and `/`, not digits alone"
        )
    if not old or old == new:
        raise VaultkitError(f"{code_span('#' + old)}: name a tag and another name for it")
    rename = _renamer(old, new)
    rewrites: list[Rewrite] = []
    links: list[Respelled] = []
    for path, file in vault.files.items():
        if file.kind not in ("note", "canvas", "base") or (file.kind == "note" and not _may_have(vault.notes[path])):
            continue
        text, head, data = _text(path, read, is_needed=file.kind == "note" and _has(vault.notes[path], rename))
        if text is None or old.lower() not in text.lower():
            continue
        edits = tuple(sorted(set(_edits(vault, path, file.kind, text, rename)), key=lambda edit: edit.start))
        if not edits:
            continue
        after = apply_edits(text, edits)
        _verify(vault, path, text, after, rename)
        rewrites.append(Rewrite(path, path, data, (head + after).encode()))
        links += respelled(path, text, edits)
    if not rewrites:
        raise VaultkitError(f"no file has the tag {code_span('#' + old)}; `vaultkit tags` lists the tags")
    return MovePlan((), tuple(rewrites), tuple(links), (), left=tuple(_left(vault, old, read)))


def _renamer(old: str, new: str) -> Callable[[str], str | None]:
    """A function from a tag without ``#`` to its new name; None for a tag that stays."""
    key = old.lower()

    def rename(tag: str) -> str | None:
        lowered = tag.lower()
        if lowered == key:
            return new
        return new + tag[len(old) :] if lowered.startswith(key + "/") else None

    return rename


def _may_have(note: Note) -> bool:
    return not note.fault


def _has(note: Note, rename: Callable[[str], str | None]) -> bool:
    return any(rename(tag.tag[1:]) is not None for tag in note.tags)


def _text(path: str, read: Read, *, is_needed: bool) -> tuple[str | None, str, bytes]:
    try:
        data = read(path)
    except OSError as error:
        if not is_needed:
            return None, "", b""
        reason = (error.strerror or str(error)).lower()
        raise VaultkitError(f"{path}: cannot be read ({reason}); nothing was changed") from error
    decoded = decode(data)
    if decoded.fault:
        return None, "", b""
    return decoded.text, BOM if decoded.has_bom else "", data


def _edits(vault: Snapshot, path: str, kind: str, text: str, rename: Callable[[str], str | None]) -> Iterator[Edit]:
    if kind == "base":
        yield from _base_edits(text, 0, rename)
    elif kind == "canvas":
        canvas = vault.canvases.get(path)
        if canvas is None or canvas.fault or not text.strip():
            return
        for place in json_texts(text):
            if len(place.path) == 3 and place.path[0] == "nodes" and place.path[2] == "text":
                note = parse_text(place.value)
                try:
                    yield from edits_within(text, place, _body_edits(note, rename))
                except ValueError:
                    raise VaultkitError(f"{path}: a card has half a character; correct the file first") from None
    else:
        note = vault.notes[path]
        if note.length != len(text):
            raise VaultkitError(f"{path}: changed since it was read; run the command again")
        found = [*_body_edits(note, rename), *_property_edits(note, text, rename), *_query_edits(text, rename)]
        if found and holds_conflict(note, text):
            raise VaultkitError(
                f"{path}: has git conflict markers and tags that must change; resolve the conflict first"
            )
        yield from found


def _body_edits(note: Note, rename: Callable[[str], str | None]) -> Iterator[Edit]:
    for tag in note.tags:
        new = rename(tag.tag[1:])
        if new is not None:
            yield Edit(tag.start + 1, tag.start + len(tag.tag), new)


def _property_edits(note: Note, text: str, rename: Callable[[str], str | None]) -> Iterator[Edit]:
    matter = note.frontmatter
    if matter is None or matter.error is not None:
        return
    block = text[matter.content_start : matter.content_end]
    if "tag" not in block.lower():
        return
    for place in property_places(block):
        if place.name.lower() not in ("tags", "tag"):
            continue
        for one in place.texts:
            raw = block[one.start : one.end]
            for word in re.finditer(r"[^\s,\"'#]+", raw):
                new = rename(word[0])
                if new is not None:
                    start = matter.content_start + one.start + word.start()
                    yield Edit(start, start + len(word[0]), new)


def _query_edits(text: str, rename: Callable[[str], str | None]) -> Iterator[Edit]:
    """Tags in the queries that a note holds as code: Obsidian's own, bases, and those of two plugins."""
    if "```" not in text and "~~~" not in text:
        return
    for fence in _QUERY_FENCE.finditer(text):
        start, body = fence.start(4), fence[4]
        if fence[3] == "base":
            yield from _base_edits(body, start, rename)
            continue
        for match in re.finditer(r"(?:(?<=tag:)#?|(?<![\w/#&])#)([^\s!\"#$%&'()*+,.:;<=>?@\[\\\]^`{|}~]+)", body):
            new = rename(match[1].rstrip("/"))
            if new is not None:
                at = start + match.start(1)
                yield Edit(at, at + len(match[1].rstrip("/")), new)


def _base_edits(text: str, offset: int, rename: Callable[[str], str | None]) -> Iterator[Edit]:
    for call in _BASE_CALL.finditer(text):
        for quoted in _QUOTED.finditer(call[1]):
            new = rename(quoted[3])
            if new is not None:
                at = offset + call.start(1) + quoted.start(3)
                yield Edit(at, at + len(quoted[3]), new)


def _verify(vault: Snapshot, path: str, before: str, after: str, rename: Callable[[str], str | None]) -> None:
    """Raise VaultkitError unless exactly the tags changed that should, and every link stayed."""
    if vault.files[path].kind != "note":
        return
    old, new = parse_text(before), parse_text(after)
    wanted = [rename(tag.tag[1:]) or tag.tag[1:] for tag in old.tags]
    links = [(link.linkpath, link.subpath) for link in old.links]
    if wanted != [tag.tag[1:] for tag in new.tags] or links != [(link.linkpath, link.subpath) for link in new.links]:
        raise VaultkitError(f"{path}: its tags and links cannot all be kept; choose a plainer name")


def _left(vault: Snapshot, old: str, read: Read) -> Iterator[tuple[str, str]]:
    """(path, reason) of Obsidian's own files that hold searches for the tag."""
    if not vault.settings.folder or not vault.root:
        return
    for name in ("bookmarks.json", "graph.json", "workspace.json"):
        path = f"{vault.settings.folder}/{name}"
        try:
            text = decode(read(path)).text
        except OSError:
            continue
        if re.search(rf"tag:\s*#?{re.escape(old)}(?![\w-])", text, re.IGNORECASE):
            yield path, "holds a search for the tag"
