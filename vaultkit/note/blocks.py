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

from vaultkit.note.found import Found
from vaultkit.note.inline import InlineReader
from vaultkit.note.links import has_scheme, markdown_destination
from vaultkit.note.lists import THEMATIC_BREAK, item_lines, list_items
from vaultkit.note.model import Callout, Dead, Footnote, Heading, Malformed, MalformedKind, ReferenceDefinition
from vaultkit.note.view import View
from vaultkit.note.whitespace import JS_SPACE, JS_SPACE_IN_LINE, is_blank

# Containers in containers beyond this depth are read as text; real notes have about ten.
MAX_DEPTH = 60
# A footnote looks only this far ahead for a block that ends it.
_FOOTNOTE_LOOKAHEAD = 1024

_HTML_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hgroup|hr|html|iframe|legend|"
    "li|link|main|menu|menuitem|meta|nav|noframes|ol|optgroup|option|p|param|pre|section|source|title|summary|table|"
    "tbody|td|tfoot|th|thead|tr|track|ul"
)
_ATTRIBUTE = (
    r"""(?:\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*"))?)"""
)
_TAG_LINE = rf"<[A-Za-z][A-Za-z0-9-]*{_ATTRIBUTE}*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>"
# HTML that interrupts a paragraph, and the pattern that ends each kind.
_HTML_START = (
    rf"(?i:(?P<raw><(?:script|pre|style)(?=\s|>|\Z))|(?P<comment><!--)|(?P<instruction><\?)"
    rf"|(?P<declaration><![A-Za-z])|(?P<cdata><!\[CDATA\[)|(?P<element></?(?:{_HTML_NAMES})(?=\s|/?>|\Z)))"
)
_HTML = re.compile(_HTML_START)
_HTML_END = {
    "raw": re.compile(r"</(?:script|pre|style)>", re.IGNORECASE),
    "comment": re.compile(r"-->"),
    "instruction": re.compile(r"\?>"),
    "declaration": re.compile(r">"),
    "cdata": re.compile(r"\]\]>"),
}
_HTML_TAG_ALONE = re.compile(rf"(?:{_TAG_LINE})[{JS_SPACE_IN_LINE}]*(?=\n|\Z)")

_FENCE = r"(?:`{3,}[^`\n]*(?=\n|\Z)|~{3,})"
_LIST = r"(?:[-*+]|1[.)])(?=[ \t\n]|\Z)"
_ATX = r"\#{1,6}(?=[ \t\n]|\Z)"
_COMMENT = r"%%(?![^\n]*%%)"
_MATH = r"\${2,}\ *[^$\n]*\n"
_THEMATIC = r"([-*_])(?:\ *\1){2,}\ *(?=\n|\Z)"
_UNNAMED_HTML = re.sub(r"\?P<\w+>", "?:", _HTML_START).replace("#", r"\#")

