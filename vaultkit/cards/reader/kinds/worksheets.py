"""Worksheets: items and one-line paragraphs that end in a stand-in for the answer."""

from __future__ import annotations

from bisect import bisect_right

from vaultkit.cards.checks.phrases import placeholder_at_end, placeholder_places, whole_placeholder
from vaultkit.cards.reader.prefilter import ITEM, markers
from vaultkit.cards.reader.reading import Reading
from vaultkit.cards.reader.signs import unquoted


def read_worksheets(reading: Reading) -> None:
    """Add each prompt with a stand-in behind it, or in the item below it."""
    page = reading.page
    rows_with = [bisect_right(page.starts, at) - 1 for at in placeholder_places(page.text)]
    if not rows_with:
        return
    wanted = set(rows_with)
    for run in page.runs_with(rows_with):
        for index, row in enumerate(run):
            if row not in wanted or page.fence[row] or page.used[row]:
                continue
            line = page.lines[row]
            if not line.rstrip().endswith(("]", ")", "}", ">", ".", "…")):
                continue
            item = ITEM.match(unquoted(line, line.count(">")) if line.lstrip().startswith(">") else line)
            if item is None and len(run) > 1:
                continue
            found = placeholder_at_end(line, only_answers=not reading.has_deck)
            if found is None or page.opaque.end_around(page.starts[row] + found[0]) >= 0:
                continue
            at, placeholder, hint = found
            begin = markers(line[:at])
            front = line[begin:at].strip()
            rows = [row]
            if not front:
                if index == 0 or page.used[run[index - 1]] or ITEM.match(page.lines[run[index - 1]]) is None:
                    continue
                rows = [run[index - 1], row]
                prompt = page.lines[rows[0]]
                begin = markers(prompt)
                front = prompt[begin:].strip()
                if not front or whole_placeholder(front) == "yes":
                    continue
            start = page.starts[rows[0]] + begin
            start += len(page.lines[rows[0]][begin:]) - len(page.lines[rows[0]][begin:].lstrip())
            back = page.starts[row] + at
            reading.add(
                "worksheet", rows, (start, start + len(front)), (back, back + len(placeholder)),
                (reading.restored(front, is_front=True), ""),
                placeholder=placeholder, hint=hint,
            )  # fmt: skip
