"""Block structure as Obsidian's parser has it, which is not CommonMark's.

Obsidian's cache is that of remark-parse 8 (CommonMark mode, tables), remark-math 3 and footnotes, with
blocks of its own: ``%%`` comments, callouts, block ids. Source: 2,824 recorded notes; the
differences from CommonMark are listed in the conformance cases.

Containers are parsed from the outside in: a quote, list item or footnote becomes a `View` of its
content, or the stretch of text that it is when no line loses a prefix.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from vaultkit.note import html
from vaultkit.note.definitions import LABEL, definition_rest, normal_label
from vaultkit.note.found import Found
from vaultkit.note.inline import InlineReader
from vaultkit.note.links import has_scheme, markdown_destination
from vaultkit.note.lists import THEMATIC_BREAK, item_lines, list_items
from vaultkit.note.model import Callout, Dead, Footnote, Heading, Malformed, MalformedKind, ReferenceDefinition
from vaultkit.note.tables import cells, table_rows
from vaultkit.note.view import View
from vaultkit.note.whitespace import JS_SPACE, JS_SPACE_IN_LINE, is_blank

# Containers in containers beyond this depth are read as text; real notes have about ten.
MAX_DEPTH = 60
# A footnote looks only this far ahead for a block that ends it.
FOOTNOTE_LOOKAHEAD = 1024

_FENCE = r"(?:`{3,}[^`\n]*(?=\n|\Z)|~{3,})"
_LIST = r"(?:[-*+]|1[.)])(?=[ \t\n]|\Z)"
_ATX = r"\#{1,6}(?=[ \t\n]|\Z)"
_COMMENT = r"%%(?![^\n]*%%)"
_MATH = r"\${2,}\ *[^$\n]*\n"
_THEMATIC = r"([-*_])(?:\ *\1){2,}\ *(?=\n|\Z)"
_SETEXT_PAIR = r"[^\n]*\n(?:=+|-+)(?=\n|\Z)"
_HTML = html.BLOCK_START_PATTERN

_BLANKS = re.compile(r"(?:[ \t]*+\n)*+(?:[ \t]++\Z)?")
_PARAGRAPH_END = re.compile(
    rf"\n(?:(?=\ *\n)|(?=\ {{0,3}}(?:{_COMMENT}|{_THEMATIC}|{_LIST}|{_ATX}|{_FENCE}|{_MATH}|>|{_HTML}"
    rf"|(?![ \t\n])[{JS_SPACE_IN_LINE}]++\n)))",
    re.VERBOSE,
)
_QUOTE_MARK = re.compile(r"[ \t]*> ?")
_QUOTE_END = re.compile(
    rf"[ ]{{4}}|\t|[ ]{{0,3}}{_COMMENT}|[ ]*{_MATH}|[ ]{{0,3}}{_SETEXT_PAIR}"
    rf"|[ \t]*(?:{_FENCE}|{_ATX}|{_THEMATIC}|{_LIST}|{_HTML})",
    re.VERBOSE,
)
_FOOTNOTE_END = re.compile(
    rf"{_FENCE}|{_MATH}|>|{_ATX}|{_THEMATIC}|{_LIST}|{_SETEXT_PAIR}|{_HTML}|\[\^[^\][ ]\t\n]+\]:", re.VERBOSE
)
_INDENTED_CODE = re.compile(r"(?: {4}|\t)[^\n]*+(?:\n(?:(?! {4}|\t)[ \t]*+\n)*+(?: {4}|\t)(?:[^\n]++|(?=\n)))*+")
_OPENING_FENCE = re.compile(r"(`{3,})[^`\n]*(?=\n|\Z)|(~{3,})[^\n]*")
_OPENING_MATH = re.compile(r" *(\${2,}) *[^$\n]*\n")
_OPENING_COMMENT = re.compile(rf" {{0,3}}{_COMMENT}")
_ATX_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?=\n)|\Z)([^\n]*)")
_CLOSING_HASHES = re.compile(r"(^|[ \t])#+[ \t]*$")
_CLOSING_HASH_RUNS = re.compile(r"(?:(?:^|[ \t]+)#+[ \t]*)+$")
_SETEXT = re.compile(r"(?:=+|-+)(?=\n|\Z)")
_ORDERED = re.compile(r"\d+[.)](?=[ \t\n]|\Z)", re.ASCII)
_CALLOUT = re.compile(r"[ \t]*>[ \t]{0,4}\[!([^\]\n]+)\]([+-]?)")
_TASK = re.compile(r"\[(.)\](?:[ \t]+|(?=\n|\Z))")
_TASK_MARK = re.compile(r"\[[ xX\t]\][ \t]")
_FOOTNOTE_LABEL = re.compile(r"[ \t]*\[\^([^\] \t\n]+)\]:")

_A_LIST = -2  # what a reader returns for a list, which needs to know the item it is in


class BlockReader:
    """Reads the blocks of one note into `Found`.

    A method that reads one kind of block returns the offset behind it, or -1 when it is none.
    """

    __slots__ = ("found", "inline", "label_end", "line_starts", "text")

    def __init__(self, text: str, line_starts: tuple[int, ...], found: Found) -> None:
        self.text = text
        self.found = found
        self.line_starts = line_starts
        self.inline = InlineReader(text, found)
        self.label_end = (-1, -1)

    def read(self, view: View, position: int, end: int, depth: int, item: int = -1) -> None:
        """Read the blocks of ``view.text[position:end]``; item: index of the list item they are in, -1 for none."""
        text = view.text
        find, reader_of = text.find, _READERS.get
        last_end = -1
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
                    continue
                while text[first] == " " or text[first] == "\t":
                    first += 1
                character = text[first]
            read = reader_of(character)
            if read is None and character not in "<[":
                newline = find("\n", first, end)
                if newline < 0 or newline + 1 == end or text[newline + 1] == "\n":
                    # The usual block, which no rule but the paragraph's can fit.
                    last_end = newline if newline >= 0 else end
                    self._take_paragraph(view, position, last_end, depth)
                    position = last_end
                    continue
            behind = read(self, view, position, first, end, depth) if read else -1
            if behind == _A_LIST:
                behind = self._list(view, position, end, depth, item, last_end)
            if behind < 0:
                behind = self._text_block(view, position, first, end, depth)
            position = last_end = behind

    def _text_block(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        """Read what begins with no mark of its own, or with ``<`` or ``[``."""
        text = view.text
        newline = text.find("\n", start, end)
        behind = -1
        if newline >= 0 and text[newline + 1 : newline + 2] in ("=", "-"):
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
        found = _PARAGRAPH_END.search(text, start, end)
        stop = found.start() if found else end
        while stop > start + 1 and text[stop - 1] == "\n":
            stop -= 1
        self._take_paragraph(view, start, stop, depth)
        return stop

    def _take_paragraph(self, view: View, start: int, end: int, depth: int) -> None:
        first = start if view.origins is None else view.source(start)
        self.found.block_starts.append(first)
        if depth == 0:
            self.found.sections.append((first, end, "paragraph", None))
        self.inline.read_block(view, start, end)

    def _section(self, view: View, start: int, end: int, kind: str, depth: int) -> tuple[int, int]:
        """Note that a block begins; at the top it is a section. Return its span in the note."""
        if view.origins is not None:
            start, end = view.source(start), view.source(end)
        self.found.block_starts.append(start)
        if depth == 0:
            self.found.sections.append((start, end, kind, None))
        return start, end

    def _unclosed(self, start: int, end: int, kind: MalformedKind, depth: int) -> None:
        self.found.malformed.append(Malformed(start, end, kind, "container" if depth else ""))

    def _indented_code(self, view: View, start: int, end: int, depth: int) -> int:
        found = _INDENTED_CODE.match(view.text, start, end)
        assert found is not None
        self.found.dead.append(Dead(*self._section(view, start, found.end(), "code", depth), "code"))
        return found.end()

    def _fence(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        opening = _OPENING_FENCE.match(text, first, end)
        if opening is None:
            return -1
        fence = opening[1] or opening[2]
        closing = _closing_fence(fence[0], len(fence)).search(text, opening.end(), end)
        stop = closing.end() if closing else end
        span = self._section(view, start, stop, "code", depth)
        self.found.dead.append(Dead(*span, "code"))
        if closing is None:
            opened = text[first : opening.end()].rstrip()
            self._unclosed(view.source(first), view.source(first) + len(opened), "unclosed-fence", depth)
        return stop

    def _math(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        opening = _OPENING_MATH.match(text, start, end)
        if opening is None:
            return -1
        closing = _closing_math(len(opening[1])).search(text, opening.end(), end)
        stop = closing.end() if closing else end
        self.found.dead.append(Dead(*self._section(view, start, stop, "math", depth), "math"))
        if closing is None:
            self._unclosed(view.source(first), view.source(first) + 2, "unclosed-math", depth)
        return stop

    def _comment(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        if _OPENING_COMMENT.match(text, start, end) is None:
            return -1
        close = text.find("%%", first + 2, end)
        stop = close + 2 if close >= 0 else end
        span = self._section(view, start, stop, "comment", depth)
        self.found.block_comments.append((view.source(first), span[1]))
        if close < 0:
            self._unclosed(view.source(first), view.source(first) + 2, "unclosed-comment", depth)
        self.inline.read_block(view, first + 2, close if close >= 0 else end)
        return stop

    def _atx_heading(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        heading = _ATX_HEADING.match(view.text, first, end)
        if heading is None:
            return -1
        stop = content_end = heading.end()
        raw = heading[2]
        span = self._section(view, start, stop, "heading", depth)
        if depth == 0:
            shown = _CLOSING_HASHES.sub("", raw) if "#" in raw else raw
            self.found.headings.append(Heading(*span, len(heading[1]), shown.strip(JS_SPACE)))
        if "#" in raw and (closing := _CLOSING_HASH_RUNS.search(raw)):
            content_end = heading.start(2) + closing.start()
        self.inline.read_block(view, heading.start(2), content_end)
        return stop

    def _setext_heading(self, view: View, start: int, newline: int, end: int, depth: int) -> int:
        text = view.text
        line = _SETEXT.match(text, newline + 1, end)
        if line is None:
            return -1
        span = self._section(view, start, line.end(), "heading", depth)
        if depth == 0:
            level = 1 if text[newline + 1] == "=" else 2
            self.found.headings.append(Heading(*span, level, text[start:newline].strip(JS_SPACE)))
        self.inline.read_block(view, start, newline)
        return line.end()

    def _rule_or_list(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        rule = THEMATIC_BREAK.match(text, start, end) if text[first] != "+" else None
        if rule is not None:
            self._section(view, start, rule.end(), "thematicBreak", depth)
            return rule.end()
        is_list = text[first] != "_" and (first + 1 == end or text[first + 1] in " \t\n")
        return _A_LIST if is_list else -1

    def _ordered_list(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        return _A_LIST if _ORDERED.match(view.text, first, end) else -1

    def _list(self, view: View, start: int, end: int, depth: int, parent: int, before: int) -> int:
        """Read a list; parent: index of the item it is in; before: end of the block before it there."""
        text, rows = view.text, self.found.list_items
        items = list_items(text, start, end)
        stop = items[-1].end
        first, _ = self._section(view, start, stop, "list", depth)
        line = bisect_right(self.line_starts, first) - 1
        parent_line = -max(line, 1)
        if parent >= 0:
            row = rows[parent]
            parent_line = bisect_right(self.line_starts, row[0]) - 1
            if before >= 0 and first < row[1]:
                # An item with text before the list that is in it ends with that text (seen in Obsidian's cache).
                rows[parent] = (row[0], view.source(before), row[2], row[3], row[4])
        is_note = view.origins is None
        for item in items:
            content = item.content
            item_start = item.start if is_note else view.source(item.start)
            item_end = item.end + item.is_spaced
            if not is_note:
                item_end = view.source(item_end)
            self.found.block_starts.append(item_start)
            task = None
            is_task = text.startswith("[", content, item.end)
            if is_task and (mark := _TASK.match(text, content, item.end)):
                task = mark[1]
            index = len(rows)
            rows.append((item_start, item_end, parent_line, task, None))
            lines = item_lines(text, item) if item.has_lines else None
            if is_task and _TASK_MARK.match(text, content, item.end):
                content += 4
            content_end = item.end + item.is_spaced  # with the line end before the blank line
            if lines is not None:
                lines[0] = (content, lines[0][1])
                if item.is_spaced:
                    lines.append((content_end, content_end))
                inside = view.of_lines(lines)
                self._container(inside, 0, len(inside.text), depth, index)
            elif not item.has_lines and _is_plain(text, content, item.end):
                self._take_paragraph(view, content, item.end, depth + 1)
            else:
                self._container(view, content, content_end, depth, index)
        return stop

    def _container(self, view: View, start: int, end: int, depth: int, item: int = -1) -> None:
        """Read what is in a container; too deep inside others it is text."""
        if start >= end:
            return
        if depth < MAX_DEPTH:
            self.read(view, start, end, depth + 1, item)
        else:
            self.inline.read_block(view, start, end)

    def _quote(self, view: View, start: int, first: int, end: int, depth: int) -> int:
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

    def _html(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        line_end = text.find("\n", first, end)
        if line_end < 0:
            line_end = end
        opening = html.BLOCK_START.match(text, first, line_end)
        kind = opening.lastgroup if opening else None
        if kind is None and html.TAG_ALONE.match(text, first, line_end) is None:
            return -1
        closing = html.BLOCK_END.get(kind or "")
        if closing is None:
            blank = text.find("\n\n", line_end, end)
            stop = blank if blank >= 0 else end - (end > line_end and text[end - 1] == "\n")
        else:
            close = closing.search(text, first, end)
            stop = text.find("\n", close.end(), end) if close else end
            if stop < 0:
                stop = end
        span = self._section(view, start, stop, "html", depth)
        self.found.dead.append(Dead(*span, "html"))
        if kind == "comment" and text.find("-->", first, stop) < 0:
            self._unclosed(view.source(first), view.source(first) + 4, "unclosed-html-comment", depth)
        return stop

    def _footnote(self, view: View, start: int, first: int, end: int, depth: int) -> int:
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

    def _definition(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        """Read ``[label]: destination "title"``; it never interrupts a paragraph."""
        text = view.text
        label = self._label(text, first, end)
        destination, stop = definition_rest(text, label, end)
        if label is None or destination is None:
            return -1
        span = self._section(view, start, stop, "definition", depth)
        self.found.defined.add(normal_label(label[1]))
        group = 1 if destination[1] is not None else 2
        written = destination[group]
        target = None if has_scheme(written) else markdown_destination(written)
        if target is not None:
            where = view.source(destination.start(group)), view.source(destination.end(group))
            self.found.definitions.append(ReferenceDefinition(view.source(first), span[1], label[1], *target, *where))
        return stop

    def _label(self, text: str, first: int, end: int) -> re.Match[str] | None:
        """Match ``[label]:``. Where the next bracket is far away and ends no label, it is searched once."""
        opened, closed = self.label_end
        if text is self.text and opened < first < closed:
            return None
        label = LABEL.match(text, first, end)
        if label is None and text is self.text:
            bracket = text.find("]", first, end)
            self.label_end = first, bracket if bracket >= 0 else end
        return label

    def _table(self, view: View, start: int, end: int, depth: int) -> int:
        text = view.text
        rows = table_rows(text, start, end)
        if not rows:
            return -1
        stop = rows[-1][1]
        self._section(view, start, stop, "table", depth)
        del rows[1]
        for row in rows:
            for cell in cells(text, *row):
                self.inline.read_block(view, *cell)
        return stop


_READERS: dict[str, Callable[[BlockReader, View, int, int, int, int], int]] = {
    "`": BlockReader._fence,
    "~": BlockReader._fence,
    "$": BlockReader._math,
    "%": BlockReader._comment,
    ">": BlockReader._quote,
    "#": BlockReader._atx_heading,
    **dict.fromkeys("-*+_", BlockReader._rule_or_list),
    **dict.fromkeys("0123456789", BlockReader._ordered_list),
}
_CLOSING: dict[tuple[str, int], re.Pattern[str]] = {}


def _is_plain(text: str, start: int, end: int) -> bool:
    """Return whether a line's content can only be a paragraph."""
    if start >= end:
        return False
    character = text[start]
    if character == "[":
        return text.find("]:", start, end) < 0
    return character not in _READERS and character not in " \t<"


def _closing_fence(mark: str, length: int) -> re.Pattern[str]:
    """Return the pattern of a line that closes a fence, with the line end before it."""
    length = min(length, 999)
    pattern = _CLOSING.get((mark, length))
    if pattern is None:
        pattern = _CLOSING[mark, length] = re.compile(rf"\n {{0,3}}{mark}{{{length},}}[ \t]*(?=\n|\Z)")
    return pattern


def _closing_math(length: int) -> re.Pattern[str]:
    """Return the pattern of a line that ends in as many ``$`` as opened the block and has no other."""
    length = min(length, 999)
    pattern = _CLOSING.get(("$", length))
    if pattern is None:
        pattern = _CLOSING["$", length] = re.compile(rf"^[^$\n]*\${{{length},}} *(?=\n|\Z)", re.MULTILINE)
    return pattern


def _ends_footnote(text: str, at: int, end: int) -> bool:
    """Return whether a block that ends a footnote begins at ``at``."""
    if _FOOTNOTE_END.match(text, at, end):
        return True
    if text[at] == "[" and definition_rest(text, LABEL.match(text, at, end), end)[0]:
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
