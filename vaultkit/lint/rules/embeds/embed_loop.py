"""A note shows itself inside itself, directly or through other notes.

Why:     Obsidian stops somewhere; exporters, site builders and readers that build cards hang or cut.
Fix:     none: which of the embeds should be a link is the author's to say.
Source:  Obsidian Help, "Embed files".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from vaultkit.index.files import extension
from vaultkit.index.vault import Vault, basename
from vaultkit.lint.finding import Fault, Related
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Link, Note

CODE = "EM008"
SEVERITY = "error"
BAD = {"a.md": "![[b]]", "b.md": "![[a]]"}
GOOD = {"a.md": "![[b]] and below ![[#Summary]]\n\n## Summary\n\nShort.", "b.md": "[[a]]"}


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Circles of embeds, each told once, at its first embed.

    What counts is the part that an embed shows: a section that shows another section is no circle.
    """
    embeds: list[tuple[str, Link, str]] = []
    by_note: dict[str, list[tuple[int, int]]] = {}
    for path, bound in vault.bound_links():
        target = bound.target
        if bound.link.is_embed and target is not None and extension(target) == "md":
            by_note.setdefault(path, []).append((bound.link.start, len(embeds)))
            embeds.append((path, bound.link, target))
    reached: list[list[int]] = []
    for _, link, target in embeds:
        inside = by_note.get(target, [])
        start, end = _shown(vault, target, link.subpath)
        first, last = bisect_left(inside, (start, -1)), bisect_left(inside, (end, -1))
        reached.append([index for _, index in inside[first:last]])
    for circle in _circles(reached):
        path, link, _ = embeds[circle[0]]
        names = [basename(embeds[index][2]) for index in circle]
        way = " → ".join([basename(path), *names])
        related = tuple(Related(embeds[index][0], embeds[index][1].start, "shows the next") for index in circle[1:])
        yield path, Fault(link.start, link.end, f"this embed comes round to itself: {way}", way, None, related)


def _shown(vault: Vault, target: str, subpath: str) -> tuple[int, int]:
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


def _circles(reached: list[list[int]]) -> Iterator[list[int]]:
    """Circles among embeds that reach one another, one for each step back; a walk without recursion."""
    state = [0] * len(reached)  # 0 new, 1 on the way, 2 done
    for root in range(len(reached)):
        if state[root]:
            continue
        way = [root]
        iterators = [iter(reached[root])]
        state[root] = 1
        while way:
            step = next(iterators[-1], None)
            if step is None:
                state[way.pop()] = 2
                iterators.pop()
            elif state[step] == 0:
                state[step] = 1
                way.append(step)
                iterators.append(iter(reached[step]))
            elif state[step] == 1:
                yield way[way.index(step) :]
