"""Cards in callouts, and schedules in the callout that the spaced-repetition plugin writes."""

from __future__ import annotations

import re

from vaultkit.base.record import changed
from vaultkit.cards.model import Kind
from vaultkit.cards.reader.reading import Reading
from vaultkit.cards.reader.signs import CALLOUT, ONE_QUOTE, schedules_in

_TWO_WAYS = re.compile(r"-(?:bi|reversed?)$")


def read_callouts(reading: Reading) -> None:
    """Add callouts of the types that are cards: the title asks, the body answers."""
    page = reading.page
    if "!" not in page.text:
        return
    for row in page.rows_holding(("[!",)):
        if page.used[row] or page.fence[row]:
            continue
        line = page.lines[row]
        match = CALLOUT.match(line)
        if match is None or (match[2] or "").strip("| ").lower() == "card-metadata":
            continue
        name = match[1].strip().lower()
        base = _TWO_WAYS.sub("", name)
        if base not in reading.settings.callouts:
            continue
        rows = [row]
        while rows[-1] + 1 < len(page.lines) and ONE_QUOTE.match(page.lines[rows[-1] + 1]):
            if page.only_schedule[rows[-1] + 1]:
                break
            rows.append(rows[-1] + 1)
        title = match[3].strip()
        front = title.removeprefix(":").strip() if title.startswith(":") else title
        lines, schedules = reading.without_schedules(rows[1:])
        body = [ONE_QUOTE.sub("", text, count=1) for text in lines]
        back, span, block_id = reading.side(rows[1:], body, is_front=False)
        start = page.starts[row] + (line.rindex(front) if front else len(line))
        kind: Kind = "callout" if base == name else "callout-reversed"
        reading.add(
            kind, rows, (start, start + len(front)), span, (front, back), schedules=schedules, block_id=block_id
        )


def join_metadata_callouts(reading: Reading) -> None:
    """Schedules in ``> [!sr|card-metadata]``, given to the card that ends on the line above or just before it."""
    page = reading.page
    if "|" not in page.text or "card-metadata" not in page.text:
        return
    ending: dict[int, list[int]] = {}
    for index, block in enumerate(reading.blocks):
        ending.setdefault(block.end_line, []).append(index)
    last = -1
    for row in page.rows_holding(("card-metadata",)):
        if row <= last or page.used[row] or page.fence[row] or CALLOUT.match(page.lines[row]) is None:
            continue
        last = row
        while last + 1 < len(page.lines) and ONE_QUOTE.match(page.lines[last + 1]):
            last += 1
        entries = schedules_in("\n".join(page.lines[row : last + 1]))
        above = row - 1
        while above >= 0 and page.is_blank(above):
            above -= 1
        for index in ending.pop(above + 1, []) if entries else []:
            block = reading.blocks[index]
            reading.blocks[index] = changed(
                block, schedules=block.schedules + entries, end_line=last + 1, end=page.end_of(last)
            )
            ending.setdefault(last + 1, []).append(index)
