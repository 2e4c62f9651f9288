"""Blocks that hold no other blocks: code, math, comments, headings, HTML, definitions, tables, paragraphs."""

from __future__ import annotations

import re

from vaultkit.note import html
from vaultkit.note.definitions import LABEL, definition_rest, normal_label
from vaultkit.note.found import Found
from vaultkit.note.inline import InlineReader
from vaultkit.note.links import has_scheme, markdown_destination
from vaultkit.note.model import Dead, Heading, Malformed, MalformedKind, ReferenceDefinition
from vaultkit.note.tables import cells, table_rows
from vaultkit.note.view import TextView
from vaultkit.note.whitespace import JS_SPACE

# A comment that is closed on its own line is a paragraph.
COMMENT_PATTERN = r"%%(?![^\n]*%%)"

_INDENTED_CODE = re.compile(r"(?: {4}|\t)[^\n]*+(?:\n(?:(?! {4}|\t)[ \t]*+\n)*+(?: {4}|\t)(?:[^\n]++|(?=\n)))*+")
_OPENING_FENCE = re.compile(r"(`{3,})[^`\n]*(?=\n|\Z)|(~{3,})[^\n]*")
_OPENING_MATH = re.compile(r" *(\${2,}) *[^$\n]*\n")
_OPENING_COMMENT = re.compile(rf" {{0,3}}{COMMENT_PATTERN}")
_ATX_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?=\n)|\Z)([^\n]*)")
_LABEL_INSIDE = re.compile(r"\[(?:[^\]\\]|\\.)*+", re.DOTALL)
_SETEXT = re.compile(r"(?:=+|-+)(?=\n|\Z)")
_CLOSING_MATH = re.compile(r"\$+ *(?=\n|\Z)")
_CLOSING: dict[tuple[str, int], re.Pattern[str]] = {}


class LeafReader:
    """Reads such blocks of one note into `Found`.

    A method that reads one kind of block returns the offset behind it, or -1 when it is none.
    """

    __slots__ = ("found", "inline", "label_end", "line_starts", "text")

    def __init__(self, view: TextView, line_starts: tuple[int, ...], found: Found) -> None:
        self.text = view.text
        self.found = found
        self.line_starts = line_starts
        self.inline = InlineReader(view, found)
        self.label_end = ("", -1, -1)

    def _section(self, view: TextView, start: int, end: int, kind: str, depth: int) -> tuple[int, int]:
        """Note that a block begins; at the top it is a section. Return its span in the note."""
        if view.origins is not None:
            start, end = view.source(start), view.source(end)
        self.found.block_starts.append(start)
        if depth == 0:
            self.found.sections.append((start, end, kind, None))
        return start, end

    def _unclosed(self, start: int, end: int, kind: MalformedKind, depth: int) -> None:
        self.found.malformed.append(Malformed(start, end, kind, "container" if depth else ""))

    def _indented_code(self, view: TextView, start: int, end: int, depth: int) -> int:
        found = _INDENTED_CODE.match(view.text, start, end)
        assert found is not None
        self.found.dead.append(Dead(*self._section(view, start, found.end(), "code", depth), "code"))
        return found.end()

    def _fence(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
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

    def _math(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
        text = view.text
        opening = _OPENING_MATH.match(text, start, end)
        if opening is None:
            return -1
        stop = _math_end(text, opening[1], opening.end(), end)
        is_closed = stop >= 0
        if not is_closed:
            stop = end
        self.found.dead.append(Dead(*self._section(view, start, stop, "math", depth), "math"))
        if not is_closed:
            self._unclosed(view.source(first), view.source(first) + 2, "unclosed-math", depth)
        return stop

    def _comment(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
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

    def _atx_heading(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
        heading = _ATX_HEADING.match(view.text, first, end)
        if heading is None:
            return -1
        stop = content_end = heading.end()
        marks, raw = heading.group(1, 2)
        content = stop - len(raw)
        span = self._section(view, start, stop, "heading", depth)
        has_hashes = "#" in raw
        if depth == 0:
            shown = raw[: _closing_hashes(raw, once=True)] if has_hashes else raw
            self.found.headings.append(Heading(*span, len(marks), shown.strip(JS_SPACE)))
        if has_hashes:
            content_end = content + _closing_hashes(raw)
        if content_end > self.inline.next_mark or content_end > self.inline.next_url or view.origins is not None:
            self.inline.read_block(view, content, content_end)
        return stop

    def _setext_heading(self, view: TextView, start: int, newline: int, end: int, depth: int) -> int:
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

    def _html(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
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

    def _definition(self, view: TextView, start: int, first: int, end: int, depth: int) -> int:
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
        """Match ``[label]:``. A bracket that ends no label, or none, is searched once for all that begin before it."""
        known, opened, closed = self.label_end
        if text is known and opened < first < closed:
            return None
        label = LABEL.match(text, first, end)
        if label is None:
            inside = _LABEL_INSIDE.match(text, first, end)
            self.label_end = text, first, inside.end() if inside else first
        return label

    def _table(self, view: TextView, start: int, end: int, depth: int) -> int:
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


def _closing_hashes(raw: str, *, once: bool = False) -> int:
    """Return where the ``#`` that close a heading begin, its length when none do; once: only the last run of them."""
    start = at = len(raw)
    while True:
        while at and raw[at - 1] in " \t":
            at -= 1
        hashes = at
        while at and raw[at - 1] == "#":
            at -= 1
        if at == hashes or (at and raw[at - 1] not in " \t"):
            return start
        start = at = max(at - 1, 0)
        if once:
            return start
        while start and raw[start - 1] in " \t":
            start -= 1
        if not at:
            return start


def _closing_fence(mark: str, length: int) -> re.Pattern[str]:
    """Return the pattern of a line that closes a fence, with the line end before it."""
    length = min(length, 999)
    pattern = _CLOSING.get((mark, length))
    if pattern is None:
        pattern = _CLOSING[mark, length] = re.compile(rf"\n {{0,3}}{mark}{{{length},}}[ \t]*(?=\n|\Z)")
    return pattern


def _math_end(text: str, mark: str, at: int, end: int) -> int:
    """Return the end of the line that ends in as many ``$`` as opened the block and has no other, -1 for none."""
    while (found := text.find(mark, at, end)) >= 0:
        line = max(at, text.rfind("\n", at, found) + 1)
        closing = _CLOSING_MATH.match(text, found, end) if text.find("$", line, found) < 0 else None
        if closing is not None:
            return closing.end()
        at = text.find("\n", found, end) + 1
        if not at:
            return -1
    return -1
