"""Suggested links, written: the text of a note with its mentions made into links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.record import record
from vaultkit.base.text import BOM, Edit, apply_edits, decode
from vaultkit.graph.mentions import Match, Mentions, UnlinkedMention, longer_terms, names
from vaultkit.graph.suggest import Suggestion, is_asked
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_text
from vaultkit.vault.linktext import destination, linktext
from vaultkit.vault.snapshot import Snapshot

EXACT_ONLY: tuple[Match, ...] = ("exact",)


@record
class LinkUp:
    """What would be written.

    changes: notes with new links.  links: path -> how many, as pairs.  pairs: (source, target) of the new links.
    left:    (path, reason) of those that are left as they are.
    """

    changes: tuple[FileChange, ...]
    links: tuple[tuple[str, int], ...]
    left: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str], ...]


def link_up(
    vault: Snapshot,
    chosen: Iterable[Suggestion],
    read: Callable[[str], bytes],
    *,
    allowed: Collection[Match] = EXACT_ONLY,
) -> LinkUp:
    """Make the first mention in each section a link, for each chosen pair of notes.

    A note whose text would then not read as expected (links, headings, tags, blocks) is left alone.

    read: path -> bytes of a note.  allowed: how well a text must fit the name.
    """
    wanted: dict[str, set[str]] = {}
    for suggestion in chosen:
        if suggestion.kind == "mention":
            wanted.setdefault(suggestion.source, set()).add(suggestion.target)
    searched = [name for name in names(vault) if is_asked(vault, name.path)] if wanted else []
    finder = Mentions(searched, longer_terms(vault, searched)) if wanted else None
    changes: list[FileChange] = []
    links: list[tuple[str, int]] = []
    left: list[tuple[str, str]] = []
    pairs: list[tuple[str, str]] = []
    for path in sorted(wanted):
        assert finder is not None
        data = read(path)
        decoded = decode(data)
        note = parse_text(decoded.text, decoded.has_bom)
        mentions = [
            mention
            for mention in finder.find(path, note, decoded.text)
            if mention.name.path in wanted[path] and mention.match in allowed
        ]
        edits = _edits(vault, note, decoded.text, mentions)
        if not edits:
            continue
        text = apply_edits(decoded.text, tuple(edit for edit, _ in edits))
        if not _reads_as_expected(vault, path, note, text, [target for _, target in edits]):
            left.append((path, "with the new links the note would read otherwise"))
            continue
        after = (BOM if decoded.has_bom else "") + text
        changes.append(FileChange(path, data, after.encode()))
        links.append((path, len(edits)))
        pairs += sorted({(path, target) for _, target in edits})
    return LinkUp(tuple(changes), tuple(links), tuple(left), tuple(pairs))


def _edits(vault: Snapshot, note: Note, text: str, mentions: Iterable[UnlinkedMention]) -> list[tuple[Edit, str]]:
    """(edit, target) for the first mention of each target in each section."""
    headings = [heading.start for heading in note.headings]
    tables = [(section.start, section.end) for section in note.sections if section.kind == "table"]
    seen: set[tuple[str, int]] = set()
    edits = []
    for mention in mentions:
        key = mention.name.path, bisect_right(headings, mention.start)
        if key in seen:
            continue
        in_table = any(start <= mention.start < end for start, end in tables)
        written = link_text(vault, mention.name.path, mention.text, in_table=in_table)
        if "|" in written and not in_table and "|" in _line(text, mention.start):
            continue  # a table inside a quote or a list, perhaps: a bar would end a cell
        seen.add(key)
        edits.append((Edit(mention.start, mention.end, written), mention.name.path))
    return edits


def link_text(vault: Snapshot, path: str, shown: str, *, in_table: bool) -> str:
    """A link to the note that shows ``shown``, in the style of the vault's settings.

    In a table the bar of a wikilink is written with a backslash (rule R12).
    """
    if vault.settings.use_markdown_links:
        return f"[{shown}]({destination(path)})"
    target = linktext(vault, path)
    if target == shown:
        return f"[[{target}]]"
    return f"[[{target}{chr(92) if in_table else ''}|{shown}]]"


def _line(text: str, offset: int) -> str:
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(text)]


def _reads_as_expected(vault: Snapshot, path: str, before: Note, text: str, targets: list[str]) -> bool:
    """The new text has the links meant, and otherwise the structure that it had."""
    after = parse_text(text, before.has_bom)

    def opened(note: Note) -> list[str]:
        return sorted(vault.resolve(link.linkpath, path).path or "" for link in note.links)

    def shape(note: Note) -> tuple[object, ...]:
        return (
            [(heading.level, heading.text) for heading in note.headings],
            [tag.tag for tag in note.tags],
            [section.kind for section in note.sections],
            [block.id for block in note.blocks],
            len(note.list_items),
            len(note.external_links),
            len(note.dead),
            len(note.malformed),
        )

    return shape(before) == shape(after) and opened(after) == sorted([*opened(before), *targets])
