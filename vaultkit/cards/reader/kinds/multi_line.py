"""Cards of several lines: the question above a separator on its own line, the answer below it."""

from __future__ import annotations

from vaultkit.cards.model import Kind
from vaultkit.cards.reader.masked_lines import MaskedLines
from vaultkit.cards.reader.prefilter import ATX, markers
from vaultkit.cards.reader.reading import Reading
from vaultkit.cards.reader.signs import CALLOUT, holds_only, unquoted


def read_multi_lines(reading: Reading) -> None:
    """Add each run of lines with a separator between two of them."""
    page, settings = reading.page, reading.settings
    marks = {mark for mark in (settings.multi, settings.multi_reversed) if mark}
    if not any(map(page.text.__contains__, marks)):
        return
    reversed_mark = settings.multi_reversed if settings.multi_reversed in page.text else ""
    rows_with = [row for row in reading.telling if holds_only(page.lines[row], marks)]
    for run in page.runs_with(rows_with):
        is_quoted = page.lines[run[0]].lstrip().startswith(">")
        at, separator = _separator(reading, run, is_quoted, marks, reversed_mark)
        if at <= 0 or page.used[run[0]]:
            continue
        quotes = page.lines[run[at]].count(">") if is_quoted else 0
        rows = _to_end_marker(reading, run) if settings.end_marker else run
        _add(reading, "multi-basic" if separator == settings.multi else "multi-reversed", rows, at, quotes)


def _separator(
    reading: Reading, run: list[int], is_quoted: bool, marks: set[str], reversed_mark: str
) -> tuple[int, str]:
    """The place in the run of the separator that counts, and the separator; -1 when there is none.

    The first one counts, but a later ``reversed_mark`` wins; "" when the note holds none.
    """
    page = reading.page
    first, separator = -1, ""
    for index, row in enumerate(run):
        if page.fence[row]:
            continue
        mark = _bare(page.lines[row], is_quoted)
        if first < 0 and mark in marks:
            first, separator = index, mark
            if mark != reading.settings.multi or index == 0 or not reversed_mark:
                break
        elif first >= 0 and mark == reversed_mark:
            return index, mark
    return first, separator


def _add(reading: Reading, kind: Kind, rows: list[int], at: int, quotes: int) -> None:
    """Add the card whose separator is ``rows[at]``; ``quotes`` marks are taken off each line."""
    page, settings = reading.page, reading.settings
    fronts, backs = rows[:at], rows[at + 1 :]
    own, taken = reading.own_decks(fronts[0])
    if own is not None and not page.lines[fronts[0]][taken:].strip() and len(fronts) > 1:
        fronts, taken = fronts[1:], 0
    if not taken:
        above = 0
        while above + 1 < len(fronts) and _is_frame(page, fronts[above]):
            above += 1
        fronts = fronts[above:]
    front_lines, more = reading.without_schedules(fronts)
    front_lines[0] = front_lines[0][taken:]
    back_lines, schedules = reading.without_schedules(backs)
    if quotes:
        front_lines = [unquoted(line, quotes) for line in front_lines]
        back_lines = [unquoted(line, quotes) for line in back_lines]
    stripped = markers(front_lines[0], items=len(front_lines) == 1)
    front_lines[0] = front_lines[0][stripped:]
    if settings.end_marker:
        while back_lines and not back_lines[-1].strip():
            back_lines.pop()
    front_lines[-1], tags = reading.split_tags(front_lines[-1].rstrip())
    hint = reading.hint(front_lines[-1]) if len(front_lines) > 1 else ""
    if hint:
        fronts, front_lines = fronts[:-1], front_lines[:-1]
    front, front_span, _ = reading.side(fronts, front_lines, is_front=True)
    back, back_span, block_id = reading.side(backs, back_lines, is_front=False)
    reading.add(
        kind, rows, front_span, back_span, (front, back),
        schedules=more + schedules, decks=own, block_id=block_id, tags=tags, hint=hint,
    )  # fmt: skip


def _to_end_marker(reading: Reading, run: list[int]) -> list[int]:
    """The lines of a card up to the end marker, blank ones among them."""
    page = reading.page
    rows = list(run)
    row = rows[-1] + 1
    while row < len(page.lines) and not (page.used[row] and not page.skip[row]):
        if row in page.ends:
            page.used[row] = True
            break
        if not page.skip[row]:
            rows.append(row)
        row += 1
    else:
        while rows and page.is_blank(rows[-1]):
            rows.pop()
    return rows


def _is_frame(page: MaskedLines, row: int) -> bool:
    """Whether the line is a heading or the head of a callout, which frames a card and is no part of its question."""
    line = page.lines[row]
    return ("#" in line and ATX.match(line) is not None) or ("[!" in line and CALLOUT.match(line) is not None)


def _bare(line: str, is_quoted: bool) -> str:
    """A line as a separator would stand there: no space around it, in a quote no quote marks."""
    return line.strip().lstrip(">").lstrip(" \t>").strip() if is_quoted else line.strip()