_BLANKS = re.compile(r"(?:[ \t]*+\n)*+(?:[ \t]++\Z)?")
_PARAGRAPH_END = re.compile(
    rf"\n(?:(?=\ *\n)|(?=\ {{0,3}}(?:{_COMMENT}|{_THEMATIC}|{_LIST}|{_ATX}|{_FENCE}|{_MATH}|>|{_UNNAMED_HTML}"
    rf"|(?![ \t\n])[{JS_SPACE_IN_LINE}]++\n)))",
    re.VERBOSE,
)
_QUOTE_MARK = re.compile(r"[ \t]*> ?")
_QUOTE_END = re.compile(
    rf"[ ]{{4}}|\t|[ ]{{0,3}}{_COMMENT}|[ ]*{_MATH}|[ ]{{0,3}}[^\n]*\n(?:=+|-+)(?=\n|\Z)"
    rf"|[ \t]*(?:{_FENCE}|{_ATX}|{_THEMATIC}|{_LIST}|{_UNNAMED_HTML})",
    re.VERBOSE,
)
_INDENTED_CODE = re.compile(
    r"(?: {4}|\t)[^\n]*+(?:\n(?:(?! {4}|\t)[ \t]*+\n)*+(?: {4}|\t)(?:[^\n]++|(?=\n)))*+"
)
_OPENING_FENCE = re.compile(r"(`{3,})[^`\n]*(?=\n|\Z)|(~{3,})[^\n]*")
_OPENING_MATH = re.compile(r" *(\${2,}) *[^$\n]*\n")
_OPENING_COMMENT = re.compile(rf" {{0,3}}{_COMMENT}")
_ATX_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?=\n)|\Z)([^\n]*)")
_CLOSING_HASHES = re.compile(r"(^|[ \t])#+[ \t]*$")
_CLOSING_HASH_RUNS = re.compile(r"(?:(?:^|[ \t]+)#+[ \t]*)+$")
_SETEXT = re.compile(r"(?:=+|-+)(?=\n|\Z)")
_ORDERED = re.compile(r"\d+[.)](?=[ \t\n]|\Z)", re.ASCII)
_CALLOUT = re.compile(r"[ \t]*>[ \t]{0,4}\[!([^\]\n]+)\]([+-]?)")
_TASK = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(.)\](?:[ \t]+|(?=\n|\Z))")
_TASK_MARK = re.compile(r"\[[ xX\t]\][ \t]")
_DELIMITER_ROW = re.compile(rf"[|:\-{JS_SPACE_IN_LINE}]+(?=\n|\Z)")
_CELL_PIECE = re.compile(r"\\.|[^|\\]+|(\|)|\\", re.DOTALL)
_FOOTNOTE_LABEL = re.compile(r"[ \t]*\[\^([^\]\s]+)\]:")
_FOOTNOTE_END = re.compile(
    rf"{_FENCE}|{_MATH}|>|{_ATX}|{_THEMATIC}|{_LIST}|[^\n]*\n(?:=+|-+)(?=\n|\Z)|{_UNNAMED_HTML}|\[\^[^\]\s]+\]:",
    re.VERBOSE,
)
_LABEL = re.compile(r"\[((?:[^\]\\]|\\.)*+)\]:[ \t\n]*", re.DOTALL)
_DESTINATION = re.compile(rf"<([^>\[\]]+)>|(?!<[^>\[\]]+>|<)([^\[\]{JS_SPACE_IN_LINE}\n]+)")
_TITLE = re.compile(r"""[ \t\n]+(?:"((?:[^"\n]|\n(?![\n"]))*+)"|'((?:[^'\n]|\n(?![\n']))*+)'|\(((?:[^)\n]|\n(?![\n)]))*+)\))""")
_TITLE_START = re.compile(r"""[ \t\n]*["'(]""")
_LINE_REST = re.compile(r"[ \t]*(?=\n|\Z)")
_WHITE = re.compile(r"\s+")


