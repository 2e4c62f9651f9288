"""Block structure as Obsidian's parser has it, which is not CommonMark's.

Obsidian's cache is that of remark-parse 8 (CommonMark mode, tables), remark-math 3 and footnotes, with
blocks of its own: ``%%`` comments, callouts, block ids. Source: 2,824 recorded notes; the
differences from CommonMark are listed in the conformance cases.

Containers are parsed from the outside in: a quote, list item or footnote becomes a `TextView` of its
content, or the stretch of text that it is when no line loses a prefix.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from vaultkit.note import html
from vaultkit.note.definitions import LABEL, definition_rest
from vaultkit.note.leaf_blocks import COMMENT_PATTERN, LeafReader
from vaultkit.note.lists import THEMATIC_BREAK, Item, even_indent, item_lines, list_items
from vaultkit.note.model import Callout, Footnote
from vaultkit.note.tables import table_rows
from vaultkit.note.view import TextView
from vaultkit.note.whitespace import JS_SPACE_IN_LINE, is_blank

# Containers in containers beyond this depth are read as text; real notes have about ten.
MAX_DEPTH = 60
# A footnote looks only this far ahead for a block that ends it.
FOOTNOTE_LOOKAHEAD = 1024

_FENCE = r"(?:`{3,}[^`\n]*(?=\n|\Z)|~{3,})"
_LIST = r"(?:[-*+]|1[.)])(?=[ \t\n]|\Z)"
_ATX = r"\#{1,6}(?=[ \t\n]|\Z)"
_MATH = r"\${2,}\ *[^$\n]*\n"
_THEMATIC = r"([-*_])(?:\ *\1){2,}\ *(?=\n|\Z)"
_SETEXT_PAIR = r"[^\n]*\n(?:=+|-+)(?=\n|\Z)"
_HTML = html.BLOCK_START_PATTERN

_BLANKS = re.compile(r"(?:[ \t]*+\n)*+(?:[ \t]++\Z)?")
_PARAGRAPH_END = re.compile(
    rf"\n(?=[\s\ufeff%*_+1\#`~$><-])(?:(?=\ *\n)|(?=\ {{0,3}}(?:{COMMENT_PATTERN}|{_THEMATIC}|{_LIST}|{_ATX}|{_FENCE}|{_MATH}|>|{_HTML}"
    rf"|(?![ \t\n])[{JS_SPACE_IN_LINE}]++\n)))",
    re.VERBOSE,
)
_QUOTE_MARK = re.compile(r"[ \t]*> ?")
_QUOTE_END = re.compile(
    rf"[ ]{{4}}|\t|[ ]{{0,3}}{COMMENT_PATTERN}|[ ]*{_MATH}|[ ]{{0,3}}{_SETEXT_PAIR}"
    rf"|[ \t]*(?:{_FENCE}|{_ATX}|{_THEMATIC}|{_LIST}|{_HTML})",
    re.VERBOSE,
)
_FOOTNOTE_END = re.compile(
    rf"{_FENCE}|{_MATH}|>|{_ATX}|{_THEMATIC}|{_LIST}|{_SETEXT_PAIR}|{_HTML}|\[\^[^\]\ \t\n]+\]:", re.VERBOSE
)
_ORDERED = re.compile(r"\d+[.)](?=[ \t\n]|\Z)", re.ASCII)
_CALLOUT = re.compile(r"[ \t]*>[ \t]{0,4}\[!([^\]\n]+)\]([+-]?)")
_TASK = re.compile(r"\[(.)\](?:[ \t]+|(?=\n|\Z))")
_TASK_MARK = re.compile(r"\[[ xX\t]\][ \t]")
_FOOTNOTE_LABEL = re.compile(r"[ \t]*\[\^([^\] \t\n]+)\]:")

_STRONG = re.compile(r"\*\*[^*\s]")
# The first line of a list that begins below a line of text.
_NESTED = re.compile(r" {0,3}(?:[-*+]|1[.)]) {1,4}[^ \n]")
# How the line of marks below a heading begins.
_SETEXT_STARTS = frozenset(("=", "-", "==", "--", "=\n", "-\n"))

_A_LIST = -2  # what a reader returns for a list, which needs to know the item it is in


class BlockReader(LeafReader):
    """Reads the blocks of one note into `Found`."""

    __slots__ = ()

    def read(self, view: TextView, position: int, end: int, depth: int, item: int = -1) -> None:
        """Read the blocks of ``view.text[position:end]``; item: index of the list item they are in, -1 for none."""
        text, inline, found = view.text, self.inline, self.found
        find, reader_of = text.find, _READERS.get
        is_top = depth == 0
        last_end = -1
        count = 0  # of blocks; below zero once a list is among them
        while position < end:
            character = text[position]
            if character == "\n":
                position += 1
                continue
            first = position
            if character == " " or character == "\t":
                blanks = _BLANKS.match(text, position, end)
                if blanks is not None and blanks.end() > position:
                    position = blanks.end()
                    continue
                if character == "\t" or text.startswith("    ", position, end):
                    position = last_end = self._indented_code(view, position, end, depth)
                    count += 1
                    continue
                while text[first] == " " or text[first] == "\t":
                    first += 1
                character = text[first]
            read = reader_of(character)
            if read is None:
                newline = find("\n", first, end)
                if newline < 0 or newline + 1 == end or text[newline + 1] == "\n":
                    # The usual block, which no rule but the paragraph's can fit.
                    last_end = newline if newline >= 0 else end
                    if is_top:
                        found.block_starts.append(position)
                        found.sections.append((position, last_end, "paragraph", None))
                        if last_end > inline.next_mark or last_end > inline.next_url:
                            inline.read_block(view, position, last_end)
                    else:
                        self._take_paragraph(view, position, last_end, depth)
                    position = last_end + 2
                    count += 1
                    continue
                behind = self._text_block(view, position, first, end, depth)
            else:
                behind = read(self, view, position, first, end, depth)
                if behind == _A_LIST:
                    count = -len(text)
                    behind = self._list(view, position, end, depth, item, last_end)
                elif behind < 0:
                    behind = self._text_block(view, position, first, end, depth)
            position = last_end = behind
            count += 1
        if item >= 0 and count > 1:
            self._end_item(item, view.source(last_end))

    def _end_item(self, item: int, end: int) -> None:
        """Set where an item of several blocks ends: with the last of them (seen in Obsidian's cache)."""
        row = self.found.list_items[item]
        self.found.list_items[item] = (row[0], end, row[2], row[3], row[4])

    def _text_block(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
        """Read what begins with no mark of its own, or with ``<`` or ``[``."""
        text = view.text
        newline = text.find("\n", start, end)
        behind = -1
        if newline >= 0 and text[newline + 1 : newline + 3] in _SETEXT_STARTS:
            behind = self._setext_heading(view, start, newline, end, depth)
        if behind < 0 and text[first] == "<":
            behind = self._html(view, start, first, end, depth)
        elif behind < 0 and text[first] == "[":
            is_footnote = text.startswith("^", first + 1, end)
            behind = (self._footnote if is_footnote else self._definition)(view, start, first, end, depth)
        if behind < 0 and newline >= 0 and text.find("|", start + 1, newline) >= 0:
            behind = self._table(view, start, end, depth)
        if behind >= 0:
            return behind
        found = _PARAGRAPH_END.search(text, newline, end) if newline >= 0 else None
        stop = found.start() if found else end
        while stop > start + 1 and text[stop - 1] == "\n":
            stop -= 1
        self._take_paragraph(view, start, stop, depth)
        return stop

    def _take_paragraph(self, view: TextView, start: int, end: int, depth: int) -> None:
        found, inline = self.found, self.inline
        if view.origins is None:
            found.block_starts.append(start)
            if depth == 0:
                found.sections.append((start, end, "paragraph", None))
            if end > inline.next_mark or end > inline.next_url:
                inline.read_block(view, start, end)
        else:
            found.block_starts.append(view.source(start))
            inline.read_block(view, start, end)

    def _rule_or_list(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        rule = THEMATIC_BREAK.match(text, start, end) if text[first] != "+" else None
        if rule is not None:
            self._section(view, start, rule.end(), "thematicBreak", depth)
            return rule.end()
        is_list = text[first] != "_" and (first + 1 == end or text[first + 1] in " \t\n")
        return _A_LIST if is_list else -1

    def _ordered_list(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
        return _A_LIST if _ORDERED.match(view.text, first, end) else -1

    def _list(self, view: TextView, start: int, end: int, depth: int, parent: int, before: int) -> int:
        """Read a list; parent: index of the item it is in; before: end of the block before it there."""
        items = list_items(view.text, start, end)
        self._items(view, items, start, depth, parent, before, 0)
        return items[-1].end

    def _items(
        self, view: TextView, items: list[Item], start: int, depth: int, parent: int, before: int, skip: int
    ) -> None:
        """Read the items of a list whose lines but the first begin ``skip`` characters in."""
        text, inline, rows, starts = view.text, self.inline, self.found.list_items, self.found.block_starts
        is_note, source = view.origins is None, view.source
        first, _ = self._section(view, start, items[-1].end, "list", depth)
        parent_line = self._parent_line(first, parent, source(before) if before >= 0 else -1)
        if parent >= 0 and before < 0 and items[0].content == items[0].end:
            parent_line = -max(bisect_right(self.line_starts, first) - 1, 1)  # "- -" (seen in Obsidian's cache)
        for item in items:
            index, stop = len(rows), item.end
            content, content_end = item.content, stop + item.is_spaced  # with the line end before the blank line
            item_start, item_end = item.start, content_end
            if not is_note:
                item_start, item_end = source(item_start), source(item_end)
            starts.append(item_start)
            task = None
            character = text[content] if content < stop else "\n"
            if character == "[":
                if mark := _TASK.match(text, content, stop):
                    task = mark[1]
                if _TASK_MARK.match(text, content, stop):
                    content += 4
            rows.append((item_start, item_end, parent_line, task, None))
            if character not in _MAYBE_PLAIN or _is_plain(text, content, stop):
                if not item.has_lines:
                    if not is_note or stop > inline.next_mark or stop > inline.next_url:
                        self._take_paragraph(view, content, stop, depth + 1)
                    else:
                        starts.append(content)
                    continue
                if depth < MAX_DEPTH and self._nested(view, item, content, depth, index, skip):
                    continue
            lines = item_lines(text, item, skip) if item.has_lines else None
            if lines is not None:
                lines[0] = (content, lines[0][1])
                if item.is_spaced:
                    lines.append((content_end, content_end))
                inside = view.of_lines(lines)
                self._container(inside, 0, len(inside.text), depth, index)
            else:
                self._container(view, content, content_end, depth, index)

    def _nested(self, view: TextView, item: Item, content: int, depth: int, index: int, skip: int) -> bool:
        """Read an item of one line with a list below it, the usual one, without a view; False when it is another."""
        text = view.text
        newline = text.find("\n", content, item.end)
        if text.find("|", content, newline) >= 0:
            return False
        skip += even_indent(text, item, skip) or len(text)
        start = newline + 1 + skip
        if not _NESTED.match(text, start, item.end):
            return False
        items = list_items(text, start, item.end, skip)
        if not items or items[-1].end != item.end:
            return False
        self._take_paragraph(view, content, newline, depth + 1)
        self._items(view, items, start, depth + 1, index, newline, skip)
        return True

    def _parent_line(self, first: int, parent: int, before: int) -> int:
        """Return what the rows of a list that begins at ``first`` say of their parent."""
        line_starts, rows = self.line_starts, self.found.list_items
        if parent < 0:
            return -max(bisect_right(line_starts, first) - 1, 1)
        row = rows[parent]
        if before >= 0 and first < row[1]:
            # An item with text before the list that is in it ends with that text (seen in Obsidian's cache).
            self._end_item(parent, before)
        return bisect_right(line_starts, row[0]) - 1

    def _container(self, view: TextView, start: int, end: int, depth: int, item: int = -1) -> None:
        """Read what is in a container; too deep inside others it is text."""
        if start >= end:
            return
        if depth < MAX_DEPTH:
            self.read(view, start, end, depth + 1, item)
        else:
            self.inline.read_block(view, start, end)

    def _quote(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        lines: list[tuple[int, int]] = []
        position = start
        while position < end:
            line_end = text.find("\n", position, end)
            if line_end < 0:
                line_end = end
            mark = _QUOTE_MARK.match(text, position, line_end)
            if mark is not None:
                lines.append((mark.end(), line_end))
            elif is_blank(text, position, line_end) or _QUOTE_END.match(text, position, end):
                break
            else:
                lines.append((position, line_end))
            position = line_end + 1
        stop = lines[-1][1]
        callout = _CALLOUT.match(text, start, end)
        if callout is not None:
            kind = callout[1].strip().lower()
            mark_end = view.source(callout.end())
            self.found.callouts.append(Callout(view.source(first), mark_end, kind, callout[2] or None))
        self._section(view, start, stop, "callout" if callout else "blockquote", depth)
        if len(lines) == 1:
            self._container(view, *lines[0], depth)
        else:
            inside = view.of_lines(lines)
            self._container(inside, 0, len(inside.text), depth)
        return stop

    def _footnote(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        label = _FOOTNOTE_LABEL.match(text, start, end)
        if label is None:
            return -1
        lines = _footnote_lines(text, start, label.end(), end)
        stop = lines[-1][1] if lines else label.end()
        span = self._section(view, start, stop, "footnoteDefinition", depth)
        if not lines:
            return stop  # a label without text is a section and no footnote (seen in Obsidian's cache)
        self.found.footnotes.append(Footnote(*span, label[1]))
        inside = view.of_lines(lines)
        self._container(inside, 0, len(inside.text), depth)
        return stop


_READERS: dict[str, Callable[[BlockReader, TextView, int, int, int, int], int]] = {
    "<": BlockReader._text_block,
    "[": BlockReader._text_block,
    "`": BlockReader._fence,
    "~": BlockReader._fence,
    "$": BlockReader._math,
    "%": BlockReader._comment,
    ">": BlockReader._quote,
    "#": BlockReader._atx_heading,
    **dict.fromkeys("-*+_", BlockReader._rule_or_list),
    **dict.fromkeys("0123456789", BlockReader._ordered_list),
}


_MAYBE_PLAIN = frozenset((*_READERS, " ", "\t", "\n"))


def _is_plain(text: str, start: int, end: int) -> bool:
    """Return whether what begins at ``start`` in a list item can only be a paragraph, if it is one line."""
    if start >= end:
        return False
    character = text[start]
    if character == "[":
        return text.find("]:", start, end) < 0
    return character not in _MAYBE_PLAIN or (character == "*" and _STRONG.match(text, start, end) is not None)


def _ends_footnote(text: str, at: int, end: int) -> bool:
    """Return whether a block that ends a footnote begins at ``at``."""
    if _FOOTNOTE_END.match(text, at, end):
        return True
    is_definition = text[at] == "[" and not text.startswith("^", at + 1)
    if is_definition and definition_rest(text, LABEL.match(text, at, end), end)[0]:
        return True
    return bool(table_rows(text, at, end))


def _footnote_lines(text: str, start: int, content: int, end: int) -> list[tuple[int, int]]:
    """Return the lines of a footnote without their indent of at most four columns; [] when they are all empty.

    It ends at a line that is not indented and follows an empty one or begins another block.
    """
    lines: list[tuple[int, int]] = []
    position = content
    lookahead = min(end, start + FOOTNOTE_LOOKAHEAD)
    while position <= end:
        line_end = text.find("\n", position, end)
        if line_end < 0:
            line_end = end
        at, columns = position, 0
        while at < line_end and text[at] in " \t":
            columns += 1 if text[at] == " " else 4 - columns % 4
            if columns > 4:
                break
            at += 1
        if not lines and at == line_end:
            at = position
        if lines and at < line_end and columns < 4:
            before_start, before_end = lines[-1]
            if before_start == before_end or (at < lookahead and _ends_footnote(text, at, lookahead)):
                break
        lines.append((at, line_end))
        position = line_end + 1
    while lines and lines[-1][0] == lines[-1][1]:
        lines.pop()
    return lines
