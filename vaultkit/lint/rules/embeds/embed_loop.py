"""A note that embeds itself, directly or through other notes.

Why:     Obsidian stops after some levels; exporters and site generators may hang or truncate the note.
Fix:     none: only the author knows which embed should be a link.
Source:  Obsidian Help, "Embed files".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from operator import itemgetter

from vaultkit.base.text import code_span
from vaultkit.lint.finding import RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Link, Note
from vaultkit.vault.aspects import EMBEDS, PLACES
from vaultkit.vault.files import extension
from vaultkit.vault.memo import depends_on
from vaultkit.vault.snapshot import Snapshot, basename

CODE = "EM008"
SEVERITY = "error"
WHOLE = True
DEPENDS = (
    EMBEDS,
    PLACES,
)
BAD = {"a.md": "![[b]]", "b.md": "![[a]]"}
GOOD = {"a.md": "![[b]] and below ![[#Summary]]\n\n## Summary\n\nShort.", "b.md": "[[a]]"}

# A part of a note that an embed shows: note, first offset, offset behind the last.
Region = tuple[str, int, int]
_Embed = tuple[str, Link, str]


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Report each loop of embeds once, at its first embed.

    Only the embedded part counts: a section that embeds another section of its note is not a loop.
    """
    embeds: list[tuple[str, Link, Region]] = []
    by_note: dict[str, list[tuple[int, int]]] = {}
    for path, link, target in vault.get(_note_embeds):
        by_note.setdefault(path, []).append((link.start, len(embeds)))
        embeds.append((path, link, (target, *_shown(vault, target, link.subpath))))
    # What a part of a note shows in turn: other parts, each with the first embed that shows it.
    shows: dict[Region, dict[Region, int]] = {}
    for _, _, region in embeds:
        if region in shows:
            continue
        target, start, end = region
        inside = by_note.get(target, [])
        shown = shows[region] = {}
        for _, index in inside[bisect_left(inside, (start, -1)) : bisect_left(inside, (end, -1))]:
            shown.setdefault(embeds[index][2], index)
    for circle in _circles(shows):
        steps = [shows[region][following] for region, following in zip(circle, circle[1:] + circle[:1], strict=True)]
        first = steps.index(min(steps))
        steps = steps[first:] + steps[:first]
        path, link, _ = embeds[steps[0]]
        way = " → ".join([basename(path), *(basename(embeds[step][2][0]) for step in steps)])
        related = tuple(
            RelatedPlace(embeds[step][0], embeds[step][1].start, "embeds the next note") for step in steps[1:]
        )
        yield path, Violation(link.start, link.end, f"embed loop: {code_span(way)}", way, None, related)


def _update_embeds(known: list[_Embed], before: Snapshot, after: Snapshot, paths: frozenset[str]) -> list[_Embed]:
    found = [embed for embed in known if embed[0] not in paths]
    return sorted([*found, *_note_embeds(after.narrowed(paths))], key=itemgetter(0))


@depends_on(EMBEDS, stored_as=list[_Embed], update=_update_embeds)
def _note_embeds(vault: Snapshot) -> list[_Embed]:
    """Return (source, embed, target) of the embeds of notes; those in comments show nothing."""
    return [
        (path, bound.link, bound.target)
        for path, bound in vault.bound_links()
        if bound.link.is_embed
        and not bound.link.in_comment
        and bound.target is not None
        and extension(bound.target) == "md"
    ]


def _shown(vault: Snapshot, target: str, subpath: str) -> tuple[int, int]:
    """The part of the note that an embed with this subpath shows."""
    note: Note = vault.notes[target]
    place = vault.place(target, subpath)
    if place.kind == "heading":
        level = next(heading.level for heading in note.headings if heading.start == place.start)
        ends = (heading.start for heading in note.headings if heading.start > place.start and heading.level <= level)
        return place.start, next(ends, note.length + 1)
    if place.kind == "block":
        return next((block.start, block.end) for block in note.blocks if block.caret == place.start)
    return (0, 0) if place.kind in ("missing", "footnote") else (0, note.length + 1)


def _circles(shows: Mapping[Region, Mapping[Region, int]]) -> Iterator[list[Region]]:
    """Circles, one for each step back; a walk without recursion."""
    state: dict[Region, int] = {}  # 1 on the way, 2 done
    for root in shows:
        if root in state:
            continue
        way = [root]
        iterators = [iter(shows[root])]
        state[root] = 1
        while way:
            step = next(iterators[-1], None)
            if step is None:
                state[way.pop()] = 2
                iterators.pop()
            elif step not in state:
                state[step] = 1
                way.append(step)
                iterators.append(iter(shows[step]))
            elif state[step] == 1:
                yield way[way.index(step) :]
