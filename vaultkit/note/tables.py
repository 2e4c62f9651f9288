"""Lines and cells of a table: rows need a pipe, cells are cut at every pipe without a backslash."""

from __future__ import annotations

import re

from vaultkit.note.whitespace import JS_SPACE_IN_LINE

_DELIMITER_ROW = re.compile(rf"[|:\-{JS_SPACE_IN_LINE}]+(?=\n|\Z)")
_CELL_PIECE = re.compile(r"\\.|[^|\\]+|(\|)|\\", re.DOTALL)


def table_rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the lines of the table at ``start``, the row of dashes the second; [] when there is none."""
    newline = text.find("\n", start, end)
    if newline < 0 or text.find("|", start + 1, newline) < 0:
        return []
    delimiter = _DELIMITER_ROW.match(text, newline + 1, end)
    if delimiter is None or text.find("|", newline + 2, delimiter.end()) < 0:
        return []
    if not _has_columns(text, newline + 1, delimiter.end()):
        return []
    rows = [(start, newline), delimiter.span()]
    stop = delimiter.end()
    while stop < end:
        line_end = text.find("\n", stop + 1, end)
        if line_end < 0:
            line_end = end
        if text.find("|", stop + 2, line_end) < 0:  # a pipe at the very start is not enough
            break
        rows.append((stop + 1, line_end))
        stop = line_end
    return rows


def _has_columns(text: str, start: int, end: int) -> bool:
    """Return whether a row of dashes, colons and pipes has a column and no two pipes with nothing between them."""
    has_column = is_open = seen_pipe = False
    for character in text[start:end]:
        if character == "|":
            if not is_open and seen_pipe:
                return False
            is_open = False
            seen_pipe = True
        elif character in "-:":
            is_open = has_column = True
    return has_column


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of what is in the cells of a row, without the space around; empty cells are left out."""
    if text.find("\\", start, end) < 0:
        pipes = []
        at = text.find("|", start, end)
        while at >= 0:
            pipes.append(at)
            at = text.find("|", at + 1, end)
    else:
        pipes = [found.start() for found in _CELL_PIECE.finditer(text, start, end) if found[1]]
    found_cells = []
    for cell_start, cell_end in zip([start, *(at + 1 for at in pipes)], [*pipes, end]):
        cell = text[cell_start:cell_end]
        content = cell.strip(" \t")
        if content:
            cell_start += len(cell) - len(cell.lstrip(" \t"))
            found_cells.append((cell_start, cell_start + len(content)))
    return found_cells
