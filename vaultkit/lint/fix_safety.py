"""What edits would break in a note, found by parsing the edited note.

No fix may remove a link, within the vault or to the web. A safe fix changes nothing outside its own edits, and the
displayed text of a rewritten link stays the same.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, takewhile

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit, apply_edits
from vaultkit.lint.finding import Finding
from vaultkit.note.links import default_display
from vaultkit.note.model import Link, Note, PropertyLink
from vaultkit.note.parse import parse_text
from vaultkit.vault.aspects import places_of
from vaultkit.vault.link_tables import linking
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.subpath import find_place

_LONE_NEWLINE = lazy_pattern(r"(?<!\r)\n")
_URL = lazy_pattern(r"https?://[^\s<>\[\](){}|\"'`]+")
_UNSEEN = lazy_pattern("[\u00ad\u200b-\u200f\u2060\u061c\u202a-\u202e\u2066-\u2069\ufeff]")

_Item = tuple[str, int, int, object]


@record
class Harm:
    """The effect of edits. lost: why they must not be applied, "" if they may; unsafe: why they are not safe."""

    lost: str = ""
    unsafe: str = ""

    def is_none(self, findings: Iterable[Finding]) -> bool:
        """Return whether the fixes of the findings, made together, change nothing else."""
        claims_safe = any(finding.fix is not None and finding.fix.is_safe for finding in findings)
        return not self.lost and not (self.unsafe and claims_safe)


def line_end_of(text: str) -> str:
    """How most lines of the text end."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, tuple[Edit, ...]]:
    """The text after the edits, and the edits as they were made.

    They are made in the note's own line ends, and the text ends with a line end if it did.
    """
    made = tuple(edits)
    line_end = line_end_of(text)
    if line_end == "\r\n":
        made = tuple(Edit(edit.start, edit.end, _LONE_NEWLINE.sub("\r\n", edit.replacement)) for edit in made)
    new = apply_edits(text, made)
    if text and not text.endswith("\n") and new.endswith("\n"):
        new = new.rstrip("\r\n")
    elif text.endswith("\n") and new and not new.endswith("\n"):
        new += line_end
    return new, made


