"""Schedule comments that are not the one schedule of a card."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from vaultkit.cards.checks.problem import Problem, quoted
from vaultkit.cards.model import CardBlock
from vaultkit.cards.reader.schedule import comments_in, read_entries


def stray_schedules(text: str, blocks: Iterable[CardBlock]) -> Iterator[Problem]:
    """Find schedule comments without a card, duplicate and invalid ones, and extra entries."""
    if "<!--SR:" not in text:
        return
    blocks = list(blocks)
    scheduled = [block for block in blocks if block.schedules]
    if text.count("<!--SR:") == len(scheduled) and all(map(_is_sound_schedule, scheduled)):
        return  # as many as cards that have one, so each has its own: nearly every note
    known = sorted(blocks, key=lambda block: block.start)
    starts = [block.start for block in known]
    seen: set[int] = set()
    for match in comments_in(text):
        owner = bisect_right(starts, match.start()) - 1
        if owner < 0 or match.start() > known[owner].end:
            yield Problem("stray-schedule", None, match.start(), match.end(), "schedule without a card", "orphan")
            continue
        block = known[owner]
        if owner in seen:
            yield Problem(
                "stray-schedule",
                block,
                match.start(),
                match.end(),
                f"duplicate schedule on the card {quoted(block.front)}",
                "twice",
            )
            continue
        seen.add(owner)
        entries = read_entries(match[1])
        if len(entries) > len(block.cards):
            message = f"too many schedule entries: {len(entries)} for {len(block.cards)} cards"
            yield Problem("stray-schedule", block, match.start(), match.end(), message, "too-many")
        elif any(not entry.due for entry in entries):
            yield Problem("stray-schedule", block, match.start(), match.end(), "invalid schedule entry", "broken")


def _is_sound_schedule(block: CardBlock) -> bool:
    entries = block.schedules
    return len(entries) <= len(block.cards) and all(entry.due for entry in entries)
