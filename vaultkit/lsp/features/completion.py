"""Names of notes, aliases, headings, block ids, embeds with sizes, tags and properties, where one is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vaultkit.base.record import record
from vaultkit.lsp.matching import score
from vaultkit.lsp.vaults import EditedVault
from vaultkit.note.property_places import property_places
from vaultkit.query.metadata import tags
from vaultkit.vault.aspects import PROPERTIES, TAGS
from vaultkit.vault.files import extension
from vaultkit.vault.link_tables import aliases_of
from vaultkit.vault.memo import depends_on
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

METHOD = "textDocument/completion"
CAPABILITY = {
    "completionProvider": {"triggerCharacters": ["[", "#", "|", "^", "(", "/", ":"], "resolveProvider": False}
}
MOST_ITEMS = 200
MOST_VALUES = 100
_FILE, _REFERENCE, _KEYWORD, _PROPERTY, _VALUE, _FOLDER = 17, 18, 14, 10, 12, 19
_WIKILINK = re.compile(r"(!?)\[\[([^\[\]\n]*)$")
_DESTINATION = re.compile(r"(!?)\[[^\[\]\n]*\]\(<?([^()<>\n]*)$")
_TAG = re.compile(r"(?:^|(?<=\s))#([^\s#!-.:-@\[-^`{-~]*)$")
_WIDTHS = ("100", "200", "300", "400", "600")


@record
class CompletionChoice:
    """One thing to write. sort: the smaller the higher; new: what is written in place of what was typed."""

    label: str
    new: str
    kind: int
    sort: tuple[int, ...]
    detail: str = ""


def answer(vault: EditedVault, params: Any) -> Any:
    """At most `MOST_ITEMS` choices; more letters bring others."""
    path = vault.path_of(params["textDocument"]["uri"])
    if path is None:
        return None
    lines = vault.lines(path)
    offset = lines.offset(params["position"])
    found = choices(vault, path, lines.text, offset)
    if found is None:
        return None
    start, items = found
    chosen = sorted(items, key=lambda one: (one.sort, one.label))
    end = offset
    rest = lines.text[offset : offset + 2]
    return {
        "isIncomplete": True,
        "items": [
            {
                "label": one.label,
                "kind": one.kind,
                "detail": one.detail,
                "sortText": f"{index:04}",
                "filterText": lines.text[start:offset] or one.label,
                "textEdit": {
                    "range": lines.range(start, end),
                    "newText": one.new.removesuffix("]]") if rest == "]]" else one.new,
                },
            }
            for index, one in enumerate(chosen[:MOST_ITEMS])
        ],
    }


def choices(vault: EditedVault, path: str, text: str, offset: int) -> tuple[int, list[CompletionChoice]] | None:
    """Where the word that is typed begins, and what it may become; None where nothing is to be completed."""
    line_start = text.rfind("\n", 0, offset) + 1
    before = text[line_start:offset]
    note = vault.note(path)
    if note is not None and any(dead.kind in ("code", "math") and dead.start < offset < dead.end for dead in note.dead):
        return None
    wikilink = _WIKILINK.search(before)
    if wikilink is not None:
        return _in_wikilink(vault, path, wikilink[2], line_start + wikilink.start(2), is_embed=bool(wikilink[1]))
    destination = _DESTINATION.search(before)
    if destination is not None:
        return line_start + destination.start(2), list(_destinations(vault, path, destination[2]))
    if note is not None and note.frontmatter is not None and note.frontmatter.start < offset <= note.frontmatter.end:
        return _in_properties(vault, text, before, line_start, offset, note.frontmatter.content_start)
    tag = _TAG.search(before)
    if tag is not None:
        return line_start + tag.start(1), list(_tags(vault, tag[1]))
    return None


def _in_wikilink(
    vault: EditedVault, path: str, typed: str, start: int, *, is_embed: bool
) -> tuple[int, list[CompletionChoice]] | None:
    if "|" in typed:
        linktext, _, shown = typed.rpartition("|")
        target = vault.snapshot.resolve(linktext.partition("#")[0], path).path
        if not is_embed or target is None or target in vault.snapshot.notes:
            return None
        widths = [
            CompletionChoice(width, width + "]]", _VALUE, (index,), "width") for index, width in enumerate(_WIDTHS)
        ]
        return start + len(typed) - len(shown), [one for one in widths if one.label.startswith(shown)]
    linkpath, hash_, subpath = typed.partition("#")
    if hash_:
        target = vault.snapshot.resolve(linkpath, path).path
        if target is None:
            return None
        return start + len(linkpath) + 1, list(_places(vault, target, subpath))
    return start, list(_files(vault, path, typed, is_embed=is_embed))


def _files(vault: EditedVault, path: str, typed: str, *, is_embed: bool) -> Iterator[CompletionChoice]:
    """Files and aliases. An alias is written as `[[Note|alias]]`, since links cannot use aliases."""
    snapshot = vault.snapshot
    for target, file in snapshot.files.items():
        is_note = file.kind == "note"
        name = basename(target) if is_note else target.rpartition("/")[2]
        rank = score(typed, target.removesuffix(".md") if "/" in typed else name)
        if rank is not None:
            far = distance(path, target)
            yield CompletionChoice(
                name, link_name(snapshot, path, target) + "]]", _FILE, (rank, int(is_note == is_embed), far), target
            )
    for alias, targets in snapshot.get(aliases_of).items():
        rank = score(typed, alias)
        if rank is None:
            continue
        for target in targets:
            shown = next((one for one in _aliases(vault, target) if fold(one.strip()) == alias), alias)
            name = link_name(snapshot, path, target)
            yield CompletionChoice(
                shown, f"{name}|{shown}]]", _REFERENCE, (rank, 1, distance(path, target)), f"alias of {target}"
            )


def _aliases(vault: EditedVault, path: str) -> tuple[str, ...]:
    from vaultkit.note.properties import aliases

    return aliases(vault.snapshot.notes[path].properties)


def _places(vault: EditedVault, target: str, typed: str) -> Iterator[CompletionChoice]:
    note = vault.note(target)
    if note is None:
        return
    if typed.startswith("^"):
        text = vault.text(target)
        for block in note.blocks:
            if score(typed[1:], block.id) is not None:
                words = " ".join(text[block.start : block.end].split())[:60]
                yield CompletionChoice(f"^{block.id}", f"^{block.id}]]", _REFERENCE, (block.caret,), words)
        return
    last = typed.rpartition("#")[2]
    lead = typed[: len(typed) - len(last)]
    for heading in note.headings:
        rank = score(last, heading.text)
        if rank is not None:
            name = re.sub(r"[\[\]#|^\\:%]+", " ", heading.text)
            yield CompletionChoice(
                heading.text, f"{lead}{' '.join(name.split())}]]", _REFERENCE, (heading.start,), "#" * heading.level
            )


def _destinations(vault: EditedVault, path: str, typed: str) -> Iterator[CompletionChoice]:
    """Files for a Markdown link, written as the vault's settings say, with what must be encoded."""
    from urllib.parse import unquote

    from vaultkit.refactor.spelling import encoded_part

    for target in vault.snapshot.files:
        rank = score(unquote(typed), target if "/" in typed else target.rpartition("/")[2])
        if rank is not None:
            name = link_name(vault.snapshot, path, target, keeps_extension=True)
            new = "/".join(encoded_part(part, "", "markdown") for part in name.split("/"))
            yield CompletionChoice(target.rpartition("/")[2], new, _FILE, (rank, distance(path, target)), target)


