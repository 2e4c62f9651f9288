"""Headings that are cards: those with ``#card``, and those with a deck tag above a section without cards."""

from __future__ import annotations

import re
from bisect import bisect_left, insort

from vaultkit.cards.model import Kind
from vaultkit.cards.notes.protect import restored_line
from vaultkit.cards.reader.decks import is_deck_tag
from vaultkit.cards.reader.reading import Reading

_CARD_TAG = re.compile(r"(?:^|[ \t])#(card(?:/reverse|-reverse|/spaced|-spaced)?)[ \t]*$")
_LAST_TAG = re.compile(r"(?:^|[ \t])(#[^\s#]+)[ \t]*$")
_ONLY_ID = re.compile(r"\^[a-zA-Z0-9-]+")


def read_headings(reading: Reading) -> None:
    """Add headings with ``#card``, each with all of its section."""
    if not reading.headings or "#card" not in reading.page.text:
        return
    next_free = 0
    for at, (row, _, title) in enumerate(reading.headings):
        match = _CARD_TAG.search(title) if row >= next_free and "#" in title else None
        if match is None:
            continue
        kind: Kind = "heading"
        if "reverse" in match[1]:
            kind = "heading-reversed"
        elif "spaced" in match[1]:
            kind = "heading-prompt"
        next_free = reading.section_end(at)
        _add_heading(reading, kind, row, title[: match.start()].strip(), next_free)


def read_deck_headings(reading: Reading) -> None:
    """Add headings with a flashcard tag whose section holds no card; inner headings come first."""
    page = reading.page
    tagged = [
        (at, row, title[: match.start()].strip(), match[1])
        for at, (row, _, title) in enumerate(reading.headings)
        if "#" in title
        and (match := _LAST_TAG.search(title)) is not None
        and is_deck_tag(match[1], reading.settings, "vaultkit")
    ]
    if not tagged:
        return
    rows = sorted(block.line - 1 for block in reading.blocks)
    for at, row, front, tag in reversed(tagged):
        stop = reading.section_end(at)
        reach = max(stop, reading.decks.next_row(row, len(page.lines)))
        if not front or bisect_left(rows, row) < bisect_left(rows, reach) or page.used[row]:
            continue
        if all(page.is_blank(index) or page.skip[index] for index in range(row + 1, stop)):
            continue
        _add_heading(reading, "heading", row, front, stop, (tag[1:].rstrip("/"),))
        insort(rows, row)


def _add_heading(
    reading: Reading, kind: Kind, row: int, title: str, stop: int, decks: tuple[str, ...] | None = None
) -> None:
    page = reading.page
    front, tags = reading.split_tags(title)
    before, _, last = front.rpartition("<br>")
    hint = reading.hint(last) if before or front.startswith("<br>") else ""
    front = before if hint else front
    rows = list(range(row + 1, stop))
    while rows and not page.lines[rows[-1]].strip():
        rows.pop()
    body = [index for index in rows if not page.skip[index]]
    lines, schedules = reading.without_schedules(body)
    block_id = ""
    final = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), -1)
    if final >= 0 and _ONLY_ID.fullmatch(lines[final].strip()):  # flashcards-obsidian writes its ids so
        block_id, lines, body = lines[final].strip(), lines[:final], body[:final]
    back, span, own_id = reading.side(body, lines, is_front=False)
    block_id = block_id or own_id
    start = page.starts[row] + page.lines[row].index(front) if front else page.starts[row]
    for index in range(row, stop):
        page.used[index] = True
    shown = restored_line(front, is_imported=reading.splits_tags, settings=reading.settings).strip()
    reading.add(
        kind, [row], (start, start + len(front)), span, (shown, back),
        schedules=schedules, decks=decks, block_id=block_id, last=rows[-1] if rows else row, tags=tags, hint=hint,
    )  # fmt: skip
