"""Cloze cards: runs of lines with a deletion, in notes that name a deck."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultkit.cards.model import CardBlock, Schedule
from vaultkit.cards.reader.cloze import Deletion, cloze_cards, deletions
from vaultkit.cards.reader.masked_lines import MaskedLines
from vaultkit.cards.reader.prefilter import markers
from vaultkit.cards.reader.reading import Reading
from vaultkit.cards.reader.schedule import without_comments
from vaultkit.cards.reader.signs import BLOCK_ID, ONE_QUOTE, openings_of, schedules_in, unquoted
from vaultkit.note.parse import parse_text

_EXTRA = re.compile(r"[ \t]*>[ \t]?\[!extra\][+-]?[ \t]*$", re.IGNORECASE)


def read_clozes(reading: Reading) -> None:
    """Add each run of lines with a deletion that is no code, formula or link."""
    page = reading.page
    rows_with = page.rows_holding(openings_of(reading.settings.cloze_patterns)) if reading.has_deck else ()
    for run in page.runs_with(rows_with):
        rows = [row for row in run if not page.only_schedule[row]]
        if not rows:
            continue
        own, taken = reading.own_decks(rows[0])
        start = page.starts[rows[0]] + taken
        kept = rows
        if own is not None and not page.lines[rows[0]][taken:].strip() and len(rows) > 1:
            kept, start = rows[1:], page.starts[rows[1]]
        if taken and kept is rows:
            start += len(page.lines[rows[0]]) - taken - len(page.lines[rows[0]][taken:].lstrip())
        if len(kept) == 1:
            start += markers(page.text[start : page.end_of(kept[0])])
        extra, kept = _split_extra(reading, kept)
        text, found, tags, end, schedules, block_id = _cloze_text(reading, kept, start)
        if not found:
            continue
        shown, _, extra_id = reading.side(extra, [unquoted(page.lines[row], 1) for row in extra], is_front=False)
        if len(rows) < len(run):  # a schedule on a line of its own, as the plugin writes it
            _, schedules = reading.without_schedules(run)
        reading.add(
            "cloze", run, (start, end), (start, end), (text, text),
            cards=cloze_cards(text, found, shown), schedules=schedules, decks=own, block_id=block_id or extra_id, tags=tags,
            extra=shown,
        )  # fmt: skip


def deletions_of(block: CardBlock, patterns: Sequence[str]) -> list[Deletion]:
    """The deletions of a cloze block, with places in its text; those in code, formulas and links are none."""
    text = block.front
    found = deletions(text, patterns)
    if not any(map(text.__contains__, "`$[<%")):
        return found
    fronts = [card.front for card in block.cards]
    if [card.front for card in cloze_cards(text, found)] == fronts:  # in imported notes all count
        return found
    opaque = MaskedLines(parse_text(text), text).opaque
    return deletions(text, patterns, lambda at: opaque.end_around(at) >= 0)


def _split_extra(reading: Reading, rows: list[int]) -> tuple[list[int], list[int]]:
    """The lines of a callout that is shown with the answer only, and those before it."""
    lines = reading.page.lines
    at = next((at for at, row in enumerate(rows) if at and _EXTRA.match(lines[row])), None)
    if at is None or not all(ONE_QUOTE.match(lines[row]) for row in rows[at:]):
        return [], rows
    return rows[at + 1 :], rows[:at]


def _cloze_text(
    reading: Reading, rows: list[int], start: int
) -> tuple[str, list[Deletion], tuple[str, ...], int, tuple[Schedule, ...], str]:
    """The text of a cloze block, its deletions found where the text is alive, and the tags behind it."""
    page = reading.page
    pieces: list[str] = []
    found: list[Deletion] = []
    schedules: list[Schedule] = []
    patterns, end_around = reading.settings.cloze_patterns, page.opaque.end_around
    openings = openings_of(patterns)
    length = 0
    for row in rows:
        begin = max(start, page.starts[row])
        raw = page.text[begin : page.end_of(row)]
        schedules += schedules_in(raw)
        line = without_comments(raw).rstrip()
        if any(map(line.__contains__, openings)) and not page.fence[row] and not page.is_table_row(row):
            found += [
                Deletion(one.start + length, one.end + length, one.answer, one.hint, one.number, one.steps)
                for one in deletions(line, patterns, lambda at, b=begin: end_around(b + at) >= 0)  # type: ignore[misc]
            ]
        pieces.append(line)
        length += len(line) + 1
    text = "\n".join(pieces)
    if not found:
        return text, [], (), 0, (), ""
    block_id = ""
    match = BLOCK_ID.search(text) if "^" in text else None
    if match:
        block_id, text = match[1], text[: match.start()].rstrip()
    tags: tuple[str, ...] = ()
    if reading.splits_tags:
        head, line_end, last = text.rpartition("\n")
        last, tags = reading.split_tags(last)
        text = reading.restored(f"{head}{line_end}{last}", is_front=True)
        found = deletions(text, patterns)
    return text, found, tags, min(start + len(text), page.end_of(rows[-1])), tuple(schedules), block_id