def edits_of(findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The edits of all fixes."""
    return tuple(edit for finding in findings if finding.fix is not None for edit in finding.fix.edits)


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose edits do not touch those of an earlier one, by position then code."""
    taken: list[Edit] = []  # by start; none of them overlaps another, so they are in order of their ends, too
    chosen = []
    for finding in sorted(findings, key=lambda finding: (_first(finding), finding.code)):
        assert finding.fix is not None
        if not any(_touches_one(edit, taken) for edit in finding.fix.edits):
            for edit in finding.fix.edits:
                insort(taken, edit, key=_start)
            chosen.append(finding)
    return chosen


def _start(edit: Edit) -> int:
    return edit.start


def _touches_one(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether the edit touches one of ``taken``; only those near it are looked at."""
    at = bisect_left(taken, edit.start, key=_start)
    before = takewhile(lambda other: other.end >= edit.start, (taken[index] for index in range(at - 1, -1, -1)))
    behind = takewhile(lambda other: other.start <= edit.end, (taken[index] for index in range(at, len(taken))))
    return any(_touch(edit, other) for other in chain(before, behind))


def _first(finding: Finding) -> int:
    return min((edit.start for edit in finding.fix.edits), default=0) if finding.fix is not None else 0


def _touch(one: Edit, other: Edit) -> bool:
    """The order of the two edits would matter: they share characters, or one inserts at the other's edge."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


class NoteReading:
    """What a note holds and what its links open, before it is edited.

    text: the note's text as ``vault.notes[path]`` was read from it.
    """

    def __init__(self, vault: Snapshot, path: str, text: str) -> None:
        self._vault = vault
        self._path = path
        self._text = text
        self._note = vault.notes[path]
        self._addresses = _addresses(self._note, text)
        self._targets, self._count = self._outgoing(self._note)

    def harm(self, findings: Iterable[Finding]) -> Harm:
        """What the edits of all these findings together do."""
        text, edits = edited(self._text, edits_of(findings))
        note = parse_text(text)
        made = sorted(edits, key=lambda edit: (edit.start, edit.end))
        targets, count = self._outgoing(note)
        missing = self._targets - targets
        lost = self._lost_place(note)
        if missing and count < self._count:
            lost = "".join(min(missing))
        now = _addresses(note, text)
        gone = self._addresses - now
        if lost or sum(now.values()) < sum(self._addresses.values()):
            return Harm(f"would break the link to `{lost or min(gone).rstrip()}`")
        come = now - self._addresses
        for address in gone:
            if not any(_is_same_page(address.rstrip(), other) for other in come):
                return Harm(f"would break the link to `{address.rstrip()}`")
            if not address.endswith(" "):
                return Harm(unsafe=f"changes the URL `{address}`")
        if missing:
            return Harm(unsafe="changes the target of the link to `{}{}`".format(*min(missing)))
        return Harm(unsafe=_changed_display(self._note, note, made) or _changed_outside(self._note, note, made))

    def _lost_place(self, note: Note) -> str:
        if places_of(note) == places_of(self._note):
            return ""  # who links here need not be known then
        for source in self._vault.get(linking).get(self._path, ()):
            if source != self._path and source in self._vault.notes:
                for subpath in self._subpaths_from(source):
                    known = find_place(self._note, subpath).kind
                    if known != "missing" and find_place(note, subpath).kind == "missing":
                        return self._path + subpath
        return ""

    def _outgoing(self, note: Note) -> tuple[set[tuple[str, str]], int]:
        """(target, "") for each link that opens a file, (target, subpath) where its place is found; how many in all."""
        found: set[tuple[str, str]] = set()
        count = 0
        for link in chain[Link | PropertyLink](note.links, note.property_links):
            target = self._vault.resolve(link.linkpath, self._path).path
            if target is None:
                continue
            count += 1
            found.add((target, ""))
            if link.subpath:
                place = (
                    find_place(note, link.subpath) if target == self._path else self._vault.place(target, link.subpath)
                )
                if place.kind in ("heading", "block", "footnote"):
                    count += 1
                    found.add((target, link.subpath.lower()))
        return found, count

    def _subpaths_from(self, source: str) -> set[str]:
        note = self._vault.notes[source]
        return {
            link.subpath
            for link in chain[Link | PropertyLink](note.links, note.property_links)
            if link.subpath and self._vault.resolve(link.linkpath, source).path == self._path
        }


def _addresses(note: Note, text: str) -> Counter[str]:
    """How often each address outside the vault is linked to or written."""
    inside = _Stretches((link.start, link.end) for link in note.links if link.syntax == "wiki" and not link.is_embed)
    linked = Counter(link.destination for link in note.external_links if not inside.holds(link.start + 1, link.end))
    return linked + Counter(f"{url} " for url in _URL.findall(text)) if "://" in text else linked


def _is_same_page(address: str, other: str) -> bool:
    """Return whether ``other`` goes on where ``address`` was cut, or differs from it in its query only."""
    return other.startswith(address) or address.partition("?")[0] == other.rstrip().partition("?")[0]


def _changed_display(before: Note, after: Note, edits: list[Edit]) -> str:
    """Which link shows as something else although only what it opens was rewritten; "" when none does."""
    move = _mover(edits)
    now = {link.start: link for link in after.links}
    ordered = sorted(edits, key=lambda edit: edit.start)  # they do not overlap
    for link in before.links:
        if link.is_embed:
            continue
        touching = []
        at = bisect_left(ordered, link.end, key=lambda edit: edit.start) - 1
        while at >= 0 and link.start < ordered[at].end:
            touching.append(ordered[at])
            at -= 1
        if not touching:
            continue
        if any(_edits_label(edit, link) for edit in touching):
            continue
        new = now.get(move(link.start))
        if new is not None and _seen(link) != _seen(new):
            return f"`{_seen(link)}` would be shown as `{_seen(new)}`"
    return ""


def _edits_label(edit: Edit, link: Link) -> bool:
    if link.syntax == "markdown":
        return edit.start < link.target_start
    return link.display is not None and edit.end > link.target_end


def _seen(link: Link) -> str:
    shown = link.display if link.display is not None else default_display(link.linktext)
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", shown)).replace("\u00a0", " ").replace("\u202f", " ")
    return plain.replace("\\|", "|").strip()


def _changed_outside(before: Note, after: Note, edits: list[Edit]) -> str:
    """What the edits change without touching it; "" when there is nothing."""
    move = _mover(edits)
    made = []
    shift = 0
    for edit in edits:
        made.append((edit.start + shift, edit.start + shift + len(edit.replacement)))
        shift += len(edit.replacement) - (edit.end - edit.start)
    touched = _Stretches((edit.start, edit.end) for edit in edits)
    was = Counter(
        (kind, move(start), move(end), value)
        for kind, start, end, value in _items(before)
        if not touched.meets(start - _reach(kind), end + _reach(kind))
    )
    there = _Stretches(made)
    now = Counter(
        item for item in _items(after) if not there.meets(item[1] - _reach(item[0]), item[2] + _reach(item[0]))
    )
    for kind, *_ in chain((was - now), (now - was)):
        return f"would change {kind} elsewhere in the note"
    return ""


def _items(note: Note) -> Iterator[_Item]:
    """All that a note is read as, with the span of each."""
    for link in note.links:
        yield "a link", link.start, link.end, (link.linktext, link.display, link.is_embed)
    for entry in note.property_links:
        yield "a property", entry.start, entry.end, (entry.key, entry.original)
    for address in note.external_links:
        yield "a web link", address.start, address.end, (address.destination, address.is_embed)
    for tag in note.tags:
        yield "a tag", tag.start, tag.end, tag.tag
    for heading in note.headings:
        yield "a heading", heading.start, heading.end, (heading.level, heading.text)
    for start, end, kind, block_id in note.section_rows:
        yield "a block", start, end, (kind, block_id)
    for start, end, _, task, block_id in note.list_item_rows:
        yield "a list item", start, end, (task, block_id)
    for callout in note.callouts:
        yield "a callout", callout.start, callout.end, (callout.type, callout.fold)
    for footnote in chain(note.footnotes, note.footnote_refs):
        yield "a footnote", footnote.start, footnote.end, footnote.id
    for definition in note.reference_definitions:
        yield "a definition", definition.start, definition.end, definition.linkpath + definition.subpath
    for dead in note.dead:
        yield f"a part of {dead.kind}", dead.start, dead.end, dead.kind
    for start, end in note.comments:
        yield "a comment", start, end, None


def _mover(edits: list[Edit]) -> Callable[[int], int]:
    """From an offset that no edit covers to the same place after the edits."""
    ends = [edit.end for edit in edits]
    shifts = [0, *accumulate(len(edit.replacement) - (edit.end - edit.start) for edit in edits)]
    return lambda offset: offset + shifts[bisect_right(ends, offset)]


class _Stretches:
    """Spans that do not overlap, in order."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        kept = list(spans)
        self._starts = [start for start, _ in kept]
        self._ends = [end for _, end in kept]

    def meets(self, start: int, end: int) -> bool:
        """Return whether one of them shares a character or an edge with ``[start, end)``."""
        index = bisect_right(self._starts, end) - 1
        return index >= 0 and self._ends[index] >= start

    def holds(self, start: int, end: int) -> bool:
        """Return whether one of them shares a character with ``[start, end)``."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start


def _reach(kind: str) -> int:
    """How far an edit reaches: the blocks above and below a line that goes may become one."""
    return 1 if kind in ("a block", "a list item") else 0
