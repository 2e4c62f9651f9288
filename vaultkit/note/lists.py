"""Which lines a list owns, and what is left of an item's lines without its indent.

A list ends only at an unindented line that follows a blank one, or at a heading, fence, thematic
break or comment; its items lose the indent that all their lines share, at most the width of the
marker. Source: Obsidian's cache of 2,824 notes, which is that of remark-parse 8.
"""

from __future__ import annotations

import re

from vaultkit.note.whitespace import is_blank

TAB = 4
THEMATIC_BREAK = re.compile(r"[ \t]*([-*_])(?: *\1){2,} *(?=\n|\Z)")
_INDENT = re.compile(r"[ \t]*")
_MARKER = re.compile(r"([-*+])|(\d+)([.)])", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_SPACES = re.compile(r" +")
_BULLET = re.compile(r"([ \t]*)([-*+]|\d+[.)])( {1,4}(?! )| |\t|(?=\n)|\Z)", re.ASCII)
# Matched against one line: what ends a list although no blank line is before it.
_INTERRUPT = re.compile(
    r"[ \t]*(?:#{1,6}(?=[ \t]|\Z)|`{3,}[^`]*\Z|~{3,}|([-*_])(?: *\1){2,} *\Z)| {0,3}%%(?!.*%%)", re.DOTALL
)


class Item:
    """The lines of one item.

    start, end: from the indent of its marker to the end of its last line.
    indent:     columns of the marker and the space behind it; lines indented as far belong to the item.
    is_spaced:  a blank line is between it and the next item.
    """

    __slots__ = ("end", "indent", "is_spaced", "start")

    def __init__(self, start: int, end: int, indent: int) -> None:
        self.start = start
        self.end = end
        self.indent = indent
        self.is_spaced = False


def list_items(text: str, start: int, end: int) -> list[Item]:
    """Return the items of the list that begins at ``start``; the last one ends where the list ends."""
    items: list[Item] = []
    item: Item | None = None
    marker = ""
    position = start
    is_empty = has_pending = False
    while position < end:
        line_end = text.find("\n", position, end)
        if line_end < 0:
            line_end = end
        at, size = _indent(text, position, line_end)
        is_indented = item is not None and size >= item.indent
        current = ""
        if not is_indented:
            current, at, size = _marker(text, at, line_end, size)
            if current and marker and current != marker:
                break
            if not current and item is not None:
                is_indented = size >= item.indent or size > TAB
            if current in "*-" and current and THEMATIC_BREAK.match(text, position, line_end):
                break
        was_empty, is_empty = is_empty, not current and is_blank(text, position, line_end)
        if is_indented and item is not None:
            item.end = line_end
            has_pending = False
        elif current:
            if has_pending and item is not None:
                item.is_spaced = True
            marker = current
            item = Item(position, line_end, size)
            items.append(item)
            has_pending = False
        elif is_empty:
            has_pending = True
        elif item is None or was_empty or _INTERRUPT.match(text, position, line_end):
            break
        else:
            item.end = line_end
            has_pending = False
        position = line_end + 1
    return items


def _indent(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the indent of a line ends and how many columns it has."""
    found = _INDENT.match(text, start, end)
    at = found.end() if found else start
    if "\t" not in text[start:at]:
        return at, at - start
    size = 0
    for character in text[start:at]:
        size += TAB - size % TAB if character == "\t" else 1
    return at, size


def _marker(text: str, at: int, end: int, size: int) -> tuple[str, int, int]:
    """Return the kind of marker at ``at`` ("" for none), the offset behind its space, and the columns so far.

    The columns of what only resembles a marker count as indent, as in ``1.2 x``.
    """
    found = _MARKER.match(text, at, end)
    if found is None:
        return "", at, size
    size += found.end() - at
    at = found.end()
    if at == end:
        return found[1] or found[3], at, size
    following = text[at]
    if following == "\t":
        return found[1] or found[3], at + 1, size + TAB - size % TAB
    spaces = _SPACES.match(text, at, end)
    if spaces is None:
        return "", at, size
    width = spaces.end() - at
    if width > TAB:
        width = 1
    return found[1] or found[3], at + width, size + width


def item_lines(text: str, item: Item) -> tuple[int, list[tuple[int, int]] | None]:
    """Return where the content of an item begins, and its lines without their indent.

    The lines are None when none of them loses anything, so that the content is one stretch of ``text``.
    """
    bullet = _BULLET.match(text, item.start, item.end)
    assert bullet is not None  # list_items has seen the marker
    content = bullet.end()
    newline = text.find("\n", content, item.end)
    if newline < 0:
        return content, None
    lines: list[tuple[int, int]] = [(content, newline)]
    while newline >= 0:
        start = newline + 1
        newline = text.find("\n", start, item.end)
        lines.append((start, newline if newline >= 0 else item.end))
    shared = _shared_indent(text, lines, _bullet_width(bullet))
    if not shared:
        return content, None
    stripped = [lines[0], *((start + _removed(text, start, end, shared), end) for start, end in lines[1:])]
    return content, stripped if stripped != lines else None


def _bullet_width(bullet: re.Match[str]) -> int:
    """Return the columns that the item's lines may lose: one more for ``1.`` to ``9.`` with one space."""
    marker = bullet[2]
    width = len(marker)
    if marker.endswith(".") and len(marker[:-1].lstrip("0")) < 2 and len(bullet[0]) % 2 == 1:
        width += 1
    return _columns(bullet[1] + " " * width + bullet[3])[0]


def _shared_indent(text: str, lines: list[tuple[int, int]], width: int) -> int:
    """Return the columns that all lines but the first and blank ones have in common, at most ``width``; 0 for none."""
    shared = width
    for start, end in lines[1:]:
        if text[start : start + 1] not in (" ", "\t"):
            if not is_blank(text, start, end):
                return 0
            continue
        found = _INDENT.match(text, start, end)
        at = found.end() if found else start
        if at == end or is_blank(text, at, end):
            continue
        indent = text[start:at]
        columns = len(indent) if "\t" not in indent else _columns(indent)[0]
        shared = min(shared, columns)
    return shared


def _removed(text: str, start: int, end: int, columns: int) -> int:
    """Return how many characters of the line's indent make up at most ``columns`` columns."""
    found = _INDENT.match(text, start, end)
    indent = found[0] if found else ""
    if "\t" not in indent:
        return min(columns, len(indent))
    stops = _columns(indent)[1]
    while columns and columns not in stops:
        columns -= 1
    return stops[columns] + 1 if columns else 0


def _columns(indent: str) -> tuple[int, dict[int, int]]:
    """Return the columns of an indent and, for each column, the character that reaches it."""
    size = 0
    stops: dict[int, int] = {}
    for index, character in enumerate(indent):
        before = size
        size = (size + TAB) // TAB * TAB if character == "\t" else size + 1
        for column in range(before + 1, size + 1):
            stops[column] = index
    return size, stops
