"""Cards of one line: question, separator, answer."""

from __future__ import annotations

import re

from vaultkit.cards.reader.prefilter import is_likely_card, markers
from vaultkit.cards.reader.reading import Reading
from vaultkit.cards.reader.schedule import without_comments
from vaultkit.cards.reader.signs import BLOCK_ID, schedules_in, separators_of, shortest_of

# A field of Dataview. The group is atomic: which "::" counts makes no difference to the rest.
_FIELD = re.compile(r"\[(?>[^\[\]\n]*?[^\[\]\n:]::(?!:))[^\[\]\n]*\]|\([^()\n:]{1,60}::(?!:)[^()\n]*\)")


def read_single_lines(reading: Reading) -> None:
    """Add each line with a separator outside code, formulas, links and fields."""
    page, settings = reading.page, reading.settings
    separators = separators_of(settings.single, settings.single_reversed)
    for row in page.rows_holding(shortest_of(settings.single, settings.single_reversed)):
        if page.used[row] or page.fence[row] or page.is_table_row(row):
            continue
        line = page.lines[row]
        masked = page.masked_line(row)
        if page.has_schedules:
            masked = without_comments(masked, "\0")
        if "[" in masked or "(" in masked:
            masked = _FIELD.sub(lambda match: "\0" * len(match[0]), masked)
        for separator, kind in separators:  # noqa: B007 - the one that breaks counts
            at = masked.find(separator)
            if at >= 0:
                break
        else:
            continue
        own, taken = reading.own_decks(row)
        if own is None and not reading.has_deck and not is_likely_card(line, at, separator):
            continue
        begin = taken + markers(line[taken:at])
        front = line[begin:at]
        rest = line[at + len(separator) :]
        if page.has_schedules:
            rest = without_comments(rest)
        back = rest.strip()
        block_id = ""
        match = BLOCK_ID.search(" " + back) if "^" in back else None
        if match and back != match[1]:
            block_id, back = match[1], back[: -len(match[1])].rstrip()
        base = page.starts[row]
        front_start = base + begin + len(front) - len(front.lstrip())
        back_start = base + at + len(separator) + len(rest) - len(rest.lstrip())
        if not back:
            back_start = base + at + len(separator)
        shown = front.strip()
        sides = (reading.restored(shown, is_front=True), reading.restored(back, is_front=False))
        reading.add(
            kind,
            [row],
            (front_start, front_start + len(shown)),
            (back_start, back_start + len(back)),
            sides,
            schedules=schedules_in(line) if page.has_schedules else (),
            decks=own,
            block_id=block_id,
        )
