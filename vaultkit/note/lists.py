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
# A marker with one to four spaces behind it and text, no tabs before it.
_USUAL_LINE = re.compile(r"( *+)(?:([-*+])|\d++([.)])) {1,4}([^ \n][^\n]*+)", re.ASCII)
_SPACES = re.compile(r" +")
# The indent of each line but the first; "" for one without or with nothing behind it.
_LINE_INDENTS = re.compile(r"\n(?:([ \t]*+)(?=[^\s\ufeff]))?")
_BULLET = re.compile(r"([ \t]*)([-*+]|\d+[.)])( {1,4}(?! )| |\t|(?=\n)|\Z)", re.ASCII)
# Matched against one line: what ends a list although no blank line is before it.
_INTERRUPT = re.compile(
    r"[ \t]*(?:#{1,6}(?=[ \t]|\Z)|`{3,}[^`]*\Z|~{3,}|([-*_])(?: *\1){2,} *\Z)| {0,3}%%(?!.*%%)", re.DOTALL
)

_OWNED: dict[tuple[int, int], re.Pattern[str]] = {}


class Item:
    """The lines of one item.

    start, end: from the indent of its marker to the end of its last line.
    content:    offset of the text behind the marker and its space.
    indent:     columns up to ``content``; lines indented as far belong to the item.
    has_lines:  it has more than one line.
    is_spaced:  a blank line is between it and the next item.
    """

    __slots__ = ("content", "end", "has_lines", "indent", "is_spaced", "start")

    def __init__(self, start: int, end: int, content: int, indent: int) -> None:
        self.start = start
        self.end = end
        self.content = content
        self.indent = indent
        self.has_lines = False
        self.is_spaced = False


def list_items(text: str, start: int, end: int, skip: int = 0) -> list[Item]:
    """Return the items of the list that begins at ``start``; the last one ends where the list ends.

    skip: characters of indent that every line but the first has lost to the item around the list.
    """
    items: list[Item] = []
    item: Item | None = None
    marker = ""
    position = start
    is_empty = has_pending = False
    find, usual_line = text.find, _USUAL_LINE.match
    while position < end:
        usual = usual_line(text, position, end)
        if usual is not None:
            at, line_end = usual.span(4)
            size = usual.end(1) - position
            is_indented = item is not None and size >= item.indent
            current = "" if is_indented else usual[2] or usual[3]
            size = at - position
        else:
            line_end = find("\n", position, end)
            if line_end < 0:
                line_end = end
            at, size = _indent(text, position, line_end)
            is_indented = item is not None and size >= item.indent
            current = ""
            if not is_indented:
                current, at, size = _marker(text, at, line_end, size)
                if not current and item is not None:
                    is_indented = size >= item.indent or size > TAB
        if current:
            if (marker and current != marker) or (current in "*-" and THEMATIC_BREAK.match(text, position, line_end)):
                break
            if item is not None and has_pending:
                item.is_spaced = True
            marker = current
            item = Item(position, line_end, at, size)
            items.append(item)
            is_empty = has_pending = False
            if usual is not None:
                item = _add_alike(text, end, skip, items, text[position:at])
            position = item.end + 1 + skip
            continue
        was_empty = is_empty
        is_empty = position == line_end or is_blank(text, position, line_end)
        if is_empty and not is_indented:
            has_pending = True
        elif item is None or (not is_indented and (was_empty or _INTERRUPT.match(text, position, line_end))):
            break
        else:
            item.end = line_end
            item.has_lines = True
            has_pending = False
        position = line_end + 1 + skip
    return items


def _add_alike(text: str, end: int, skip: int, items: list[Item], prefix: str) -> Item:
    """Append the items below the last one that begin with the same text, and return the last.

    The lines that are indented as far as an item's content are a part of it.
    """
    item, width = items[-1], len(prefix)
    no_content = " \t\n" + prefix.strip()[0]
    find, is_shallow = text.find, width <= 16 and skip <= 64
    while (position := item.end + 1) < end:
        if text.startswith(prefix, position + skip):
            content = position + skip + width
            if text[content : content + 1] in no_content:
                break
            line_end = find("\n", content, end)
            item = Item(position + skip, line_end if line_end >= 0 else end, content, width)
            items.append(item)
        elif not item.has_lines and is_shallow and text[position] in " \t":
            owned = _owned_lines(width, skip).match(text, item.end, end)
            if owned is None:
                break
            item.end = owned.end()
            item.has_lines = True
        else:
            break
    return item


def _owned_lines(indent: int, skip: int) -> re.Pattern[str]:
    """Return the pattern of the lines behind a line end that are indented as far as an item's content."""
    pattern = _OWNED.get((indent, skip))
    if pattern is None:
        deep = rf"(?: {{{indent}}}|\t)" if indent <= TAB else rf" {{{indent}}}"
        pattern = re.compile(rf"(?:\n[ \t]{{{skip}}}{deep}[ \t]*+[^\s\ufeff][^\n]*+)++")
        _OWNED[indent, skip] = pattern
    return pattern


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


def even_indent(text: str, item: Item, skip: int) -> int:
    """Return how many characters of indent all lines of an item but the first lose; 0 when they differ or one is blank."""
    indents = _LINE_INDENTS.findall(text, item.content, item.end)
    if "\t" not in "".join(indents):
        return max(0, min(_bullet_width(text, item), len(min(indents, key=len)) - skip))
    # A tab at the start of the line, which is all that a marker of at most four columns takes away.
    are_tabs = all(indent.startswith("\t", skip) for indent in indents)
    return 1 if are_tabs and 0 < _bullet_width(text, item) <= TAB else 0


def item_lines(text: str, item: Item, skip: int = 0) -> list[tuple[int, int]] | None:
    """Return the lines of an item's content without their indent.

    None when none of them loses anything, so that the content is one stretch of ``text``.
    """
    newline = text.find("\n", item.content, item.end)
    lines: list[tuple[int, int]] = [(item.content, newline)]
    while newline >= 0:
        start = newline + 1 + skip
        newline = text.find("\n", start, item.end)
        lines.append((start, newline if newline >= 0 else item.end))
    shared = _shared_indent(text, lines, _bullet_width(text, item))
    if not shared:
        return lines if skip else None
    stripped = [lines[0], *[(start + _removed(text, start, end, shared), end) for start, end in lines[1:]]]
    return stripped if skip or stripped != lines else None


def _bullet_width(text: str, item: Item) -> int:
    """Return the columns that the item's lines may lose: one more for ``1.`` to ``9.`` with one space."""
    written = text[item.start : item.content]
    marker = written.strip(" \t")
    is_wider = marker[-1] == "." and len(marker[:-1].lstrip("0")) < 2 and len(written) % 2 == 1
    if "\t" not in written:
        return len(written) + is_wider
    bullet = _BULLET.match(text, item.start, item.end)
    return _columns(bullet[1] + " " * (len(marker) + is_wider) + bullet[3])[0] if bullet else 0


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
