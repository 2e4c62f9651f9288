"""Which notes of a vault have cards: those that live in them, link to them, or mention their title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vaultkit.base.record import record
from vaultkit.cards.collection import Located
from vaultkit.cards.notes.linking import linked, titles_of


@record
class Concept:
    """A note and how many blocks are about it, by the way it is known."""

    path: str
    own: int
    links: int
    mentions: int

    @property
    def is_covered(self) -> bool:
        """At least one card is about it."""
        return bool(self.own or self.links or self.mentions)


@record
class Coverage:
    """concepts: every note but pure decks.  without: (path, line) of blocks that touch no concept but their own note."""

    concepts: tuple[Concept, ...]
    without: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> float:
        """Share of concepts with a card, 0 to 100."""
        covered = sum(1 for concept in self.concepts if concept.is_covered)
        return 100.0 * covered / len(self.concepts) if self.concepts else 0.0

    def by_folder(self) -> list[tuple[str, int, int]]:
        """(folder, covered, all) in order of folder; "" is the root."""
        sums: dict[str, list[int]] = {}
        for concept in self.concepts:
            row = sums.setdefault(concept.path.rpartition("/")[0], [0, 0])
            row[0] += concept.is_covered
            row[1] += 1
        return [(folder, covered, total) for folder, (covered, total) in sorted(sums.items())]


def coverage(
    entries: Sequence[Located],
    names: Iterable[tuple[str, str]],
    links: Mapping[str, Sequence[tuple[int, str]]],
) -> Coverage:
    """names: (title or alias, path of its note).  links: path -> (offset, path of the target) of each link."""
    listed = list(names)
    titles = titles_of(listed)
    own: dict[str, int] = {}
    linking: dict[str, int] = {}
    mentioning: dict[str, int] = {}
    without = []
    for entry in entries:
        block = entry.block
        own[entry.path] = own.get(entry.path, 0) + 1
        targets = {target for at, target in links.get(entry.path, ()) if block.start <= at < block.end}
        text = block.front if block.kind == "cloze" else f"{block.front}\n{block.back}"
        mentions = {mention.note for mention in linked(text, titles, entry.path)[1]} - {""} - targets
        for target in targets:
            linking[target] = linking.get(target, 0) + 1
        for target in mentions:
            mentioning[target] = mentioning.get(target, 0) + 1
        if not targets and not mentions:
            without.append((entry.path, block.line))
    paths = dict.fromkeys(path for _, path in listed)
    concepts = tuple(Concept(path, own.get(path, 0), linking.get(path, 0), mentioning.get(path, 0)) for path in paths)
    return Coverage(concepts, tuple(without))