class BlockReader:
    """Reads the blocks of one note into `Found`.

    A method that reads one kind of block returns the offset behind it, or -1 when it is none.
    """

    __slots__ = ("found", "inline", "label_end", "line_starts")

    def __init__(self, text: str, line_starts: tuple[int, ...], found: Found) -> None:
        self.found = found
        self.line_starts = line_starts
        self.inline = InlineReader(text, found)
        self.label_end = (-1, -1)

    def read(self, view: View, position: int, end: int, depth: int, item: int = -1) -> None:
        """Read the blocks of ``view.text[position:end]``; item: index of the list item they are in, -1 for none."""
        text = view.text
        last_end = -1
        while position < end:
            blanks = _BLANKS.match(text, position, end)
            if blanks is not None:
                position = blanks.end()
                if position >= end:
                    break
            character = text[position]
            first = position
            if character in " \t":
                if character == "\t" or text.startswith("    ", position, end):
                    position = last_end = self._indented_code(view, position, end, depth)
                    continue
                while text[first] in " \t":
                    first += 1
                character = text[first]
            read = _READERS.get(character)
            behind = read(self, view, position, first, end, depth) if read else -1
            if behind == _A_LIST:
                behind = self._list(view, position, end, depth, item, last_end)
            if behind < 0:
                behind = self._setext_heading(view, position, end, depth)
            if behind < 0 and character in "<[":
                late = self._html if character == "<" else self._bracket
                behind = late(view, position, first, end, depth)
            if behind < 0:
                behind = self._table(view, position, end, depth)
            if behind < 0:
                behind = self._paragraph(view, position, end, depth)
            position = last_end = behind

    def _section(self, view: View, start: int, end: int, kind: str, depth: int) -> tuple[int, int]:
        """Note that a block begins; at the top it is a section. Return its span in the note."""
        start, end = view.source(start), view.source(end)
        self.found.block_starts.append(start)
        if depth == 0:
            self.found.sections.append((start, end, kind, None))
        return start, end

    def _unclosed(self, start: int, end: int, kind: MalformedKind, depth: int) -> None:
        self.found.malformed.append(Malformed(start, end, kind, "container" if depth else ""))

    def _paragraph(self, view: View, start: int, end: int, depth: int) -> int:
        text = view.text
        found = _PARAGRAPH_END.search(text, start, end)
        stop = found.start() if found else end
        while stop > start + 1 and text[stop - 1] == "\n":
            stop -= 1
        self._section(view, start, stop, "paragraph", depth)
        self.inline.read_block(view, start, stop)
        return stop

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
            opened = view.source(first), view.source(_trimmed(text, first, opening.end()))
            self._unclosed(*opened, "unclosed-fence", depth)
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
        span = self._section(view, start, heading.end(), "heading", depth)
        raw = heading[2]
        if depth == 0:
            shown = _CLOSING_HASHES.sub("", raw).strip(JS_SPACE)
            self.found.headings.append(Heading(*span, len(heading[1]), shown))
        content_end = heading.end()
        if "#" in raw:
            content_end -= len(raw) - _CLOSING_HASH_RUNS.search(raw).start() if _CLOSING_HASH_RUNS.search(raw) else 0
        self.inline.read_block(view, heading.start(2), content_end)
        return heading.end()

    def _setext_heading(self, view: View, start: int, end: int, depth: int) -> int:
        text = view.text
        newline = text.find("\n", start, end)
        if newline < 0 or text[newline + 1 : newline + 2] not in ("=", "-"):
            return -1
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
        span = self._section(view, start, stop, "list", depth)
        line = self._line(span[0])
        if parent < 0:
            parent_line = -max(line, 1)
        else:
            row = rows[parent]
            parent_line = self._line(row[0])
            if before >= 0 and span[0] < row[1]:
                # An item with text before the list that is in it ends with that text (seen in Obsidian's cache).
                rows[parent] = (row[0], view.source(before), row[2], row[3], row[4])
        for item in items:
            self.found.block_starts.append(view.source(item.start))
            task = _TASK.match(text, item.start, item.end)
            row_end = view.source(item.end + 1 if item.is_spaced else item.end)
            index = len(rows)
            rows.append((view.source(item.start), row_end, parent_line, task[1] if task else None, None))
            content, lines = item_lines(text, item)
            mark = _TASK_MARK.match(text, content, item.end)
            if mark is not None:
                content = mark.end()
            if lines is None:
                self._container(view, content, item.end, depth, index)
            else:
                lines[0] = (content, lines[0][1])
                inside = view.of_lines(lines)
                self._container(inside, 0, len(inside.text), depth, index)
        return stop

    def _line(self, offset: int) -> int:
        return bisect_right(self.line_starts, offset) - 1

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
        opening = _HTML.match(text, first, line_end)
        kind = opening.lastgroup if opening else None
        if kind is None and _HTML_TAG_ALONE.match(text, first, line_end) is None:
            return -1
        closing = _HTML_END.get(kind or "")
        if closing is None:
            blank = text.find("\n\n", line_end, end)
            stop = blank if blank >= 0 else end - (end > line_end and text[end - 1] == "\n")
        else:
            close = closing.search(text, first, end)
            stop = end
            if close is not None:
                stop = text.find("\n", close.end(), end)
                if stop < 0:
                    stop = end
        span = self._section(view, start, stop, "html", depth)
        self.found.dead.append(Dead(*span, "html"))
        if kind == "comment" and text.find("-->", first, stop) < 0:
            self._unclosed(view.source(first), view.source(first) + 4, "unclosed-html-comment", depth)
        return stop

    def _bracket(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        if view.text.startswith("[^", first, end):
            return self._footnote(view, start, end, depth)
        return self._definition(view, start, first, end, depth)

    def _footnote(self, view: View, start: int, end: int, depth: int) -> int:
        text = view.text
        label = _FOOTNOTE_LABEL.match(text, start, end)
        if label is None:
            return -1
        lines = _footnote_lines(text, start, label.end(), end)
        if not lines:
            return -1  # a label without text is no definition (seen in Obsidian's cache)
        stop = lines[-1][1]
        span = self._section(view, start, stop, "footnoteDefinition", depth)
        self.found.footnotes.append(Footnote(*span, label[1]))
        inside = view.of_lines(lines)
        self._container(inside, 0, len(inside.text), depth)
        return stop

    def _definition(self, view: View, start: int, first: int, end: int, depth: int) -> int:
        """Read ``[label]: destination "title"``; it never interrupts a paragraph."""
        text = view.text
        label = self._label(text, first, end)
        if label is None or not label[1]:
            return -1
        at = label.end()
        destination = _DESTINATION.match(text, at, end)
        if destination is None:
            return -1
        at = destination.end()
        if _TITLE_START.match(text, at, end):
            title = _TITLE.match(text, at, end)
            if title is None:
                return -1
            at = title.end()
        rest = _LINE_REST.match(text, at, end)
        if rest is None:
            return -1
        stop = rest.end()
        span = self._section(view, start, stop, "definition", depth)
        self.found.defined.add(normal_label(label[1]))
        group = 1 if destination[1] is not None else 2
        written = destination[group]
        target = None if has_scheme(written) else markdown_destination(written)
        if target is not None:
            where = view.source(destination.start(group)), view.source(destination.end(group))
            self.found.definitions.append(
                ReferenceDefinition(view.source(first), span[1], label[1], *target, *where)
            )
        return stop

    def _label(self, text: str, first: int, end: int) -> re.Match[str] | None:
        """Match ``[label]:``; what is not closed before a bracket far away is searched once."""
        opened, closed = self.label_end
        if opened < first < closed and text is self.inline.text:
            return None
        label = _LABEL.match(text, first, end)
        if label is None and text is self.inline.text:
            bracket = text.find("]", first, end)
            self.label_end = first, bracket if bracket >= 0 else end
        return label

    def _table(self, view: View, start: int, end: int, depth: int) -> int:
        text = view.text
        newline = text.find("\n", start, end)
        if newline < 0 or text.find("|", start + 1, newline) < 0:
            return -1
        delimiter = _DELIMITER_ROW.match(text, newline + 1, end)
        if delimiter is None or text.find("|", newline + 2, delimiter.end()) < 0:
            return -1
        if not _has_columns(text, newline + 1, delimiter.end()):
            return -1
        rows = [(start, newline)]
        stop = delimiter.end()
        while stop < end:
            line_end = text.find("\n", stop + 1, end)
            if line_end < 0:
                line_end = end
            if text.find("|", stop + 2, line_end) < 0:
                break
            rows.append((stop + 1, line_end))
            stop = line_end
        self._section(view, start, stop, "table", depth)
        for row_start, row_end in rows:
            for cell in _cells(text, row_start, row_end):
                self.inline.read_block(view, *cell)
        return stop


_A_LIST = -2  # what a reader returns for a list, which needs to know the item it is in
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


def normal_label(label: str) -> str:
    """Return the form in which labels of reference links are compared."""
    return _WHITE.sub(" ", label).strip().lower()


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\r\n>":
        end -= 1
    return end


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


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of a row's cells: cut at every pipe without a backslash, without the space around."""
    pipes = [found.start() for found in _CELL_PIECE.finditer(text, start, end) if found[1]]
    cells = []
    for cell_start, cell_end in zip([start, *(at + 1 for at in pipes)], [*pipes, end]):
        cell = text[cell_start:cell_end]
        content = cell.strip(" \t")
        if content:
            cell_start += len(cell) - len(cell.lstrip(" \t"))
            cells.append((cell_start, cell_start + len(content)))
    return cells


def _footnote_lines(text: str, start: int, content: int, end: int) -> list[tuple[int, int]]:
    """Return the lines of a footnote without their indent of at most four columns; [] when they are all empty.

    It ends at a line that is not indented and follows an empty one or begins another block.
    """
    lines: list[tuple[int, int]] = []
    position = content
    is_first = True
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
        if at == line_end and is_first:
            at = position
        if not is_first and at < line_end and columns < 4:
            before_start, before_end = lines[-1]
            lookahead = min(end, start + _FOOTNOTE_LOOKAHEAD)
            if before_start == before_end or (at < lookahead and _FOOTNOTE_END.match(text, at, lookahead)):
                break
        lines.append((at, line_end))
        is_first = False
        position = line_end + 1
    while lines and lines[-1][0] == lines[-1][1]:
        lines.pop()
    return lines