def _tags(vault: EditedVault, typed: str) -> Iterator[CompletionChoice]:
    for name, count in vault.snapshot.get(_tag_counts):
        rank = score(typed, name)
        if rank is not None:
            yield CompletionChoice(f"#{name}", name, _KEYWORD, (rank, -count), f"{count} uses")


@depends_on(TAGS)
def _tag_counts(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    return tuple((one.tag.removeprefix("#"), one.count) for one in tags(snapshot))


@depends_on(PROPERTIES)
def _known_properties(snapshot: Snapshot) -> dict[str, dict[str, int]]:
    """Property -> value as a text -> in how many notes."""
    found: dict[str, dict[str, int]] = {}
    for note in snapshot.notes.values():
        for name, value in note.properties.items():
            values = found.setdefault(name, {})
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str | int | float) and len(str(one)) < 100:
                    values[str(one)] = values.get(str(one), 0) + 1
    return found


def _in_properties(
    vault: EditedVault, text: str, before: str, line_start: int, offset: int, content_start: int
) -> tuple[int, list[CompletionChoice]] | None:
    known = vault.snapshot.get(_known_properties)
    entry = re.match(r"([^\s:#\[\]-][^:]*):[ \t]+(?:\[(?:[^\]]*,)?[ \t]*)?", before)
    item = re.match(r"[ \t]*-[ \t]+", before)
    if entry is None and item is None:
        if not re.fullmatch(r"[^\s:#-]*[^:]*", before) or line_start < content_start:
            return None
        present = {place.name for place in property_places(text[content_start:offset])}
        names = [(name, score(before, name)) for name in known if name not in present]
        found = [
            CompletionChoice(name, f"{name}: ", _PROPERTY, (rank, -sum(known[name].values())))
            for name, rank in names
            if rank is not None
        ]
        return line_start, found
    if entry is not None:
        name, typed = entry[1].strip(), before[entry.end() :]
    else:
        assert item is not None
        above = re.findall(r"^([^\s:#\[\]-][^:\n]*):[ \t]*$", text[content_start:line_start], re.MULTILINE)
        name, typed = (above[-1] if above else ""), before[item.end() :]
    values = dict(known.get(name, {}))
    if name.lower() == "tags":
        values |= dict(vault.snapshot.get(_tag_counts))
    ranked = [(value, score(typed, value), count) for value, count in values.items()]
    found = [
        CompletionChoice(value, _quoted(value), _VALUE, (rank, -count), f"{count} uses")
        for value, rank, count in ranked
        if rank is not None
    ]
    return offset - len(typed), sorted(found, key=lambda one: one.sort)[:MOST_VALUES]


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"^[\[{!&*>|%@`#\"']|: |\s#", value) else value


def link_name(snapshot: Snapshot, source: str, target: str, *, keeps_extension: bool = False) -> str:
    """How a link from ``source`` names ``target``, as the vault's settings for new links say."""
    path = target if keeps_extension or extension(target) != "md" else target[:-3]
    style = snapshot.settings.new_link_format
    if style == "relative":
        folder = source.split("/")[:-1]
        parts = path.split("/")
        shared = 0
        while shared < min(len(folder), len(parts) - 1) and folder[shared] == parts[shared]:
            shared += 1
        return "../" * (len(folder) - shared) + "/".join(parts[shared:])
    name = path.rpartition("/")[2]
    if style == "shortest" and snapshot.resolve(name, source).path == target:
        return name
    return path


def distance(source: str, target: str) -> int:
    """How many folders lie between two files."""
    one, other = source.split("/")[:-1], target.split("/")[:-1]
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return len(one) + len(other) - 2 * shared
